"""When mails fall due, and when it is too late for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain import reminders
from placement.domain.mails import Quiet, is_quiet

BERLIN = "Europe/Berlin"
ZONES = st.sampled_from([BERLIN, "America/Los_Angeles", "Pacific/Auckland"])
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


def at(month: int, day: int, hour: int, minute: int = 0, zone: str = BERLIN) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_a_shift_is_told_the_evening_before_until_it_begins() -> None:
    window = reminders.shift_tomorrow(at(11, 24, 9), BERLIN, None)
    assert window.opens == at(11, 23, 17)
    assert window.is_open(at(11, 23, 17))
    assert window.is_open(at(11, 24, 8, 59))
    assert not window.is_open(at(11, 23, 16, 59))
    assert not window.is_open(at(11, 24, 9))


@pytest.mark.parametrize("day", [29, 30])
def test_the_evening_before_is_an_evening_there_when_clocks_change(day: int) -> None:
    window = reminders.shift_tomorrow(at(3, day, 9), BERLIN, None)
    assert window.opens.astimezone(ZoneInfo(BERLIN)).time() == time(17)


def test_a_night_that_lasts_until_the_shift_is_come_before() -> None:
    quiet = Quiet(time(16), time(9, 30), BERLIN)
    assert reminders.shift_tomorrow(at(11, 24, 9), BERLIN, quiet).opens == at(11, 23, 15, 30)
    # A night that ends in time is waited for by whoever sends.
    assert reminders.shift_tomorrow(at(11, 24, 9), BERLIN, Quiet(time(16), time(7), BERLIN)).opens == at(11, 23, 17)


@given(INSTANTS, ZONES, st.times(), st.times())
def test_a_shift_is_never_told_late_for_quiet_hours_that_leave_time(
    starts_at: datetime, zone: str, start: time, end: time
) -> None:
    quiet = Quiet(start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0), BERLIN)
    if quiet.start != quiet.end:
        window = reminders.shift_tomorrow(starts_at, zone, quiet)
        assert window.opens < window.closes == starts_at
        assert window.closes - window.opens > timedelta(hours=5)
        length = (quiet.end.hour * 60 + quiet.end.minute - quiet.start.hour * 60 - quiet.start.minute) % 1440
        if length <= 20 * 60 and window.opens.astimezone(ZoneInfo(zone)).time() != reminders.SHIFT_AT:
            assert not is_quiet(window.opens, quiet)


def test_feedback_is_asked_for_twice() -> None:
    ends = at(11, 23, 13)
    asked = {
        hours: reminders.feedback_asked_on(ends, BERLIN, ends + timedelta(hours=hours)) for hours in range(0, 24 * 7)
    }
    first, second = date(2026, 11, 23), date(2026, 11, 25)
    assert {asked[hour] for hour in range(0, 5)} == {None}
    assert {asked[hour] for hour in range(5, 53)} == {first}
    assert {asked[hour] for hour in range(53, 101)} == {second}
    assert {asked[hour] for hour in range(101, 24 * 7)} == {None}


def test_a_late_shift_is_asked_about_after_its_end() -> None:
    ends = at(11, 23, 22)
    assert reminders.feedback_asked_on(ends, BERLIN, at(11, 23, 22, 15)) is None
    assert reminders.feedback_asked_on(ends, BERLIN, at(11, 23, 22, 30)) == date(2026, 11, 23)


def test_the_coordinator_hears_the_morning_after_the_second() -> None:
    window = reminders.feedback_missing(at(11, 23, 13), BERLIN)
    assert window.opens == at(11, 26, 9)
    assert window.opens > at(11, 25, 18)


def test_what_was_reached_in_a_day_is_told_in_one_evening() -> None:
    assert reminders.milestone_told(at(11, 23, 10), BERLIN)[0] == date(2026, 11, 23)
    assert reminders.milestone_told(at(11, 23, 17), BERLIN)[0] == date(2026, 11, 23)
    day, window = reminders.milestone_told(at(11, 23, 18), BERLIN)
    assert day == date(2026, 11, 24)
    assert window.opens == at(11, 24, 17, 30)
    assert not window.is_open(at(11, 27, 17, 30))


@given(INSTANTS, ZONES)
def test_every_milestone_is_told_after_it_was_stored(stored_at: datetime, zone: str) -> None:
    _, window = reminders.milestone_told(stored_at, zone)
    assert timedelta(0) <= window.opens - stored_at <= timedelta(hours=25)


def test_a_proposal_waits_for_the_day() -> None:
    assert reminders.proposal_waiting(at(11, 23, 23), BERLIN).opens == at(11, 24, 8)
    assert reminders.proposal_waiting(at(11, 23, 11), BERLIN).opens == at(11, 23, 11)
    assert not reminders.proposal_waiting(at(11, 1, 11), BERLIN).is_open(at(11, 20, 11))


def test_an_end_is_told_two_weeks_before_and_not_after() -> None:
    window = reminders.placement_ending(date(2026, 1, 1), date(2026, 11, 23), BERLIN)
    assert window.opens == at(11, 9, 10)
    assert not window.is_open(at(11, 23, 0))
    short = reminders.placement_ending(date(2026, 11, 20), date(2026, 11, 23), BERLIN)
    assert short.opens == at(11, 20, 10)


def test_the_week_is_told_on_monday_morning_in_the_readers_zone() -> None:
    monday = date(2026, 11, 23)
    for zone in (BERLIN, "Pacific/Auckland"):
        assert reminders.digest_of(at(11, 26, 12, zone=zone), zone)[0] == monday
        window = reminders.digest_of(at(11, 23, 6, zone=zone), zone)[1]
        assert window.opens == at(11, 23, 7, zone=zone)
        assert window.is_open(at(11, 24, 23, zone=zone))
        assert not window.is_open(at(11, 25, 0, zone=zone))
