"""The participant's own invitation to a family member: one task, and ended in a tap."""

from __future__ import annotations

from sqlalchemy import func, select

from placement.domain.errors import NotFound, Refused
from placement.domain.practice import LINK_LIFE, LONGEST_WHO, MOST_LINKS
from placement.domain.support import RaterKind
from placement.domain.tokens import family_link_token, token_hash
from placement.domain.words import say
from placement.models.feedback.rater import Rater
from placement.models.practice.practice import FamilyLink
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.practice import locked_practice
from placement.usecases.transaction import Work


def invite_family(work: Work, actor: Actor, practice: str, name: str) -> str:
    """A link for one person and this one task; its public id. Raises NotFound, Forbidden and Refused."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_WHO:
        raise Refused(say("Please use at most %(length)s characters.", length=LONGEST_WHO), "name")
    now = work.clock()
    with work.transaction() as session:
        row, _ = locked_practice(session, actor, practice, Permission.PRACTICE_OWN)
        alive = (FamilyLink.practice_id == row.id, FamilyLink.revoked_at.is_(None), FamilyLink.expires_at > now)
        if (session.scalar(select(func.count()).where(*alive)) or 0) >= MOST_LINKS:
            raise Refused(say("There are enough invitations for this. Please end one first."), "name")
        rater = Rater(program_id=row.program_id, kind=RaterKind.FAMILY, name=name, created_at=now)
        session.add(rater)
        session.flush()
        link = FamilyLink(
            program_id=row.program_id, participant_id=row.participant_id, rater_id=rater.id, practice_id=row.id,
            generation=1, expires_at=now + LINK_LIFE, created_at=now,
        )  # fmt: skip
        session.add(link)
        session.flush()
        link.token_hash = token_hash(family_link_token(work.link_key, link.id, link.generation))
        audit(session, work, actor, "practice.invite", "family_link", link.id, participant_id=row.participant_id)
        return link.public_id


def end_invitation(work: Work, actor: Actor, link: str) -> str:
    """End it at once, for the link and every phone; its public id. Twice changes nothing. Raises NotFound."""
    with work.transaction() as session:
        row = session.scalar(
            select(FamilyLink).where(FamilyLink.public_id == link, scope.family_links(actor)).with_for_update()
        )
        if row is None:
            raise NotFound
        ensure(actor, Permission.PRACTICE_OWN, Facts(row.program_id, row.participant_id))
        if row.revoked_at is None:
            row.revoked_at, row.token_hash = work.clock(), None
            row.generation += 1
            audit(session, work, actor, "practice.uninvite", "family_link", row.id, participant_id=row.participant_id)
        return row.public_id
