"""A run that has no answer yet: how far it is, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.proposals import RunState
from placement.domain.words import Say
from placement.models.matching.run import MatchRun
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries import scope


@dataclass(frozen=True, slots=True)
class Unsolved:
    """``progress`` in percent, 0 while it waits for its turn; ``failure`` once it is given up."""

    state: RunState
    progress: int
    failure: Say | None


def unsolved(db: Session, actor: Actor, public_id: str) -> Unsolved:
    """How far this run is. Raises NotFound if it is absent or foreign."""
    ensure(actor, Permission.MATCHING_RUN)
    row: Any = db.execute(
        select(MatchRun.state, MatchRun.progress, MatchRun.failure).where(
            MatchRun.public_id == public_id, scope.in_program(actor, MatchRun.program_id)
        )
    ).first()
    if row is None:
        raise NotFound
    return Unsolved(row.state, row.progress, Say.from_json(row.failure) if row.failure else None)
