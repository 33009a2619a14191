"""Making, renewing and ending an address; busy times taken over and deleted; the taps on the day page."""

from __future__ import annotations

import io
from datetime import timedelta

from sqlalchemy import select

from placement.domain.absences import BusySource
from placement.domain.shifts import Attendance
from placement.models.shifts.absence import Busy, CalendarFeed
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make

FILE = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20261101T000000Z\r\n"
    b"DTSTART;TZID=Europe/Berlin:20261126T080000\r\nDURATION:PT6H\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n"
    b"SUMMARY:Dr. Secret\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_a_participants_address(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)
    assert "/me/calendar" in visitor.get("/me").links
    page = visitor.follow(visitor.submit("/me/calendar", 303))
    (field,) = [one for one in page.find("input") if one.get("readonly") is not None]
    path = "/calendar/" + field.get("value").split("/calendar/")[1]
    assert client_for().http.get(path).status_code == 200
    renew = next(href for href in page.links if href.endswith("/renew"))
    visitor.submit(renew, 303)
    assert client_for().http.get(path).status_code == 404
    end = next(href for href in visitor.get("/me/calendar").links if href.endswith("/end"))
    page = visitor.follow(visitor.submit(end, 303))
    assert not [one for one in page.find("input") if one.get("readonly") is not None]


def test_the_shops_name_is_off_until_somebody_wants_it(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.supervisor)
    visitor.submit("/me/calendar", 303)
    assert make.one(select(CalendarFeed.names_site)) is False
    (switch,) = [form for form in visitor.get("/me/calendar").main_forms if form.action.endswith("/names")]
    visitor.submit(switch, 303)
    assert make.one(select(CalendarFeed.names_site)) is True


def test_busy_times_are_looked_at_taken_over_and_deleted(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)
    token = visitor.csrf_token()
    preview = visitor.http.post("/me/busy", data={"csrf_token": token, "file": (io.BytesIO(FILE), "mine.ics")})
    text = preview.get_data(as_text=True)
    assert preview.status_code == 200
    assert "3 busy times" in text
    assert "1 planned shift is at such a time" in text
    assert "Secret" not in text
    assert make.all(select(Busy.id)) == []
    packed = text.split('name="times" value="')[1].split('"')[0]
    take = f"/participants/{cast.a.participant.public_id}/busy/take-over"
    for _ in range(2):
        visitor.post(take, {"times": packed})
    rows = make.all(select(Busy))
    assert [(row.source, row.ends_at - row.starts_at) for row in rows] == [
        (BusySource.CALENDAR, timedelta(hours=6))
    ] * 3
    for wrong in ("", "x", "1.2", packed + " 99999999.60"):
        visitor.post(take, {"times": wrong}, 422)
    (delete,) = [form for form in visitor.get("/me/busy").main_forms if form.action.endswith("/delete")]
    visitor.submit(delete, 303)
    assert make.all(select(Busy.id)) == []


def test_what_is_no_calendar_is_said_at_the_field(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.coordinator)
    path = f"/participants/{cast.a.participant.public_id}/busy"
    for body, words in ((b"hello", "not a calendar file"), (b"BEGIN:VCALENDAR" + b"x" * 1_100_000, "too much")):
        data = {"csrf_token": visitor.csrf_token(), "file": (io.BytesIO(body), "a.ics")}
        answer = visitor.http.post(path, data=data)
        assert answer.status_code == 422
        assert words in answer.get_data(as_text=True)


def test_the_planner_is_warned_of_a_busy_time(client_for: ClientFor, cast: Cast, make: Make) -> None:
    """The shift on Thursday was planned before; moving another one there says what stands in the way."""
    visitor = client_for(cast.accounts.noa)
    data = {"csrf_token": visitor.csrf_token(), "file": (io.BytesIO(FILE), "mine.ics")}
    text = visitor.http.post("/me/busy", data=data).get_data(as_text=True)
    packed = text.split('name="times" value="')[1].split('"')[0]
    visitor.post(f"/participants/{cast.a.participant.public_id}/busy/take-over", {"times": packed})
    extra = make.shift(cast.a.placement, make.day(8))
    key = make.one(select(Occasion.public_id).where(Occasion.id == extra.id))
    planner = client_for(cast.accounts.coordinator)
    asked = planner.submit(f"/shifts/{key}/move", 200, day=make.day(10).isoformat(), start="09:00", end="12:00")
    assert "the participant can't at that time" in asked.words


def test_the_taps_of_the_day(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)

    def form(part: str) -> object:
        return next(one for one in visitor.get("/day").main_forms if one.action.endswith(part))

    visitor.submit(form("/check-in"), 303)
    assert "that you are here" in visitor.get("/day").words
    visitor.submit(form("/check-out"), 303)
    visitor.submit(form("/check-undo"), 303)
    visitor.submit(form("/check-undo"), 303)
    assert make.one(select(Occasion.attendance).where(Occasion.id == cast.a.current.id)) is Attendance.UNKNOWN
    visitor.submit(form("/check-in"), 303)
    key = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.current.id))
    assert "Own check-in" in client_for(cast.accounts.coordinator).get(f"/shifts/{key}").words
    assert "Own check-in" in client_for(cast.accounts.coordinator).get(f"/shifts/{key}/attendance").words
    assert "check-in" not in client_for(cast.accounts.supervisor).get(f"/shifts/{key}").words
    assert make.one(select(Shift.check_in_at).where(Shift.id == cast.a.current.id)) == make.clock.now
