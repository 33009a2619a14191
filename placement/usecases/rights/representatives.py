"""Who decides for a participant by law, and about what, as coordinators record it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from placement.domain.errors import NotFound, Refused
from placement.domain.rights import LONGEST_NAME, LONGEST_PHONE, LONGEST_SCOPE_WORDS, RepresentationScope
from placement.domain.words import say
from placement.models.participants.participant import Participant
from placement.models.rights.rights import Representative
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import person_to_add_to
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AddRepresentative:
    """``participant``: public id. ``words``: what the order leaves to the participant, in plain words."""

    participant: str
    name: str
    scopes: tuple[RepresentationScope, ...]
    phone: str = ""
    words: str = ""
    valid_until: date | None = None


def add_representative(work: Work, actor: Actor, command: AddRepresentative) -> str:
    """Write it down; its public id. The same again writes nothing. Raises NotFound, Forbidden and Refused."""
    _check(command)
    with work.transaction() as session:
        person = person_to_add_to(session, actor, command.participant, Permission.REPRESENTATIVE_EDIT)
        scopes = [scope_.value for scope_ in command.scopes]
        for known in session.scalars(
            select(Representative).where(
                Representative.participant_id == person.id,
                Representative.archived_at.is_(None),
                Representative.name == command.name,
            )
        ):
            if (known.scopes, known.words, known.valid_until) == (scopes, command.words, command.valid_until):
                return known.public_id
        row = Representative(
            program_id=person.program_id, participant_id=person.id, name=command.name, phone=command.phone,
            scopes=scopes, words=command.words, valid_until=command.valid_until, by_account_id=actor.account_id,
            created_at=work.clock(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit(session, work, actor, "representative.add", "representative", row.id, participant_id=person.id)
        return row.public_id


def end_representative(work: Work, actor: Actor, public_id: str) -> str:
    """No longer; the participant's public id. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = session.scalar(
            select(Representative)
            .where(
                Representative.public_id == public_id,
                scope.in_program(actor, Representative.program_id),
                scope.of_people(actor, Representative.participant_id),
            )
            .with_for_update()
        )
        if row is None:
            raise NotFound
        ensure(actor, Permission.REPRESENTATIVE_EDIT, Facts(row.program_id, row.participant_id))
        if row.archived_at is None:
            row.archived_at = work.clock()
            row.version += 1
            audit(
                session, work, actor, "representative.end", "representative", row.id,
                participant_id=row.participant_id,
            )  # fmt: skip
        return str(session.scalar(select(Participant.public_id).where(Participant.id == row.participant_id)))


def _check(command: AddRepresentative) -> None:
    if not command.name:
        raise Refused(say("Please enter a name."), "name")
    if not command.scopes:
        raise Refused(say("Choose at least one."), "scopes")
    for field, longest in (("name", LONGEST_NAME), ("phone", LONGEST_PHONE), ("words", LONGEST_SCOPE_WORDS)):
        if len(getattr(command, field)) > longest:
            raise Refused(say("Please write at most %(count)s characters.", count=longest), field)
