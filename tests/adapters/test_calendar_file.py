"""What a calendar program reads is what was planned: in three zones, through nights and changes of the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from placement.adapters.busy_times import read_busy
from placement.adapters.calendar_file import Entry, write_calendar
from placement.domain.shifts import PlannedTime, TimeProblem, instants, problems

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
#: Around each of these the clocks change in one of the zones.
CHANGES = [date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 4), date(2026, 10, 25),
           date(2026, 11, 1), date(2027, 3, 28)]  # fmt: skip
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31)) | st.sampled_from(CHANGES).flatmap(
    lambda day: st.integers(-1, 1).map(lambda off: day + timedelta(days=off))
)
TIMES = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
MADE = datetime(2026, 1, 5, 12, tzinfo=UTC)


def entry(start: datetime, end: datetime, zone: str = "Europe/Berlin", **more: Any) -> Entry:
    plain = Entry("shift-1", 1, "Shift", "", start, end, zone, False, MADE, MADE)
    return replace(plain, **more)


@st.composite
def shifts(draw: st.DrawFn) -> tuple[Entry, PlannedTime]:
    zone, fold = draw(st.sampled_from(ZONES)), draw(st.integers(0, 1))
    planned = PlannedTime(draw(DAYS), draw(TIMES), draw(TIMES), zone, fold, fold)
    if any(found.problem is TimeProblem.NONEXISTENT for found in problems(planned)):
        planned = replace(planned, start=time(22), end=time(6))
    start, end = instants(planned)
    return entry(start, end, zone), planned


class Described:
    """A zone as the file itself describes it, read by the letter of RFC 5545 and by nothing else."""

    def __init__(self, calendar: Calendar, zone: str) -> None:
        (found,) = [one for one in calendar.walk("VTIMEZONE") if one["TZID"] == zone]
        self._parts = sorted(
            (part.decoded("DTSTART").replace(tzinfo=UTC) - part.decoded("TZOFFSETFROM"), part.decoded("TZOFFSETTO"))
            for part in found.subcomponents
        )

    def instant(self, local: datetime) -> datetime:
        """The first instant at which clocks there show ``local``."""
        bare = local.replace(tzinfo=UTC)
        return min(
            bare - offset
            for at, (onset, offset) in enumerate(self._parts)
            if bare - offset >= onset and (at + 1 == len(self._parts) or bare - offset < self._parts[at + 1][0])
        )


def read(event: Any, name: str, calendar: Calendar) -> datetime:
    value = event[name]
    if "TZID" in value.params:
        return Described(calendar, value.params["TZID"]).instant(value.dt.replace(tzinfo=None))
    assert value.dt.utcoffset() == timedelta()
    return value.dt


@settings(max_examples=150, deadline=None)
@given(shift=shifts())
def test_the_same_instants_come_back(shift: tuple[Entry, PlannedTime]) -> None:
    wanted, planned = shift
    text = write_calendar("My shifts", [wanted])
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    # By what the file says of its zone, and by what the library knows.
    assert (read(event, "DTSTART", calendar), read(event, "DTEND", calendar)) == (wanted.starts_at, wanted.ends_at)
    assert (event.start.astimezone(UTC), event.end.astimezone(UTC)) == (wanted.starts_at, wanted.ends_at)
    if "TZID" in event["DTSTART"].params:
        assert (event.start.date(), event.start.time()) == (planned.day, planned.start)
    # And through our own door for calendars.
    around = wanted.starts_at - timedelta(days=3), wanted.ends_at + timedelta(days=3)
    assert read_busy(text, "Asia/Tokyo", *around) == [(wanted.starts_at, wanted.ends_at)]


@settings(max_examples=30, deadline=None)
@given(shift=shifts(), days=st.integers(1, 400))
def test_a_moved_shift_stays_the_same_event(shift: tuple[Entry, PlannedTime], days: int) -> None:
    before = shift[0]
    later = timedelta(days=days)
    after = replace(before, starts_at=before.starts_at + later, ends_at=before.ends_at + later, revision=2,
                    changed_at=MADE + timedelta(minutes=1))  # fmt: skip
    (old,), (new,) = (Calendar.from_ical(write_calendar("x", [one])).walk("VEVENT") for one in (before, after))
    assert old["UID"] == new["UID"]
    assert old["SEQUENCE"] < new["SEQUENCE"]
    assert old.decoded("LAST-MODIFIED") < new.decoded("LAST-MODIFIED")
    assert new.start.astimezone(UTC) == after.starts_at


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (date(2026, 11, 20), 8)])
def test_a_night_is_as_long_as_it_is(day: date, hours: int) -> None:
    start, end = instants(PlannedTime(day, time(22), time(6), "Europe/Berlin"))
    (event,) = Calendar.from_ical(write_calendar("x", [entry(start, end)])).walk("VEVENT")
    assert event.end.astimezone(UTC) - event.start.astimezone(UTC) == timedelta(hours=hours)
    assert (event.start.time(), event.end.time()) == (time(22), time(6))


def test_the_second_of_a_doubled_hour_is_written_in_utc() -> None:
    start, end = instants(PlannedTime(date(2026, 10, 25), time(2, 30), time(9), "Europe/Berlin", start_fold=1))
    text = write_calendar("x", [entry(start, end)]).decode()
    assert "DTSTART:20261025T013000Z" in text
    assert "DTEND:20261025T080000Z" in text


def test_what_stands_there() -> None:
    start, end = instants(PlannedTime(date(2026, 11, 24), time(9), time(13), "Europe/Berlin"))
    text = write_calendar("My shifts", [entry(start, end, place="Corner Grocery, Market Street", cancelled=True)])
    assert text == write_calendar(
        "My shifts", [entry(start, end, place="Corner Grocery, Market Street", cancelled=True)]
    )
    lines = text.decode().split("\r\n")
    for line in (
        "BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:PUBLISH", "X-WR-CALNAME:My shifts", "UID:shift-1", "SEQUENCE:1",
        "STATUS:CANCELLED", "LOCATION:Corner Grocery\\, Market Street", "DTSTART;TZID=Europe/Berlin:20261124T090000",
        "LAST-MODIFIED:20260105T120000Z", "CLASS:PRIVATE",
    ):  # fmt: skip
        assert line in lines
    assert all(len(line.encode()) <= 75 for line in lines)


def test_no_shift_and_no_zone() -> None:
    assert b"VTIMEZONE" not in write_calendar("x", [])
    start, end = instants(PlannedTime(date(2026, 11, 24), time(9), time(13), "UTC"))
    assert b"DTSTART:20261124T090000Z" in write_calendar("x", [entry(start, end, "UTC")])
