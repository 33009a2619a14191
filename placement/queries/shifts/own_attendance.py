"""A participant's own attendance, as far as anybody has said something: what a funder would read, they read first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.roles import Role
from placement.domain.shifts import Attendance
from placement.models.employers.employer import Employer, Site
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.pages import Page, fetch_page


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Day and times local to the shop. ``by``: in which role somebody said so, None: nobody has. ``minutes``: worked,
    None: not known."""

    public_id: str
    day: date
    start: time
    end: time
    employer: str
    site: str
    attendance: Attendance
    by: Role | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class OwnAttendance:
    """``counts``: shifts since the beginning, by what is known; ``minutes``: worked in all of them."""

    page: Page[AttendanceRow]
    counts: dict[Attendance, int]
    minutes: int


def own_attendance(db: Session, actor: Actor, now: datetime, cursor: str | None = None) -> OwnAttendance:
    """Of the participant who asks: shifts that have begun, the latest first; in two statements."""
    mine = (
        scope.in_program(actor, Occasion.program_id),
        Occasion.participant_id == actor.participant_id,
        Occasion.starts_at <= now,
        Shift.cancelled_at.is_(None),
    )
    sums = db.execute(
        select(Occasion.attendance, func.count(), func.sum(Shift.minutes))
        .join(Shift, Shift.id == Occasion.id)
        .where(*mine)
        .group_by(Occasion.attendance)
    ).all()
    keys: list[Any] = [Occasion.starts_at, Occasion.id]
    listed: Any = (
        select(
            Occasion.public_id, Shift.day, Shift.start, Shift.end, Employer.name, Site.name, Occasion.attendance,
            Shift.attendance_by, Shift.minutes,
        )
        .join(Shift, Shift.id == Occasion.id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(*mine)
    )  # fmt: skip
    page = fetch_page(db, listed, keys, cursor, descending=True)
    rows = [AttendanceRow(*tuple(row)[:9]) for row in page.rows]
    counts = {attendance: count for attendance, count, _ in sums}
    return OwnAttendance(Page(rows, page.next, page.previous), counts, sum(int(minutes or 0) for _, _, minutes in sums))
