"""Ill in two taps, and back."""

from __future__ import annotations

from sqlalchemy import select

from placement.domain.shifts import Attendance
from placement.models.shifts.absence import Busy
from placement.models.shifts.occasion import Occasion
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


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
