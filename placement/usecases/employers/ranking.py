"""What an employer said about whom they would rather have, after meeting people. Only stable matching asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused, Stale
from placement.domain.words import say
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.matching.tables import OpeningRank
from placement.models.participants.participant import Participant
from placement.models.participants.profile import EmployerExclusion
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.scope import in_program, participants
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import keys_by_public_id
from placement.usecases.transaction import Work


def set_ranking(work: Work, actor: Actor, opening: str, order: Sequence[str], *, seen: Sequence[str]) -> None:
    """Make ``order`` (participants' public ids, the first one first) the employer's order for an opening.

    ``seen``: the order the editor was looking at. Raises Stale (``current['order']``), Refused for somebody who must
    not be matched with this employer or an archived opening, NotFound, Forbidden.
    """
    order = list(dict.fromkeys(order))
    with work.transaction() as session:
        row = session.scalar(
            select(Opening)
            .where(Opening.public_id == opening, in_program(actor, Opening.program_id))
            .with_for_update()
        )  # fmt: skip
        if row is None:
            raise NotFound
        ensure(actor, Permission.EMPLOYER_EDIT, Facts(row.program_id))
        if row.archived_at is not None:
            raise Refused(say("This opening is archived. Bring it back first."))
        current = _order(session, row.id)
        if current == order:
            return
        if current != list(seen):
            raise Stale(0, {"order": current})
        ids = keys_by_public_id(session, Participant.id, Participant.public_id, participants(actor), order)
        _ensure_none_excluded(session, row, list(ids.values()))
        session.execute(delete(OpeningRank).where(OpeningRank.opening_id == row.id))
        own = {"program_id": row.program_id, "opening_id": row.id}
        rows = [{**own, "participant_id": ids[person], "rank": rank} for rank, person in enumerate(order, start=1)]
        if rows:
            session.execute(insert(OpeningRank), rows)
        audit(session, work, actor, "openings.rank", "opening", row.id, participants=[ids[one] for one in order])


def _order(session: Session, opening_id: int) -> list[str]:
    return list(
        session.scalars(
            select(Participant.public_id)
            .join(OpeningRank, OpeningRank.participant_id == Participant.id)
            .where(OpeningRank.opening_id == opening_id)
            .order_by(OpeningRank.rank, Participant.sort_key, Participant.id)
        )
    )


def _ensure_none_excluded(session: Session, opening: Opening, people: Sequence[int]) -> None:
    excluded = exists().where(
        EmployerExclusion.participant_id.in_(people),
        EmployerExclusion.employer_id == Site.employer_id,
        Site.id == opening.site_id,
    )
    if session.scalar(select(excluded)):
        raise Refused(say("Somebody in this list must never be matched with this employer."))
