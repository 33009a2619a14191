"""The numbers of the coordinator's day, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, Subquery, bindparam, case, func, or_, select, true
from sqlalchemy.orm import Session

from placement.domain.openings import OpeningState
from placement.domain.shifts import Attendance
from placement.domain.suggestions import shown_from
from placement.models.contacts.contact import Contact
from placement.models.employers.opening import Opening
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries.matching.suggestions import open_profiles

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """Today's shifts as far as known, places nobody has, milestones since the first of the month."""

    shifts: int
    confirmed: int
    absent: int
    free_places: int
    free_openings: int
    #: Profiles that could be brought up to date.
    updates: int
    #: What somebody wanted to come back to by today.
    follow_ups: int = 0
    milestones: int = 0


def figures_of(db: Session, actor: Actor, now: datetime, people: frozenset[int] | None) -> Figures:
    """Today's shifts, the free places, profiles to update: numbers from indexed rows, each row looked at once."""
    today = actor.today(now)
    midnight = datetime.combine(today, time(), UTC)
    wanted: dict[str, Any] = {"program": actor.program, "today": today, "put_off": shown_from(now)}
    if people is not None:
        # The same day in UTC with a day to spare: some people's shifts are found by person, not among everybody's.
        wanted |= {"people": sorted(people), "since": midnight - DAY, "until": midnight + 2 * DAY}
    row = db.execute(_statement(people is None), wanted).one()
    return Figures(*(value or 0 for value in row))


@cache
def _statement(everybody: bool) -> Select[Any]:
    """The statement, put together once: of a program's shifts, or of those of some ``people``."""
    shifts, places, profiles = _shifts(everybody), _free_places(), open_profiles(everybody)
    back = _follow_ups(everybody)
    numbers = select(shifts, places, profiles, back).select_from(shifts)
    return numbers.join(places, true()).join(profiles, true()).join(back, true())


def _shifts(everybody: bool) -> Subquery:
    here = Occasion.attendance.in_((Attendance.HERE, Attendance.LATE))
    absent = Occasion.attendance.in_((Attendance.ABSENT, Attendance.EXCUSED))
    counted = (
        select(
            func.count().label("shifts"),
            func.sum(case((here, 1), else_=0)).label("confirmed"),
            func.sum(case((absent, 1), else_=0)).label("absent"),
        )
        .select_from(Occasion)
        .join(Shift, Shift.id == Occasion.id)
        .where(
            Occasion.program_id == bindparam("program"),
            Occasion.local_day == bindparam("today"),
            Shift.cancelled_at.is_(None),
        )
    )
    if everybody:
        return counted.subquery()
    return counted.where(
        Occasion.participant_id.in_(bindparam("people", expanding=True)),
        Occasion.starts_at.between(bindparam("since"), bindparam("until")),
    ).subquery()


def _follow_ups(everybody: bool) -> Subquery:
    due = select(func.count().label("follow_ups")).where(
        Contact.program_id == bindparam("program"),
        Contact.follow_up_on.is_not(None),
        Contact.follow_up_on <= bindparam("today"),
        Contact.follow_up_done_at.is_(None),
    )
    if not everybody:
        due = due.where(Contact.participant_id.in_(bindparam("people", expanding=True)))
    return due.subquery()


def _free_places() -> Subquery:
    found = select(
        func.sum(Opening.capacity - Opening.filled).label("places"), func.count(Opening.id).label("openings")
    ).where(
        Opening.program_id == bindparam("program"),
        Opening.state == OpeningState.OPEN,
        Opening.archived_at.is_(None),
        Opening.filled < Opening.capacity,
        or_(Opening.last_day.is_(None), Opening.last_day >= bindparam("today")),
    )
    return found.subquery()
