"""The night in which the clocks change, walked through hour by hour while a shift runs in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from placement.domain.shifts import Attendance
from placement.models.feedback.observation import Feedback
from placement.models.placements.placement import Placement
from placement.models.shifts.shift import Shift
from placement.worker.worker import Worker
from tests.application import ClientFor
from tests.client import Visitor
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.cards.phones import Phone, entry, link_for, shift_id

NIGHTS = [
    ("Europe/Berlin", date(2026, 10, 24), 540),
    ("Europe/Berlin", date(2027, 3, 27), 420),
    ("America/New_York", date(2026, 10, 31), 540),
    ("America/New_York", date(2027, 3, 13), 420),
    ("Australia/Lord_Howe", date(2026, 10, 3), 450),
    ("Australia/Lord_Howe", date(2027, 4, 3), 510),
]
HOUR = timedelta(hours=1)


@pytest.fixture
def night(make: Make, cast: Cast, clock: Clock, request: pytest.FixtureRequest) -> Shift:
    """Noa's shift from ten to six in a shop of that zone; the clock stands an hour before."""
    zone, day, _ = request.param
    clock.set(datetime.combine(day, time(21), ZoneInfo(zone)))
    site = make.site(cast.a.employer, "Bakery", zone=zone)
    make.supervise(cast.accounts.supervisor, site)
    opening = make.opening(site, "Baker's helper", tasks=cast.a.catalog.tasks[:3])
    placement = make.placement(cast.a.participant, opening)
    return make.shift(placement, day, time(22), time(6), zone=zone)


@pytest.fixture
def phone(app: Flask, make: Make, night: Shift) -> Phone:
    return Phone(app, link_for(make, make.one(select(Placement).where(Placement.id == night.placement_id))))


def begins(night: Shift, zone: str) -> datetime:
    return datetime.combine(night.day, time(22), ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(("night", "told"), [(one, one) for one in NIGHTS], indirect=["night"])
def test_every_hour_of_it(
    app: Flask, client_for: ClientFor, phone: Phone, cast: Cast, make: Make, clock: Clock, night: Shift,
    told: tuple[str, date, int],
) -> None:  # fmt: skip
    """Card, day pages and worker know when it began and when it was over; hours are those that passed."""
    zone, _, minutes = told
    start, shift = begins(night, zone), shift_id(make, night)
    end = start + timedelta(minutes=minutes)
    people: list[Visitor] = [client_for(who) for who in (cast.accounts.supervisor, cast.accounts.noa)]
    while clock.now <= end + HOUR:
        known = {one["id"]: one for one in phone.data().get_json()["shifts"]}
        assert known[shift]["begun"] is (clock.now >= start), clock.now
        assert (known[shift]["start"], known[shift]["end"]) == ("22:00", "06:00")
        assert known[shift]["state"] == ("today" if start - HOUR <= clock.now < end else "owed")
        assert phone.get("/card").find("input", name="shift", value=shift) or clock.now < start
        assert shift in people[0].get("/day").text or clock.now < start
        people[1].get("/day")
        Worker(app).once()
        clock.advance(hours=1)
    answer = phone.deliver(entry(shift, attendance="here", began_at=clock.now))
    assert answer.status_code == 200
    assert make.one(select(Shift.minutes).where(Shift.id == night.id)) == minutes


@pytest.mark.parametrize("night", NIGHTS[:1], indirect=True)
def test_an_hour_that_comes_twice_sends_nothing_twice(phone: Phone, make: Make, clock: Clock, night: Shift) -> None:
    """Half past two by the wall clock, and again an hour later; each with what the phone believed the time was."""
    shift, berlin = shift_id(make, night), ZoneInfo("Europe/Berlin")
    for fold in (0, 1):
        local = datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=fold)
        clock.set(local.astimezone(UTC))
        body = entry(shift, "first-half-past-two", datetime(2026, 10, 25, 2, 30, tzinfo=berlin), went_well="Calm")
        assert phone.deliver(body).get_json() == {"saved": "first-half-past-two"}
        page = phone.get(f"/card?shift={shift}")
        assert page.find("textarea", name="went_well")[0].text == "Calm"
    assert make.one(select(func.count()).select_from(Feedback).where(Feedback.occasion_id == night.id)) == 1
    assert make.one(select(Shift.minutes).where(Shift.id == night.id)) is None
    assert phone.deliver(entry(shift, "at-the-end-1", attendance=Attendance.HERE.value)).status_code == 200
