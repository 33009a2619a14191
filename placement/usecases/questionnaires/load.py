"""What our catalog has gained, for programs that are older."""

from __future__ import annotations

from sqlalchemy import select

from placement.models.programs.program import Program
from placement.policy.actor import System
from placement.usecases.effects.log import audit
from placement.usecases.effects.questionnaires import seed_questionnaires
from placement.usecases.transaction import Work


def load_questionnaires(work: Work, program_id: int | None = None) -> dict[str, int]:
    """Give every program (or one) the catalog's questionnaires it never had; program's name → how many were added.

    Running it again adds nothing.
    """
    with work.transaction() as session:
        chosen = select(Program.id, Program.name).order_by(Program.id)
        if program_id is not None:
            chosen = chosen.where(Program.id == program_id)
        programs = list(session.execute(chosen))
    added: dict[str, int] = {}
    for key, name in programs:
        with work.transaction() as session:
            count = seed_questionnaires(session, work, key)
            if count:
                audit(session, work, System(key), "questionnaires.load", "program", key, count=count)
            added[name] = added.get(name, 0) + count
    return added
