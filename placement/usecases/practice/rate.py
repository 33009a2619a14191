"""How it went: by the participant themself, their therapist or their coach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound
from placement.domain.practice import ensure_day
from placement.domain.roles import Role
from placement.models.feedback.rater import Rater
from placement.models.practice.practice import Practice
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.usecases.effects.idempotency import again_if_taken
from placement.usecases.effects.log import audit
from placement.usecases.effects.observations import Answer
from placement.usecases.effects.own_day import write_own_day
from placement.usecases.effects.practice import locked_practice
from placement.usecases.effects.raters import ensure_rater, ensure_self_rater
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class RatePractice:
    """``answer`` names the practice's own task."""

    practice: str
    day: date
    answer: Answer


def rate_practice(work: Work, actor: Actor, command: RatePractice) -> None:
    """Say how it went on a day, or correct it. Raises NotFound, Forbidden and Refused with the field's name."""
    again_if_taken(_rate, work, actor, command)


def _rate(work: Work, actor: Actor, command: RatePractice) -> None:
    with work.transaction() as session:
        row, task = locked_practice(session, actor, command.practice, Permission.PRACTICE_RATE)
        if task.public_id != command.answer.task:
            raise NotFound
        ensure_day(command.day, actor.today(work.clock()))
        rater = _rater(session, work, actor, row)
        occasion = write_own_day(session, work, actor, row, rater, command.day, actor.zone, command.answer)
        audit(
            session, work, actor, "practice.rate", "practice", row.id, participant_id=row.participant_id,
            occasion_id=occasion,
        )  # fmt: skip


def _rater(session: Session, work: Work, actor: Actor, row: Practice) -> Rater:
    """The participant as themself; staff as what they are, the therapist's word first."""
    if row.participant_id == actor.participant_id:
        return ensure_self_rater(session, work, actor)
    role = next((role for role in (Role.THERAPIST, Role.COACH) if role in actor.roles), None)
    rater = None if role is None else ensure_rater(session, work, actor.program, actor.account_id, role, actor.name)
    if rater is None:
        raise Forbidden(Permission.PRACTICE_RATE)
    return rater
