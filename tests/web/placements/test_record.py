from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from placement.domain.placements import PlacementKind, PlacementState, StepKind
from placement.domain.shifts import Attendance
from placement.models.placements.placement import Placement, PlacementMove, PlacementStep
from placement.usecases.placements.steps import AddStep, add_step
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def stored(make: Make, row: Placement) -> Placement:
    found: Placement = make.one(select(Placement).where(Placement.id == row.id))
    return found


def test_a_coordinator_sees_who_acts_next_and_moves_it(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    url = f"/placements/{cast.a.placement.public_id}"
    page = visitor.get(url)
    assert page.h1 == "Noa: active"
    assert "72%" in page.words
    paused = visitor.follow(visitor.submit(f"{url}/moves/pause", 303, note="exam week"))
    assert paused.h1 == "Noa: paused"
    assert "exam week" in paused.words
    assert stored(make, cast.a.placement).state is PlacementState.PAUSED


@pytest.mark.parametrize("move", ["start", "employer-yes", "withdraw"])
def test_a_move_that_is_not_possible_leads_back(move: str, client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.coordinator)
    url = f"/placements/{cast.a.placement.public_id}"
    back = visitor.follow(visitor.get(f"{url}/moves/{move}", 303))
    assert "no longer possible" in back.words
    visitor.get(f"{url}/moves/participant-yes", 404)


def test_an_end_asks_first_and_says_what_it_brings(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    url = f"/placements/{cast.a.placement.public_id}/moves/end-early"
    assert "place is free" in visitor.get(url).content
    later = (make.today + timedelta(days=3)).isoformat()
    assert "still to come" in visitor.submit(url, 422, on=later).words
    done = visitor.follow(visitor.submit(url, 303))
    assert done.h1 == "Noa: ended"


def test_an_old_page_is_told(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.coordinator)
    url = f"/placements/{cast.a.placement.public_id}/moves/pause"
    visitor.submit(url, 409, version="99")


def test_changing_what_was_agreed(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    url = f"/placements/{cast.a.placement.public_id}/edit"
    page = visitor.submit(url, 303, kind="graded_load", last_day=make.day(9).isoformat(), **{"week-0-0-from": "10:00"})
    assert "plan again" in visitor.follow(page).words
    row = stored(make, cast.a.placement)
    assert (row.kind, row.last_day) == (PlacementKind.GRADED_LOAD, make.day(9))
    assert row.pattern != cast.a.placement.pattern
    assert visitor.submit(url, 422, **{"week-0-0-from": "10:07"}).errors
    assert visitor.submit(url, 422, last_day=make.day(-90).isoformat()).errors


def test_two_who_change_at_once_see_both(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    url = f"/placements/{cast.a.placement.public_id}/edit"
    visitor.submit(url, 303, last_day=make.day(9).isoformat())
    conflict = visitor.submit(url, 409, version="1", last_day=make.day(12).isoformat())
    visitor.submit(conflict.main_forms[0], 303)
    assert stored(make, cast.a.placement).last_day == make.day(12)


def test_steps_are_added_done_opened_and_deleted(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    row = make.placement(cast.lee, cast.a.opening)
    url = f"/placements/{row.public_id}"
    page = visitor.follow(
        visitor.submit(f"{url}/steps/new", 303, kind="trial_shift", due_on=make.day(2).isoformat(), note="Bring shoes")
    )
    assert "trial shift" in page.words
    assert "Bring shoes" in page.words
    step = make.one(select(PlacementStep.public_id).where(PlacementStep.placement_id == row.id))
    assert "Open again" in visitor.follow(visitor.post(f"/placements/steps/{step}/done", {})).words
    assert "Mark as done" in visitor.follow(visitor.post(f"/placements/steps/{step}/done", {"open": "1"})).words
    visitor.post(f"/placements/steps/{step}/delete", {})
    assert make.all(select(PlacementStep.id).where(PlacementStep.placement_id == row.id)) == []


@pytest.mark.parametrize("who", ["therapist", "coach"])
def test_assigned_staff_read_without_buttons_or_notes(who: str, client_for: ClientFor, cast: Cast, make: Make) -> None:
    coordinator = make.actor(cast.accounts.coordinator)
    add_step(
        make.work, coordinator, AddStep(cast.a.placement.public_id, StepKind.REFERENCE, make.day(8), "for all staff")
    )
    page = client_for(getattr(cast.accounts, who)).get(f"/placements/{cast.a.placement.public_id}")
    assert page.h1 == "Noa: active"
    assert "for all staff" in page.words
    assert "Who acts next" not in page.words
    assert "72%" not in page.words
    assert page.main_forms == []


def test_the_participant_reads_their_own_without_notes(client_for: ClientFor, cast: Cast, make: Make) -> None:
    coordinator = make.actor(cast.accounts.coordinator)
    add_step(make.work, coordinator, AddStep(cast.a.placement.public_id, StepKind.REFERENCE, make.day(8), "secret"))
    visitor = client_for(cast.accounts.noa)
    page = visitor.get(f"/placements/{cast.a.placement.public_id}")
    assert "reference" in page.words
    assert "secret" not in page.text
    assert "72%" not in page.words
    assert page.main_forms == []
    assert "active" in visitor.get("/placements/mine").words


def test_the_record_costs_the_same_whatever_the_history(
    client_for: ClientFor, cast: Cast, make: Make, statements: Counter
) -> None:
    visitor = client_for(cast.accounts.coordinator)
    url = f"/placements/{cast.a.placement.public_id}"
    visitor.get(url)
    with statements:
        visitor.get(url)
    few = statements.count
    for offset in range(-40, -10):
        make.shift(cast.a.placement, make.day(offset))
    with statements:
        visitor.get(url)
    assert statements.count == few <= 6


def test_the_course_stands_on_one_axis_of_time(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.add(
        PlacementMove(
            program_id=cast.a.program.id, placement_id=cast.a.placement.id, from_state=PlacementState.PROPOSED,
            to_state=PlacementState.ACTIVE, at=make.clock.now - timedelta(days=30),
        )
    )  # fmt: skip
    make.shift(cast.a.placement, make.day(-12), attendance=Attendance.EXCUSED)
    make.step(cast.a.placement, make.day(4), StepKind.FINAL_REVIEW)
    url = f"/placements/{cast.a.placement.public_id}"
    page = client_for(cast.accounts.coach).get(url)
    for words in ("The course so far", "1 was missed", "final review", "coach from 60 to 40 % of the hours"):
        assert words in page.content, words
    assert 'class="chart-narrow"' in page.text
    # Whoever is not told how much somebody is coached reads none of it.
    assert "of the hours" not in client_for(cast.accounts.noa).get(url).content
