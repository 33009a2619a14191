"""The pages of work limits and step plans: staff write, the participant decides, the shop reads what it needs."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from placement.domain.placements import PlacementKind
from placement.models.limits.limits import StepPlan, WorkLimit
from placement.models.placements.placement import Placement
from placement.models.shifts.shift import Shift
from placement.usecases.transaction import Work
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.cards.phones import Phone, link_for
from tests.web.limits.rows import limit_row, plan_row


def plan_of(make: Make, cast: Cast, kind: PlacementKind = PlacementKind.WORK_THERAPY) -> Placement:
    """Noa's placement, of a kind."""

    def change(session: object) -> None:
        row = session.get_one(Placement, cast.a.placement.id)  # type: ignore[attr-defined]
        row.kind = kind

    make.do(change)
    return cast.a.placement


def steps(today: date, hours: str = "3") -> dict[str, str]:
    later = today + timedelta(days=14)
    return {
        "given_by": "Dr. Weber",
        "first_1": today.isoformat(), "hours_1": hours, "days_1": "5", "words_1": "no till yet",
        "first_2": later.isoformat(), "hours_2": "4,5", "days_2": "5",
        "last_day": (today + timedelta(days=27)).isoformat(),
    }  # fmt: skip


def newest(make: Make) -> StepPlan:
    found: StepPlan = make.all(select(StepPlan).order_by(StepPlan.id.desc()))[0]
    return found


def test_limits_are_written_corrected_and_taken_out(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.therapist)
    index = f"/participants/{cast.a.participant.public_id}/limits"
    assert "No limits are written down" in visitor.get(index).words
    wrong = visitor.submit(f"{index}/new", 422, given_by="", hours_day="99")
    assert len(wrong.errors) >= 2
    done = visitor.submit(f"{index}/new", given_by="Dr. Weber, GP", hours_day="3,5", lift_kg="5", other="Sit often")
    page = visitor.follow(done)
    assert "At most 3.5 hours a day" in page.words
    assert "No lifting over 5 kg" in page.words
    row = make.one(select(WorkLimit))
    changed = visitor.submit(f"/limits/{row.public_id}/edit", hours_day="4")
    assert "At most 4 hours a day" in visitor.follow(changed).words
    stale = visitor.post(
        f"/limits/{row.public_id}/edit",
        {"version": "1", "given_by": "Dr. Weber", "valid_from": "2026-11-01", "hours_day": "2", "cleared": "y"},
        409,
    )
    assert "4" in stale.words
    gone = visitor.follow(visitor.post(f"/limits/{row.public_id}/remove", {}))
    assert "At most 4 hours a day" not in gone.words
    assert (
        "At most 4 hours a day" in visitor.follow(visitor.post(f"/limits/{row.public_id}/remove", {"again": "1"})).words
    )


def test_a_plan_from_its_first_word_to_its_result(client_for: ClientFor, cast: Cast, make: Make) -> None:
    placement = plan_of(make, cast)
    coordinator, noa = client_for(cast.accounts.coordinator), client_for(cast.accounts.noa)
    new, today = f"/placements/{placement.public_id}/step-plan/new", make.today
    assert coordinator.submit(new, 422, given_by="Dr. Weber", first_1=today.isoformat(), last_day="").errors
    late = steps(today) | {"first_2": today.isoformat()}
    assert "Each step begins after the one before." in coordinator.submit(new, 422, **late).words
    index = coordinator.follow(coordinator.submit(new, **steps(today)))
    assert "has not answered yet" in index.words
    plan = newest(make)
    assert "a no has no consequence for you" in noa.get("/limits").words
    assert (
        "You said no to the plan."
        in noa.follow(noa.post(f"/step-plans/{plan.public_id}/answer", {"agrees": "0"})).words
    )
    noa.post(f"/step-plans/{plan.public_id}/answer", {"agrees": "1"})
    coordinator.submit(f"/step-plans/{plan.public_id}/employer", by="Ms. Kern")
    page = noa.get("/limits")
    assert "You decide about each step" in page.words
    assert "At most 3 hours a day" in page.words
    assert noa.submit(f"/step-plans/{plan.public_id}/reduce", 422, hours="3").errors
    reduced = noa.follow(noa.submit(f"/step-plans/{plan.public_id}/reduce", hours="2"))
    assert "instead of 3" in reduced.words
    noa.follow(noa.post(f"/step-plans/{plan.public_id}/move", {"move": "go_on"}))
    held = noa.follow(noa.post(f"/step-plans/{plan.public_id}/move", {"move": "hold"}))
    assert "You hold the plan" in held.words
    result = coordinator.follow(
        coordinator.submit(f"/step-plans/{plan.public_id}/result", result="Three hours went well.")
    )
    assert "Three hours went well." in result.words
    stopped = noa.follow(noa.submit(f"/step-plans/{plan.public_id}/stop"))
    assert "You stopped this plan" in stopped.words


def test_shifts_that_no_longer_fit_go_with_one_yes(client_for: ClientFor, cast: Cast, make: Make) -> None:
    coordinator = client_for(cast.accounts.coordinator)
    index = f"/participants/{cast.a.participant.public_id}/limits"
    coordinator.submit(f"{index}/new", given_by="Dr. Weber", hours_day="1")
    page = coordinator.get(index)
    assert "1 shift no longer fits" in page.words
    asked = coordinator.get(f"{index}/fit")
    assert "Cancel 1 shift that no longer fits?" in asked.h1
    assert "Somebody changed something meanwhile" in coordinator.post(f"{index}/fit", {"seen": "x"}, 409).words
    done = coordinator.follow(coordinator.submit(f"{index}/fit"))
    assert "1 shift is cancelled." in done.words
    assert make.one(select(Shift.cancelled_at).where(Shift.id == cast.a.future.id)) is not None
    assert "All shifts fit" in coordinator.get(f"{index}/fit").h1


def test_a_refused_shift_says_why_with_the_answers_kept(client_for: ClientFor, cast: Cast, make: Make) -> None:
    coordinator = client_for(cast.accounts.coordinator)
    coordinator.submit(f"/participants/{cast.a.participant.public_id}/limits/new", given_by="Dr. Weber", hours_day="3")
    day = (make.today + timedelta(days=8)).isoformat()
    new = f"/placements/{cast.a.placement.public_id}/shifts/new"
    page = coordinator.submit(new, 422, day=day, start="09:00", end="14:00")
    assert "it is 5 hours; at most 3 hours a day are allowed" in page.words
    assert page.find("input", name="end")[0].get("value") == "14:00"


def test_nobody_else_learns_anything(client_for: ClientFor, cast: Cast, make: Make, work: Work) -> None:
    coordinator = client_for(cast.accounts.coordinator)
    index = f"/participants/{cast.a.participant.public_id}/limits"
    coordinator.submit(f"{index}/new", given_by="Dr. Weber", hours_day="3")
    limit = make.one(select(WorkLimit.public_id))
    for account in (cast.accounts.outsider_coordinator, cast.accounts.outsider_therapist):
        outsider = client_for(account)
        assert "Dr. Weber" not in outsider.get(index, 404).words
        outsider.get(f"/limits/{limit}/edit", 404)
        outsider.post(f"/limits/{limit}/remove", {}, 404)
    for account in (cast.accounts.admin, cast.accounts.supervisor, cast.accounts.kim):
        client_for(account).get(index, 403)
    assert "Dr. Weber" not in client_for(cast.accounts.kim).get("/limits").words


def test_the_shop_reads_the_limit_of_the_day_and_never_the_cause(app: Flask, cast: Cast, make: Make) -> None:
    limit_row(make, cast.a.participant, hours_day=4, other="Sit now and then", given_by="Dr. Weber, psychiatrist")
    plan_row(make, cast.a.placement, agreed=True, hours=3)
    page = Phone(app, link_for(make, cast.a.placement)).get("/card")
    for line in ("At most 3 hours a day", "No lifting over 5 kg", "Sit now and then"):
        assert line in page.words
    assert "Weber" not in page.text
    assert "psychiatrist" not in page.text
