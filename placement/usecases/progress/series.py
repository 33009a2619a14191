"""Take a series of numbers off a participant's pages, and put it back."""

from __future__ import annotations

from sqlalchemy import select

from placement.domain.errors import NotFound
from placement.models.participants.participant import Participant
from placement.models.progress.measure import MeasureItem
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def archive_series(work: Work, actor: Actor, person: str, series: str, *, back: bool = False) -> str:
    """Archive it, or bring it back; its name. Nothing is deleted. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = session.scalar(
            select(MeasureItem)
            .join(Participant, Participant.id == MeasureItem.participant_id)
            .where(
                scope.participants(actor), Participant.public_id == person, MeasureItem.public_id == series
            )
            .with_for_update(of=MeasureItem)
        )  # fmt: skip
        if row is None:
            raise NotFound
        ensure(actor, Permission.PROGRESS_EVENTS, Facts(row.program_id, row.participant_id))
        if (row.archived_at is None) != back:
            row.archived_at = None if back else work.clock()
            verb = "measure_item.restore" if back else "measure_item.archive"
            audit(session, work, actor, verb, "measure_item", row.id, participant_id=row.participant_id)
        return row.name
