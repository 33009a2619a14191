"""What the end of a placement brings along: shifts after it, the last day, and what the person waits for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from placement.domain.participants import ParticipantStatus
from placement.domain.placements import PlacementState
from placement.domain.shifts import Attendance
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.transaction import Work

_RUNNING = (PlacementState.ACTIVE, PlacementState.PAUSED)


def end_placement(
    session: Session, work: Work, actor: Actor, row: Placement, was: PlacementState, on: date, today: date
) -> None:
    """After the state was changed from ``was``: cancel shifts after ``on``, set the last day, free the person."""
    # Shifts before the person: feedback, too, holds its shift when it comes to the person.
    _cancel_shifts(session, work.clock(), row, on, today)
    if was in _RUNNING:
        row.first_day = min(row.first_day, on)
        row.last_day = on if row.last_day is None else min(row.last_day, on)
        _wait_again(session, row)
    refresh_progress(session, work, actor, row.participant_id, (), row.id)


def _wait_again(session: Session, row: Placement) -> None:
    """Whoever was on placement waits for a place again, unless another placement still runs."""
    other = session.scalar(
        select(Placement.id).where(
            Placement.participant_id == row.participant_id, Placement.id != row.id, Placement.state.in_(_RUNNING)
        )
    )
    person = person_of(session, row)
    if other is None and person.status is ParticipantStatus.ACTIVE:
        set_status(person, ParticipantStatus.WAITING)


def person_of(session: Session, row: Placement) -> Participant:
    """The placement's participant, held against other writers."""
    return session.get_one(Participant, row.participant_id, with_for_update={"key_share": True})


def set_status(person: Participant, status: ParticipantStatus) -> None:
    """With a new version, so that a profile opened before does not write the old status back."""
    if person.status is not status:
        person.status = status
        person.version += 1


def _cancel_shifts(session: Session, now: datetime, row: Placement, on: date, today: date) -> None:
    """Cancel what was planned after the end and nobody has confirmed; no feedback is expected of it."""
    later: ColumnElement[bool] = Shift.day > on
    if on >= today:
        later = or_(later, Occasion.starts_at > now)
    unconfirmed = select(Occasion.id).where(Occasion.id == Shift.id, Occasion.attendance == Attendance.UNKNOWN, later)
    session.execute(
        update(Shift)
        .where(and_(Shift.placement_id == row.id, Shift.cancelled_at.is_(None), unconfirmed.exists()))
        .values(cancelled_at=now, feedback_due_at=None, version=Shift.version + 1)
        .execution_options(synchronize_session=False)
    )
