"""A participant's log on their own day, without opening a word of it: parts of their day's one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, and_, bindparam, cast, literal, null, or_, select

from placement.domain.diary import EntryKind
from placement.domain.shifts import Attendance
from placement.models.diary.entry import DiaryEntry
from placement.models.employers.employer import Employer, Site
from placement.models.programs.program import HelpContact
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.day.own_changes import no_times
from placement.queries.day.own_talks import no_seal

#: How long after a shift the day page asks how it was against what was expected.
ASKED = timedelta(hours=36)
MOST = 10
_AWAY = (Attendance.ABSENT, Attendance.EXCUSED)


@dataclass(frozen=True, slots=True)
class Expected:
    """An entry about a shift that is over, not opened since; ``employer``, ``day``: the shift's."""

    public_id: str
    employer: str
    day: date


@dataclass(frozen=True, slots=True)
class OwnLog:
    """``on``: the program has said whom to call. ``today``: the day's entry. ``ahead``: shifts with an expectation."""

    on: bool = False
    today: str | None = None
    expected: Expected | None = None
    ahead: tuple[str, ...] = ()


def log_parts(actor: Actor, today: date) -> tuple[Any, ...]:
    """Selects of the columns every part of the day's statement has; ``now`` and ``asked_since`` (:data:`ASKED` ago)
    are bound."""
    parts = (_on(actor), _today(actor, today), _expected(actor), _ahead(actor))
    return tuple(select(part, *no_times(), no_seal()) for part in parts)


def log_of(rows: Sequence[Any]) -> OwnLog:
    """From the day's rows."""
    over = next((Expected(*row[1:4]) for row in rows if row.what == "log_expected"), None)
    return OwnLog(
        any(row.what == "log_on" for row in rows),
        next((row.public_id for row in rows if row.what == "log_today"), None),
        over,
        tuple(row.public_id for row in rows if row.what == "log_ahead"),
    )


def _on(actor: Actor) -> Any:
    columns = (literal("log_on").label("what"), HelpContact.phone.label("public_id"), literal("").label("name"))
    return (
        select(*columns, _no_day("day"), _no_day("rated_on"))
        .where(HelpContact.program_id == actor.program_id)
        .limit(1)
        .subquery()
    )


def _today(actor: Actor, today: date) -> Any:
    columns = (literal("log_today").label("what"), DiaryEntry.public_id, literal("").label("name"))
    return (
        select(*columns, DiaryEntry.day, _no_day("rated_on"))
        .where(scope.own_entries(actor), DiaryEntry.kind == EntryKind.DAY, DiaryEntry.day == today)
        .limit(1)
        .subquery()
    )


def _expected(actor: Actor) -> Any:
    """The latest shift that is over and whose entry was last written before its end."""
    before = and_(
        DiaryEntry.created_at < Occasion.ends_at,
        or_(DiaryEntry.changed_at.is_(None), DiaryEntry.changed_at < Occasion.ends_at),
    )
    columns = (literal("log_expected").label("what"), DiaryEntry.public_id, Employer.name, Shift.day)
    return (
        _about_shifts(columns, actor)
        .where(
            before,
            Occasion.ends_at.between(bindparam("asked_since"), bindparam("now")),
            Occasion.attendance.not_in(_AWAY),
            Shift.cancelled_at.is_(None),
        )
        .order_by(Occasion.ends_at.desc())
        .limit(1)
        .subquery()
    )


def _ahead(actor: Actor) -> Any:
    columns = (literal("log_ahead").label("what"), Occasion.public_id, Employer.name, Shift.day)
    return (
        _about_shifts(columns, actor)
        .where(Occasion.ends_at > bindparam("now"))
        .order_by(Occasion.starts_at)
        .limit(MOST)
        .subquery()
    )  # fmt: skip


def _about_shifts(columns: tuple[Any, ...], actor: Actor) -> Any:
    return (
        select(*columns, _no_day("rated_on"))
        .select_from(DiaryEntry)
        .join(Occasion, Occasion.id == DiaryEntry.occasion_id)
        .join(Shift, Shift.id == Occasion.id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(scope.own_entries(actor), DiaryEntry.kind == EntryKind.EXPECTED)
    )


def _no_day(name: str) -> Any:
    return cast(null(), Date).label(name)
