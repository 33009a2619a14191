"""A matching run, held for a change."""

from __future__ import annotations

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


def locked_draft(session: Session, actor: Actor, public_id: str) -> MatchRun:
    """The run, held against other writers until the end.

    Raises NotFound if absent or foreign, Forbidden, and Refused unless it is still a draft.
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
    if row.state is not RunState.DRAFT:
        raise Refused(say("This run is no longer a draft; it can only be read. Run it again to change pairs."))
    return row
