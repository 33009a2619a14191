"""Finding a shift to change, and what every change of a shift has to keep true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from placement.domain.attendance import is_away, may_replace
from placement.domain.errors import NotFound, Refused
from placement.domain.roles import Role
from placement.domain.shifts import Attendance, PlannedTime, worked_minutes
from placement.domain.support import RaterKind
from placement.domain.words import say
from placement.models.feedback.observation import Feedback, Observation
from placement.models.feedback.rater import Rater
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.facts import Facts
from placement.queries import scope

_FOUND = select(Shift, Occasion).join(Occasion, Occasion.id == Shift.id).where(Occasion.public_id == bindparam("shift"))
#: Feedback of somebody other than the participant that stands.
_FEEDBACK = select(
    exists()
    .where(Feedback.occasion_id == bindparam("occasion"), Feedback.withdrawn_at.is_(None))
    .where(Rater.id == Feedback.rater_id, Rater.kind != RaterKind.SELF)
)


@dataclass(frozen=True, slots=True)
class Found:
    """A shift with its occasion, locked until the transaction ends; ``facts`` for the policy."""

    shift: Shift
    occasion: Occasion
    facts: Facts

    @property
    def planned(self) -> PlannedTime:
        """The plan in local time."""
        plan = self.shift
        return PlannedTime(plan.day, plan.start, plan.end, self.occasion.zone, plan.start_fold, plan.end_fold)

    @property
    def planned_minutes(self) -> int:
        """Its real length, counted in UTC."""
        return int((self.occasion.ends_at - self.occasion.starts_at).total_seconds() // 60)


def find_shift(session: Session, actor: Actor, now: datetime, public_id: str) -> Found:
    """The shift behind a public id, locked. Raises NotFound if absent or out of the actor's sight.

    Its occasion is locked too: PostgreSQL reads rows anew after waiting, but only the locked ones.
    """
    current = scope.is_current_for(actor, now)
    row = session.execute(
        _FOUND.add_columns(current.label("current"))
        .where(scope.shifts(actor, now, current))
        .with_for_update(of=[Shift, Occasion], key_share=True),
        {"shift": public_id},
    ).one_or_none()
    if row is None:
        raise NotFound
    shift, occasion, is_current = row
    facts = Facts(shift.program_id, occasion.participant_id, shift.site_id, current=bool(is_current))
    return Found(shift, occasion, facts)


def set_attendance_of(found: Found, attendance: Attendance, role: Role | None) -> bool:
    """Write attendance with the hours that follow from it, unless a weightier entry stands; False then.

    ``role`` None takes the entry back: attendance is unknown again, and nobody has said so.
    """
    shift, occasion = found.shift, found.occasion
    if role is not None and not may_replace(role, shift.attendance_by):
        return False
    minutes = worked_minutes(attendance, found.planned_minutes, shift.actual_start, shift.actual_end)
    if (occasion.attendance, shift.attendance_by, shift.minutes) != (attendance, role, minutes):
        shift.version += 1
    occasion.attendance = attendance
    shift.attendance_by = role
    shift.minutes = minutes
    return True


def set_due(session: Session, found: Found) -> None:
    """Feedback is due at the end of the shift, unless it is here or no longer expected."""
    shift, occasion = found.shift, found.occasion
    session.flush()
    expected = shift.cancelled_at is None and not is_away(occasion.attendance)
    shift.feedback_due_at = occasion.ends_at if expected and not has_feedback(session, shift.id) else None


def has_feedback(session: Session, occasion_id: int) -> bool:
    """Whether somebody other than the participant gave feedback that stands."""
    return bool(session.scalar(_FEEDBACK, {"occasion": occasion_id}))


def is_rated(session: Session, occasion_id: int, but_by: int | None = None) -> bool:
    """Whether somebody (other than the rater ``but_by``) has seen a task done there: then the participant was there."""
    rated = (
        exists()
        .where(
            Observation.occasion_id == occasion_id,
            Observation.replaced_at.is_(None),
            Observation.rank.is_not(None),
        )
        .where(Rater.id == Observation.rater_id, Rater.kind != RaterKind.SELF)
    )
    if but_by is not None:
        rated = rated.where(Observation.rater_id != but_by)
    return bool(session.scalar(select(rated)))


def ensure_free(
    session: Session, participant_id: int, starts_at: datetime, ends_at: datetime, but: int | None = None
) -> None:
    """Refuse a time at which the participant has another shift."""
    other = session.scalar(
        select(Shift.day)
        .join(Occasion, Occasion.id == Shift.id)
        .where(
            Occasion.participant_id == participant_id,
            Occasion.starts_at < ends_at,
            Occasion.ends_at > starts_at,
            Shift.cancelled_at.is_(None),
            Shift.id != (but or 0),
        )
        .limit(1)
    )
    if other is not None:
        raise Refused(say("On %(day)s there is another shift at that time.", day=other), "start")
