"""A goal that is set aside: it stays readable, with its course, and can come back."""

from __future__ import annotations

from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.goals import locked_goal
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def set_goal_aside(work: Work, actor: Actor, public_id: str, aside: bool = True) -> None:
    """Set it aside, or (``aside`` False) take it up again; twice changes nothing.

    Raises NotFound, Forbidden, and Refused while the participant's record is archived.
    """
    with work.transaction() as session:
        row = locked_goal(session, actor, public_id)
        ensure(actor, Permission.GOAL_EDIT, Facts(row.program_id, row.participant_id))
        if (row.archived_at is not None) is aside:
            return
        row.archived_at = work.clock() if aside else None
        row.version += 1
        verb = "goal.set_aside" if aside else "goal.take_up"
        audit(session, work, actor, verb, "goal", row.id, participant_id=row.participant_id)
