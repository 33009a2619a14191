"""A matching run, held for a change."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from placement.domain.errors import NotFound, Refused
from placement.domain.proposals import RunState
from placement.domain.words import say
from placement.models.matching.run import MatchRun
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope

#: A run that can be set aside: nothing was made of it yet.
OPEN = (RunState.DRAFT, RunState.SOLVING, RunState.FAILED)


def locked_draft(
    session: Session, actor: Actor, public_id: str, states: Collection[RunState] = (RunState.DRAFT,)
) -> MatchRun:
    """The run, held against other writers until the end.

    Raises NotFound if absent or foreign, Forbidden, and Refused unless it is still a draft (in one of ``states``).
    """
    row = session.scalar(
        select(MatchRun)
        .where(MatchRun.public_id == public_id, scope.in_program(actor, MatchRun.program_id))
        .options(defer(MatchRun.problem))
        .with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.MATCHING_RUN, Facts(row.program_id))
    if row.state not in states:
        raise Refused(say("This run is no longer a draft; it can only be read. Run it again to change pairs."))
    return row
