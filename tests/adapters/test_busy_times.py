"""Busy times of a calendar file: exact, bounded, and nothing else of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from placement.adapters.busy_times import LARGEST, MOST_EVENTS, NotACalendar, TooMuch, read_busy
from tests.trial import trial_file

SINCE = datetime(2026, 11, 23, 9, tzinfo=UTC)
UNTIL = SINCE + timedelta(weeks=26)
BERLIN = "Europe/Berlin"


def calendar(*events: Iterable[str], head: Iterable[str] = ()) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//EN", *head]
    for at, event in enumerate(events):
        named = () if any(line.startswith("UID") for line in event) else (f"UID:e{at}",)
        lines += ["BEGIN:VEVENT", "DTSTAMP:20261101T000000Z", *named, *event, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def busy(*events: Iterable[str], zone: str = BERLIN) -> list[tuple[datetime, datetime]]:
    return read_busy(calendar(*events), zone, SINCE, UNTIL)


def test_utc_other_zones_floating_and_whole_days() -> None:
    assert busy(["DTSTART:20261124T100000Z", "DTEND:20261124T110000Z"]) == [(at(24, 10), at(24, 11))]
    away = ["DTSTART;TZID=America/New_York:20261124T100000", "DURATION:PT90M"]
    assert busy(away) == [(at(24, 15), at(24, 16, 30))]
    floating = ["DTSTART:20261124T100000", "DTEND:20261124T110000"]
    assert busy(floating) == [(at(24, 9), at(24, 10))]
    assert busy(floating, zone="Asia/Tokyo") == [(at(24, 1), at(24, 2))]
    whole = ["DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261126"]
    assert busy(whole) == [(at(23, 23), at(25, 23))]
    # A day on which the clocks go forward has 23 hours.
    spring = ["DTSTART;VALUE=DATE:20270328"]
    assert busy(spring) == [(at(27, 23, month=3, year=2027), at(28, 22, month=3, year=2027))]


def test_a_zone_only_the_file_knows() -> None:
    head = [
        "BEGIN:VTIMEZONE", "TZID:Our office", "BEGIN:STANDARD", "DTSTART:19701025T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "TZOFFSETFROM:+0300", "TZOFFSETTO:+0200", "END:STANDARD",
        "BEGIN:DAYLIGHT", "DTSTART:19700329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0300", "END:DAYLIGHT", "END:VTIMEZONE",
    ]  # fmt: skip
    text = calendar(["DTSTART;TZID=Our office:20261124T100000", "DURATION:PT1H"], head=head)
    assert read_busy(text, BERLIN, SINCE, UNTIL) == [(at(24, 8), at(24, 9))]


@pytest.mark.parametrize("line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED"])
def test_what_is_free_or_cancelled_is_left_out(line: str) -> None:
    assert busy(["DTSTART:20261124T100000Z", "DTEND:20261124T110000Z", line]) == []


def test_birthdays_of_a_century_cost_nothing() -> None:
    born = ["DTSTART;VALUE=DATE:19300607", "RRULE:FREQ=YEARLY", "TRANSP:TRANSPARENT"]
    assert busy(*[born] * 500, ["DTSTART:20261124T100000Z", "DURATION:PT1H"]) == [(at(24, 10), at(24, 11))]


def test_what_has_no_length_or_lies_elsewhere_is_left_out() -> None:
    assert busy(["DTSTART:20261124T100000Z"], ["DTSTART:20261120T100000Z", "DURATION:PT1H"]) == []
    assert busy(["DTSTART:20271124T100000Z", "DURATION:PT1H"]) == []
    assert busy(["DTSTART:20261123T080000Z", "DTEND:20261123T100000Z"]) == [(SINCE, at(23, 10))]


def test_what_meets_becomes_one() -> None:
    one, two = ["DTSTART:20261124T100000Z", "DURATION:PT1H"], ["DTSTART:20261124T110000Z", "DURATION:PT1H"]
    assert busy(two, one, one) == [(at(24, 10), at(24, 12))]


def test_a_weekly_rule_keeps_its_time_on_the_clock() -> None:
    found = busy(["DTSTART;TZID=Europe/Berlin:20260901T160000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=TU"])
    assert len(found) == 26
    assert found[0][0] == at(24, 15)
    assert found[-1][0] == at(18, 14, month=5, year=2027)


def test_exceptions_moved_dates_and_extra_ones() -> None:
    weekly = ["UID:w", "DTSTART:20261124T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4",
              "EXDATE:20261201T100000Z", "RDATE:20261203T100000Z"]  # fmt: skip
    moved = ["UID:w", "RECURRENCE-ID:20261208T100000Z", "DTSTART:20261209T120000Z", "DURATION:PT1H"]
    found = [start for start, _ in busy(weekly, moved)]
    assert found == [at(24, 10), at(3, 10, month=12), at(9, 12, month=12), at(15, 10, month=12)]


@pytest.mark.parametrize(
    ("rule", "times"),
    [
        ("FREQ=DAILY;COUNT=10", 10),
        ("FREQ=DAILY;UNTIL=20261130T235959Z", 7),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", 3),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 0),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", 0),
        ("FREQ=DAILY;INTERVAL=2;UNTIL=99991231T000000Z", 91),
    ],
)
def test_rules_end_where_they_say_or_where_we_stop(rule: str, times: int) -> None:
    found = busy(["DTSTART:20261124T100000Z", "DURATION:PT1H", f"RRULE:{rule}"])
    # The first date of a rule that it doesn't match itself is left to the library.
    assert times <= len(found) <= times + 1
    assert all(start < UNTIL for start, _ in found)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=10", "freq=hourly", "FREQ=DAILY;BYSECOND=0,1,2", "FREQ=DAILY;BYHOUR=1,2",
        "FREQ=YEARLY;BYMINUTE=1",
    ],
)  # fmt: skip
def test_what_repeats_too_often_is_refused_before_it_is_parsed(rule: str) -> None:
    with pytest.raises(TooMuch):
        busy(["DTSTART:20261124T100000Z", "DURATION:PT1H", f"RRULE:{rule}"])
    # Also where a line is folded in the middle of the word.
    folded = f"RRULE:{rule[:7]}\r\n {rule[7:]}"
    with pytest.raises(TooMuch):
        busy(["DTSTART:20261124T100000Z", "DURATION:PT1H", folded])


def test_bombs_are_refused() -> None:
    # Each would be walked through for minutes, or for good.
    old = ["DTSTART:00010101T000000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3"]
    many = [["DTSTART:19010101T000000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"]] * 1900
    zone = ["BEGIN:VTIMEZONE", "TZID:x", "BEGIN:STANDARD", "DTSTART:00010101T000000", "RRULE:FREQ=DAILY",
            "TZOFFSETFROM:+0100", "TZOFFSETTO:+0100", "END:STANDARD", "END:VTIMEZONE"]  # fmt: skip
    everyday = [["DTSTART:20261124T100000Z", "DURATION:PT1M", "RRULE:FREQ=DAILY"]] * 100
    for text in (
        calendar(old), calendar(*many), calendar(head=zone), calendar(*everyday),
        calendar(*[["DTSTART:20261124T100000Z", "DURATION:PT1H"]] * (MOST_EVENTS + 1)),
        b"BEGIN:VCALENDAR\r\n" + b"X" * LARGEST,
    ):  # fmt: skip
        with pytest.raises(TooMuch):
            read_busy(text, BERLIN, SINCE, UNTIL)


@pytest.mark.parametrize(
    "text",
    [
        b"", b"hello", b"\x89PNG\r\n\x1a\n", "BEGIN:VCALENDAR\nX:\u00e4".encode("latin-1"), b"BEGIN:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nX:\0\r\nEND:VCALENDAR", b"BEGIN:VCARD\r\nFN:A\r\nEND:VCARD",
        calendar(["DTSTART:nonsense", "DURATION:PT1H"]), calendar(["DTSTART:20261124T100000Z", "RRULE:FREQ=NEVER"]),
    ],
)  # fmt: skip
def test_what_is_no_calendar(text: bytes) -> None:
    try:
        assert read_busy(text, BERLIN, SINCE, UNTIL) == []
    except NotACalendar:
        return
    # A reader may be forgiving about a single event, never about the file.
    assert text.startswith(b"BEGIN:VCALENDAR\r\nVERSION")


def test_nothing_of_a_title_comes_back() -> None:
    found = busy(["DTSTART:20261124T100000Z", "DURATION:PT1H", "SUMMARY:Dr. Secret", "LOCATION:Ward 3"])
    assert found == [(at(24, 10), at(24, 11))]


@pytest.mark.parametrize(
    ("name", "first", "last", "least"),
    [("ical_fablab_cottbus.ics", 2016, 2020, 28), ("ical_daylight_saving_time.ics", 2017, 2020, 64)],
)
def test_real_public_calendars(name: str, first: int, last: int, least: int) -> None:
    source = trial_file(name).read_bytes()
    since, until = datetime(first, 1, 1, tzinfo=UTC), datetime(last, 1, 1, tzinfo=UTC)
    found = read_busy(source, BERLIN, since, until)
    assert len(found) >= least
    assert all(since <= start < end <= until for start, end in found)
    assert all(a[1] < b[0] for a, b in zip(found, found[1:], strict=False))
