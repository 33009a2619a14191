"""The list of shifts: a day or a week, by time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session

from placement.domain.shifts import Attendance
from placement.domain.text import fold
from placement.models.employers.employer import Employer, Site
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.pages import Page, fetch_page, starts_with

#: A week's shifts on one page: enough for a site, and for most programs.
WEEK_SIZE = 200
DAY_SIZE = 40
#: So many sites are offered to choose from.
MOST_SITES = 200


class Only(StrEnum):
    """Which shifts: all, those nobody has confirmed, those whose feedback is owed, cancelled ones."""

    ALL = ""
    UNCONFIRMED = "unconfirmed"
    OWED = "owed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """Day and times local to the shop. ``opens``: its page is for this reader; ``movable``: it can still be moved."""

    public_id: str
    name: str
    day: date
    start: time
    end: time
    zone: str
    employer: str
    site: str
    attendance: Attendance
    minutes: int | None
    cancelled: bool
    owed: bool
    moved: bool
    version: int
    opens: bool
    movable: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """``search``: beginning of the family name; ``site``: public id, "" for all."""

    search: str = ""
    only: Only = Only.ALL
    site: str = ""
    cursor: str | None = None


def list_shifts(
    db: Session,
    actor: Actor,
    now: datetime,
    first: date,
    last: date,
    wanted: Wanted | None = None,
    size: int | None = None,
) -> Page[ShiftRow]:
    """Visible shifts from ``first`` to ``last``, both included; a shop reads first names."""
    wanted = wanted or Wanted()
    found = _between(actor, now, first, last).where(
        scope.rota(actor, now),
        # Said again for the occasion, whose index by day starts with it: without it, every shift is looked at.
        scope.in_program(actor, Occasion.program_id),
        *_only(wanted.only, now),
    )
    if wanted.search:
        key: Any = Participant.sort_key
        found = found.where(starts_with(key, fold(wanted.search)))
    if wanted.site:
        found = found.where(Site.public_id == wanted.site)
    keys: list[Any] = [Occasion.local_day, Occasion.starts_at, Occasion.id]
    size = size or (DAY_SIZE if first == last else WEEK_SIZE)
    page: Page[Any] = fetch_page(db, found, keys, wanted.cursor, size=size)
    plans, whole = allowed(actor, Permission.SHIFT_PLAN), allowed(actor, Permission.PARTICIPANT_LIST)
    return Page([_row(row, now, plans, whole) for row in page.rows], page.next, page.previous)


def sites_between(db: Session, actor: Actor, now: datetime, first: date, last: date) -> list[tuple[str, str]]:
    """The shops with a visible shift in these days, as (public id, name)."""
    rows = db.execute(
        select(Site.public_id, Employer.name, Site.name)
        .join(Shift, Shift.site_id == Site.id)
        .join(Occasion, Occasion.id == Shift.id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            Occasion.local_day >= first,
            Occasion.local_day <= last,
            scope.rota(actor, now),
            scope.in_program(actor, Occasion.program_id),
        )
        .distinct()
        .order_by(Employer.name, Site.name, Site.public_id)
        .limit(MOST_SITES)
    )
    return [(public_id, f"{employer}, {site}") for public_id, employer, site in rows]


def _between(actor: Actor, now: datetime, first: date, last: date) -> Any:
    return (
        select(
            Occasion.public_id,
            Participant.preferred_name,
            Participant.family_name,
            Shift.day,
            Shift.start,
            Shift.end,
            Occasion.zone,
            Employer.name.label("employer"),
            Site.name.label("site"),
            Occasion.attendance,
            Shift.minutes,
            Shift.cancelled_at,
            Shift.feedback_due_at,
            Shift.moved,
            Shift.version,
            case((scope.shifts(actor, now), True), else_=False).label("opens"),
        )
        .join(Occasion, Occasion.id == Shift.id)
        .join(Participant, Participant.id == Occasion.participant_id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Occasion.local_day >= first, Occasion.local_day <= last)
    )


def _only(only: Only, now: datetime) -> list[ColumnElement[bool]]:
    match only:
        case Only.UNCONFIRMED:
            return [Occasion.attendance == Attendance.UNKNOWN, Shift.cancelled_at.is_(None), Occasion.ends_at <= now]
        case Only.OWED:
            return [Shift.feedback_due_at <= now]
        case Only.CANCELLED:
            return [Shift.cancelled_at.is_not(None)]
    return []


def _row(row: Any, now: datetime, plans: bool, whole: bool) -> ShiftRow:
    due, cancelled = row.feedback_due_at, row.cancelled_at is not None
    return ShiftRow(
        row.public_id, f"{row.preferred_name} {row.family_name}".strip() if whole else row.preferred_name,
        row.day, row.start, row.end, row.zone, row.employer, row.site, row.attendance, row.minutes, cancelled,
        owed=isinstance(due, datetime) and due <= now,
        moved=row.moved,
        version=row.version,
        opens=bool(row.opens),
        # What somebody has said something about has its feedback or attendance; that is corrected, not moved.
        movable=plans and not cancelled and due is not None and row.attendance is Attendance.UNKNOWN,
    )  # fmt: skip
