"""The pages about shifts: list, one shift, attendance, moving, cancelling, planning."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.domain.shifts import Attendance
from placement.models.feedback.observation import Feedback
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.log import AccessLog
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def address(make: Make, shift: Shift) -> str:
    return "/shifts/" + str(make.one(select(Occasion.public_id).where(Occasion.id == shift.id)))


def test_a_coordinator_sees_the_day(client_for: ClientFor, cast: Cast, statements: Counter) -> None:
    visitor = client_for(cast.accounts.coordinator)
    with statements:
        page = visitor.get("/shifts")
    assert page.h1 == "Shifts today"
    assert "Noa Lind" in page.content
    assert statements.count <= 4
    assert "Ben" not in page.content
    week = visitor.get("/shifts?span=week")
    # Each shift by name, and by name again on its button.
    assert week.content.count("Noa Lind") == 4


def test_the_list_is_searched_and_filtered(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    day = make.day(-4).isoformat()
    assert "Noa Lind" in visitor.get(f"/shifts?day={day}&only=owed").content
    assert "Noa Lind" in visitor.get(f"/shifts?day={day}&q=lin").content
    assert "Noa Lind" not in visitor.get(f"/shifts?day={day}&q=kim").content
    assert "Noa Lind" not in visitor.get(f"/shifts?day={day}&only=cancelled").content
    for odd in ("9999-12-31", "0001-01-01", "tomorrow", "2026-02-30"):
        assert visitor.get(f"/shifts?day={odd}&span=week&page=odd").h1


def test_many_shifts_come_in_pages(client_for: ClientFor, cast: Cast, make: Make) -> None:
    for number in range(45):
        person = make.participant(cast.a.program, f"P{number}", f"Person{number:02}")
        opening = make.opening(cast.a.site, capacity=1)
        make.shift(make.placement(person, opening), make.day(10))
    visitor = client_for(cast.accounts.coordinator)
    day = make.day(10).isoformat()
    first = visitor.get(f"/shifts?day={day}")
    onward = next(link for link in first.links if "page=" in link)
    second = visitor.get(onward)
    names = [f"Person{number:02}" for number in range(45)]
    assert all((name in first.content) != (name in second.content) for name in names)


def test_a_participant_sees_their_own_week(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.noa).get("/shifts")
    assert "Your shifts of the week" in page.h1
    assert page.content.count("Corner Grocery") == 2
    assert "Corner Grocery" not in client_for(cast.accounts.kim).get("/shifts").content


def test_the_participant_reads_what_is_written_for_them(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.do(lambda s: setattr(s.get(Feedback, cast.a.feedback.id), "note", "Looked tired."))
    page = client_for(cast.accounts.noa).get(address(make, cast.a.rated))
    assert "Friendly with everybody." in page.content
    assert "Looked tired." not in page.content
    assert not [link for link in page.links if "withdraw" in link or "move" in link or "attendance" in link]
    for account in (cast.accounts.coordinator, cast.accounts.therapist, cast.accounts.supervisor):
        assert "Looked tired." in client_for(account).get(address(make, cast.a.rated)).content


def test_a_supervisor_reads_only_their_own(client_for: ClientFor, cast: Cast, make: Make) -> None:
    colleague = make.account("Pat Reed", [], cast.a.program)
    rater = make.supervise(colleague, cast.a.site)
    make.feedback(cast.a.owed, rater, {cast.a.catalog.tasks[0]: 2}, cast.a.catalog, went_well="From a colleague.")
    page = client_for(cast.accounts.supervisor).get(address(make, cast.a.owed))
    assert "From a colleague." not in page.content
    assert "Lind" not in page.content


def test_reading_is_logged(client_for: ClientFor, cast: Cast, make: Make) -> None:
    client_for(cast.accounts.coordinator).get(address(make, cast.a.rated))
    rows = make.all(select(AccessLog).where(AccessLog.account_id == cast.accounts.coordinator.id))
    assert [(row.page, row.participant_id) for row in rows] == [("shifts.show", cast.a.participant.id)]


def test_a_shift_costs_the_same_whatever_the_history(
    client_for: ClientFor, cast: Cast, make: Make, statements: Counter
) -> None:
    visitor = client_for(cast.accounts.coordinator)
    with statements:
        visitor.get(address(make, cast.a.rated))
    assert statements.count <= 6


def test_attendance_is_entered_and_corrected(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = address(make, cast.a.owed) + "/attendance"
    visitor = client_for(cast.accounts.coordinator)
    assert visitor.submit(path, 422).errors or "answers" in visitor.submit(path, 422).content
    page = visitor.submit(path, 422, attendance="here", actual_start="09:30")
    assert "both times" in page.content
    page = visitor.follow(visitor.submit(path, 303, attendance="late", actual_start="09:30", actual_end="13:00"))
    assert "3.5" in page.content
    assert visitor.get(path).main_forms[0].fields["actual_start"] == ["09:30"]


def test_who_was_slower_sees_both(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    path = address(make, cast.a.owed) + "/attendance"
    form = visitor.get(path).main_forms[0]
    visitor.submit(form, 303, attendance="excused")
    page = visitor.submit(form, 409, attendance="here")
    assert "excused" in page.content
    assert "was here" in page.content
    visitor.submit(page.main_forms[0], 303)
    assert make.one(select(Occasion.attendance).where(Occasion.id == cast.a.owed.id)) is Attendance.HERE


def test_the_doubled_hour_is_asked_about(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = address(make, cast.a.future) + "/move"
    visitor = client_for(cast.accounts.coordinator)
    assert "start_fold" not in visitor.get(path).main_forms[0].names
    page = visitor.submit(path, 422, day="2027-10-31", start="02:30", end="06:00")
    assert "comes twice" in page.content
    visitor.submit(page.main_forms[0], 303, start_fold="1")
    moved = make.one(select(Shift).where(Shift.id == cast.a.future.id))
    assert (moved.start_fold, moved.moved) == (1, True)
    page = visitor.submit(path, 422, day="2027-03-28", start="02:30", end="06:00")
    assert "there is no" in page.content


def test_cancel_asks_and_can_be_undone(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = address(make, cast.a.future)
    visitor = client_for(cast.accounts.coordinator)
    page = visitor.follow(visitor.submit(path + "/cancel", 303))
    assert "cancelled" in page.content
    page = visitor.follow(visitor.submit(path, 303))
    assert "planned again" in page.content
    assert make.one(select(Shift.cancelled_at).where(Shift.id == cast.a.future.id)) is None


def test_a_single_shift(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/placements/{cast.a.placement.public_id}/shifts/new"
    visitor = client_for(cast.accounts.coordinator)
    day = make.day(12).isoformat()
    page = visitor.follow(visitor.submit(path, 303, day=day, start="16:00", end="18:00"))
    assert "Shift of Noa" in page.h1
    assert "another shift" in visitor.submit(path, 422, day=day, start="17:00", end="19:00").content


@pytest.mark.parametrize("part", ["", "/attendance", "/move", "/cancel"])
def test_foreign_looks_absent(client_for: ClientFor, cast: Cast, make: Make, part: str) -> None:
    client_for(cast.accounts.coordinator).get(address(make, cast.b.owed) + part, 404)
    client_for(cast.accounts.coordinator).get("/shifts/nowhere" + part, 404)
    own = client_for(cast.accounts.noa).get(address(make, cast.a.owed) + part, None)
    assert own.status == (200 if part == "" else 403)


def test_planning_is_the_coordinators(client_for: ClientFor, cast: Cast) -> None:
    for place in (cast.a.placement, cast.b.placement):
        for page in ("plan", "new"):
            path = f"/placements/{place.public_id}/shifts/{page}"
            client_for(cast.accounts.therapist).get(path, 403)
            client_for(cast.accounts.coordinator).get(path, 200 if place is cast.a.placement else 404)
