"""What was practiced at a session: observations on the one spine, rated by whoever held it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, Refused
from placement.domain.roles import Role
from placement.domain.shifts import was_present
from placement.domain.words import say
from placement.models.feedback.rater import Rater
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.observations import Answer, drop_observations, write_observations
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.effects.raters import ensure_rater
from placement.usecases.effects.sessions import ensure_on, held_session
from placement.usecases.transaction import Work

#: Tasks one session is for, at most.
MOST_TASKS = 5
#: As what somebody of several roles rates: the therapist's word, if they are one.
_ROLES = (Role.THERAPIST, Role.COACH)


@dataclass(frozen=True, slots=True)
class WritePractice:
    """``levels``: task → level, public ids. What is not named any more is taken away."""

    session: str
    levels: Mapping[str, str]


def write_practice(work: Work, actor: Actor, command: WritePractice) -> int:
    """Write down what was practiced, or correct it; how many tasks. Raises NotFound, Forbidden and Refused."""
    if len(command.levels) > MOST_TASKS:
        raise Refused(say("Please choose at most %(count)s tasks.", count=MOST_TASKS))
    with work.transaction() as session:
        row, occasion = held_session(session, actor, command.session, Permission.SESSION_HOLD)
        ensure_on(row)
        if not was_present(occasion.attendance):
            raise Refused(say("Please say first who came to this session."))
        rater = _rater(session, work, actor)
        # What is no longer named goes with the rest; what was said before and holds is written again.
        touched = drop_observations(session, work, occasion.id, rater.id)
        answers = [Answer(task, level, None) for task, level in command.levels.items()]
        session.flush()
        touched |= write_observations(session, work, actor, occasion, rater, answers)
        refresh_progress(session, work, actor, row.participant_id, touched, None)
        audit(
            session, work, actor, "session.practice", "one_to_one", row.id, participant_id=row.participant_id,
            tasks=len(command.levels),
        )  # fmt: skip
        return len(command.levels)


def _rater(session: Session, work: Work, actor: Actor) -> Rater:
    role = next((role for role in _ROLES if role in actor.roles), None)
    rater = None if role is None else ensure_rater(session, work, actor.program, actor.account_id, role, actor.name)
    if rater is None:
        raise Forbidden(Permission.SESSION_HOLD)
    return rater
