"""Milestones and summaries made anew from the observations: everything but *seen* and *told*."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.participants.participant import Participant
from placement.models.programs.program import Program
from placement.policy.actor import System
from placement.usecases.effects.log import audit
from placement.usecases.effects.progress import refresh_everything
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many participants were gone through, and how many milestones that changed."""

    participants: int
    new: int
    withdrawn: int
    restored: int

    @property
    def unchanged(self) -> bool:
        return not (self.new or self.withdrawn or self.restored)


def rebuild(work: Work, program: str | None = None) -> Rebuilt:
    """Recompute one program (public id), or all. Raises NotFound for an unknown program.

    Each participant is one transaction, so that feedback can be given meanwhile, and stopping loses nothing.
    """
    with work.transaction() as session:
        people = _people(session, program)
    new = withdrawn = restored = 0
    for participant_id, program_id in people:
        system = System(program_id)
        with work.transaction() as session:
            done = refresh_everything(session, work, system, participant_id)
            if done.new or done.withdrawn or done.restored:
                audit(session, work, system, "progress.rebuild", "participant", participant_id)
        new, withdrawn, restored = new + done.new, withdrawn + done.withdrawn, restored + done.restored
    return Rebuilt(len(people), new, withdrawn, restored)


def _people(session: Session, program: str | None) -> list[tuple[int, int]]:
    wanted = select(Participant.id, Participant.program_id).order_by(Participant.id)
    if program is not None:
        program_id = session.scalar(select(Program.id).where(Program.public_id == program))
        if program_id is None:
            raise NotFound
        wanted = wanted.where(Participant.program_id == program_id)
    return [(participant, owner) for participant, owner in session.execute(wanted)]
