"""The list of shifts: a day or a week, by time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.shifts import Attendance
from placement.domain.text import fold
from placement.models.employers.employer import Employer, Site
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.pages import Page, fetch_page, starts_with


class Only(StrEnum):
    """Which shifts: all, those nobody has confirmed, those whose feedback is owed, cancelled ones."""

    ALL = ""
    UNCONFIRMED = "unconfirmed"
    OWED = "owed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """Day and times local to the shop."""

    public_id: str
    name: str
    day: date
    start: time
    end: time
    employer: str
    site: str
    attendance: Attendance
    minutes: int | None
    cancelled: bool
    owed: bool


def list_shifts(
    db: Session,
    actor: Actor,
    now: datetime,
    first: date,
    last: date,
    *,
    search: str = "",
    only: Only = Only.ALL,
    cursor: str | None = None,
) -> Page[ShiftRow]:
    """Visible shifts from ``first`` to ``last``, both included. ``search``: beginning of the family name."""
    wanted = _between(first, last).where(
        scope.shifts(actor, now),
        # Said again for the occasion, whose index by day starts with it: without it, every shift is looked at.
        scope.in_program(actor, Occasion.program_id),
        *_only(only, now),
    )
    if search:
        key: Any = Participant.sort_key
        wanted = wanted.where(starts_with(key, fold(search)))
    keys: list[Any] = [Occasion.local_day, Occasion.starts_at, Occasion.id]
    page: Page[Any] = fetch_page(db, wanted, keys, cursor)
    return Page([_row(tuple(row), now) for row in page.rows], page.next, page.previous)


def _between(first: date, last: date) -> Any:
    return (
        select(
            Occasion.public_id,
            Participant.preferred_name,
            Participant.family_name,
            Shift.day,
            Shift.start,
            Shift.end,
            Employer.name,
            Site.name,
            Occasion.attendance,
            Shift.minutes,
            Shift.cancelled_at,
            Shift.feedback_due_at,
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


def _row(row: tuple[object, ...], now: datetime) -> ShiftRow:
    public, preferred, family, day, start, end, employer, site, attendance, minutes, cancelled, due, *_ = row
    name = f"{preferred} {family}".strip()
    owed = isinstance(due, datetime) and due <= now
    return ShiftRow(public, name, day, start, end, employer, site, attendance, minutes, cancelled is not None, owed)  # type: ignore[arg-type]
