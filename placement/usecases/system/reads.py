"""Recording that somebody read a person's record."""

from __future__ import annotations

from placement.models.system.log import AccessLog
from placement.policy.actor import Actor
from placement.usecases.transaction import Work


def record_read(work: Work, actor: Actor, page: str, participant_id: int | None = None) -> None:
    """One row, committed before the response. Lists and the day page name the page alone."""
    with work.transaction() as session:
        session.add(
            AccessLog(
                at=work.clock(),
                program_id=actor.program_id,
                account_id=actor.account_id,
                participant_id=participant_id,
                page=page,
                request_id=work.request_id,
            )
        )
