"""Ill in two taps, and back."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from placement.domain.shifts import Attendance
from placement.models.shifts.absence import Busy
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make

BERLIN = ZoneInfo("Europe/Berlin")


def test_two_taps(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)
    assert "/ill" in visitor.get("/day").links
    page = visitor.get("/ill")
    first = page.main_forms[0]
    done = visitor.submit(first, 303)
    assert "Get well soon." in visitor.follow(done).words
    attendance = make.one(select(Occasion.attendance).where(Occasion.id == cast.a.current.id))
    assert attendance is Attendance.EXCUSED
    (back,) = [form for form in visitor.get("/ill").main_forms if "well-again" in form.action]
    visitor.submit(back, 303)
    assert make.all(select(Busy.id)) == []


def test_until_a_day(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)
    last = visitor.get("/ill").main_forms[-1]
    visitor.submit(last, 422)
    visitor.submit(last, 422, until=make.day(-1).isoformat())
    visitor.submit(visitor.get("/ill").main_forms[-1], 303, until=make.day(4).isoformat())
    assert "until Fri, Nov 27" in visitor.get("/ill").words


def test_after_todays_last_shift_the_next_one_comes_first(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)
    assert "until" not in visitor.get("/ill").main_forms[0].fields
    make.clock.advance(hours=9)
    page = visitor.get("/ill")
    first = page.main_forms[0]
    assert first.fields["until"] == [cast.a.future.day.isoformat()]
    assert "I am ill today" in page.words
    visitor.submit(first, 303)
    attendance = make.one(select(Occasion.attendance).where(Occasion.id == cast.a.future.id))
    assert attendance is Attendance.EXCUSED


@pytest.fixture
def night(cast: Cast, make: Make) -> Shift:
    """Noa's shift from ten to six in Berlin, alone in its week."""
    return make.shift(cast.a.placement, make.day(21), time(22), time(6))


@pytest.mark.parametrize("hours", [1, 3, 7])
def test_in_the_night_a_shift_that_began_before_midnight_comes_first(
    client_for: ClientFor, cast: Cast, make: Make, night: Shift, hours: int
) -> None:
    """At eleven, at one and at five it is the same shift, and nobody is sent to the day of the next one."""
    next_one = make.shift(cast.a.placement, make.day(23), time(9), time(13))
    make.clock.set(datetime.combine(night.day, time(22), BERLIN) + timedelta(hours=hours))
    visitor = client_for(cast.accounts.noa)
    page = visitor.get("/ill")
    assert "You have a shift today." in page.words
    first = page.main_forms[0]
    assert "until" not in first.fields
    visitor.submit(first, 303)
    said = {row.id: row.attendance for row in make.all(select(Occasion))}
    assert (said[night.id], said[next_one.id]) == (Attendance.EXCUSED, Attendance.UNKNOWN)


def test_tomorrows_early_shift_is_none_of_today(client_for: ClientFor, cast: Cast, make: Make, night: Shift) -> None:
    """Half an hour after midnight belongs to the next day, though it is nearer than the night that is over."""
    early = make.shift(cast.a.placement, make.day(24), time(0, 30), time(6))
    make.clock.set(datetime.combine(make.day(23), time(23, 30), BERLIN))
    visitor = client_for(cast.accounts.noa)
    first = visitor.get("/ill").main_forms[0]
    assert first.fields["until"] == [early.day.isoformat()]
    visitor.submit(first, 303)
    attendance = make.one(select(Occasion.attendance).where(Occasion.id == early.id))
    assert attendance is Attendance.EXCUSED


def test_staff_read_it_and_end_it(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)
    visitor.submit(visitor.get("/ill").main_forms[-1], 303, until=make.day(4).isoformat())
    coach = client_for(cast.accounts.coach)
    href = next(href for href in coach.get("/notices").links if href.startswith("/notices/"))
    page = coach.get(href)
    assert "Until Fri, Nov 27." in page.words
    (end,) = [form for form in page.main_forms if form.action.endswith("/end")]
    make.clock.advance(hours=1)
    coach.submit(end, 303)
    assert "Nothing waits for you here" in coach.get("/notices").h1
