"""A participant's next shift, or the one that goes on, with what they can tap about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.attendance import LATE, Tap, next_tap
from placement.domain.placements import PlacementState
from placement.domain.shifts import Attendance
from placement.models.employers.employer import Employer, Site, SiteSupervisor
from placement.models.feedback.rater import Rater
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.placements.course import Words, tasks_of

LONGEST_SHIFT = timedelta(hours=24)
#: So long after a shift the tap "I'm leaving" can be taken back on the day page.
UNDO_SHOWN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class NextShift:
    """Local day and times; ``begun`` when it is going on, or just over and not yet said goodbye to."""

    public_id: str
    day: date
    start: time
    end: time
    begun: bool
    #: What they can tap now, and when they tapped.
    tap: Tap | None
    came: datetime | None
    left: datetime | None
    zone: str
    #: The placement is paused: whether this shift takes place is to be asked.
    paused: bool
    employer: str
    site: str
    street: str
    city: str
    phone: str
    tasks: tuple[Words, ...]
    people: tuple[str, ...]


def next_shift(db: Session, actor: Actor, participant_id: int, now: datetime) -> NextShift | None:
    """Two statements."""
    row = db.execute(
        select(
            Occasion.public_id, Shift.day, Shift.start, Shift.end, Occasion.starts_at, Occasion.ends_at, Occasion.zone,
            Shift.check_in_at, Shift.check_out_at, Shift.site_id,
            Placement.opening_id, Placement.state, Employer.name.label("employer"), Site.name, Site.street, Site.city,
            Site.phone, _people().label("people"),
        )
        .join(Shift, Shift.id == Occasion.id)
        .join(Placement, Placement.id == Shift.placement_id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.in_program(actor, Occasion.program_id),
            Occasion.participant_id == participant_id,
            Occasion.starts_at > now - LONGEST_SHIFT,
            or_(Occasion.ends_at > now, _just_left(now)),
            Occasion.attendance.not_in((Attendance.ABSENT, Attendance.EXCUSED)),
            Shift.cancelled_at.is_(None),
        )
        .order_by(Occasion.starts_at)
        .limit(1)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    return NextShift(
        public_id=row.public_id,
        day=row.day,
        start=row.start,
        end=row.end,
        begun=row.starts_at <= now,
        tap=next_tap(now, row.starts_at, row.ends_at, row.check_in_at, row.check_out_at),
        came=row.check_in_at,
        left=row.check_out_at,
        zone=row.zone,
        paused=row.state is PlacementState.PAUSED,
        employer=row.employer,
        site=row.name,
        street=row.street,
        city=row.city,
        phone=row.phone,
        tasks=tasks_of(db, actor, row.opening_id),
        people=tuple(sorted(row.people.split("\n"))) if row.people else (),
    )


def _just_left(now: datetime) -> ColumnElement[bool]:
    """Over for less than two hours, checked in, and not checked out or only just: so that both can still be tapped."""
    return and_(
        Occasion.ends_at > now - LATE,
        Shift.check_in_at.is_not(None),
        or_(Shift.check_out_at.is_(None), Shift.check_out_at > now - UNDO_SHOWN),
    )


def _people() -> Any:
    """Whom to ask in the shop on the shift's day, a line each."""
    return (
        select(func.aggregate_strings(Rater.name, "\n"))
        .join(SiteSupervisor, SiteSupervisor.rater_id == Rater.id)
        .where(
            Rater.program_id == Shift.program_id,
            SiteSupervisor.site_id == Shift.site_id,
            SiteSupervisor.first_day <= Shift.day,
            or_(SiteSupervisor.last_day.is_(None), SiteSupervisor.last_day >= Shift.day),
            Rater.archived_at.is_(None),
        )
        .correlate(Shift)
        .scalar_subquery()
    )
