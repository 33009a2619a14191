"""Abilities, wishes, week, needs, exclusions, assignments."""

from __future__ import annotations

from datetime import time

from sqlalchemy import select

from placement.domain.week import Span, from_spans
from placement.models.accounts.account import Assignment
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability, EmployerExclusion, EmployerWish, Need, TaskWish
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_zero_and_unknown_are_two_answers(client_for: ClientFor, cast: Cast, make: Make) -> None:
    first, second = cast.a.catalog.traits[:2]
    path = f"/participants/{cast.a.participant.public_id}/abilities"
    visitor = client_for(cast.accounts.therapist)
    visitor.submit(path, 303, **{f"of-{first.public_id}": "0"})
    assert make.all(select(Ability.level)) == [0]
    visitor.submit(path, 303, **{f"of-{first.public_id}": "", f"of-{second.public_id}": "5"})
    assert [(row.trait_id, row.level) for row in make.all(select(Ability))] == [(second.id, 5)]
    visitor.submit(path, 422, **{f"of-{first.public_id}": "6"})
    client_for(cast.accounts.noa).get(path, 403)


def test_two_editors_of_different_traits_both_win_and_of_one_trait_are_asked(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:
    one, other = cast.a.catalog.traits[:2]
    path = f"/participants/{cast.a.participant.public_id}/abilities"
    thea, cora = client_for(cast.accounts.therapist), client_for(cast.accounts.coordinator)
    form = next(form for form in cora.get(path).main_forms if form.method == "post")
    thea.submit(path, 303, **{f"of-{one.public_id}": "2"})
    cora.submit(form, 303, **{f"of-{other.public_id}": "4"})
    assert sorted(make.all(select(Ability.level))) == [2, 4]
    page = cora.submit(form, 409, **{f"of-{one.public_id}": "5"})
    again = next(form for form in page.main_forms if form.method == "post")
    cora.post(path, again.fields, 303)
    assert make.one(select(Ability.level).where(Ability.trait_id == one.id)) == 5


def test_participants_choose_their_own_wishes(client_for: ClientFor, cast: Cast, make: Make) -> None:
    task, employer = cast.a.catalog.tasks[0], cast.a.employer
    visitor = client_for(cast.accounts.noa)
    visitor.submit("/me/wishes", 303, **{f"of-{task.public_id}": "love"})
    visitor.submit("/me/employer-wishes?q=corner", 303, **{f"of-{employer.public_id}": "rather_not"})
    assert make.all(select(TaskWish.wish)) == ["love"]
    assert make.all(select(EmployerWish.wish)) == ["rather_not"]
    words = visitor.get("/me").words
    assert "I would love it" in words
    assert "Corner Grocery" in words
    visitor.submit("/me/wishes", 303, **{f"of-{task.public_id}": ""})
    assert make.all(select(TaskWish.wish)) == []


def test_the_week_is_saved_and_shown_again(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)
    values = {"week-0-0-from": "09:00", "week-0-0-to": "12:30", "week-0-1-from": "14:00", "week-0-1-to": "16:00"}
    visitor.submit("/me/availability", 303, **values, **{"week-5-all": "1"})
    expected = from_spans([Span(0, time(9), time(12, 30)), Span(0, time(14), time(16)), Span(5, time(0), time(0))])
    saved = select(Participant.availability).where(Participant.id == cast.a.participant.id)
    assert make.one(saved) == expected
    visitor.submit("/me/availability", 303)
    assert make.one(saved) == expected
    assert "9:00 AM–12:30 PM, 2:00 PM–4:00 PM" in visitor.get("/me").words


def test_a_bad_time_is_told_at_its_day_and_the_answers_stay(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.noa).submit(
        "/me/availability", 422, **{"week-1-0-from": "09:10", "week-1-0-to": "12:00"}
    )
    assert any("quarter hours" in error for error in page.errors)
    assert "Tuesday: Use quarter hours" in page.words
    assert page.find("input", id="week-1-0-from")[0].get("value") == "09:10"


def test_a_week_can_be_unknown(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/participants/{cast.a.participant.public_id}/availability"
    visitor = client_for(cast.accounts.coordinator)
    visitor.submit(path, 303, **{"week-0-0-from": "09:00", "week-0-0-to": "12:00"})
    cleared = {"week-0-0-from": "", "week-0-0-to": "", "week-unknown": "1"}
    visitor.submit(path, 303, **cleared)
    assert make.one(select(Participant.availability).where(Participant.id == cast.a.participant.id)) is None
    visitor.submit(path, 422, **{"week-unknown": None})


def test_the_second_writer_of_a_week_is_asked(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/participants/{cast.a.participant.public_id}/availability"
    thea, cora = client_for(cast.accounts.therapist), client_for(cast.accounts.coordinator)
    form = next(form for form in cora.get(path).main_forms if form.method == "post")
    thea.submit(path, 303, **{"week-0-0-from": "09:00", "week-0-0-to": "12:00"})
    page = cora.submit(form, 409, **{"week-1-0-from": "10:00", "week-1-0-to": "11:00"})
    assert "9:00 AM–12:00 PM" in page.words
    cora.submit(next(form for form in page.main_forms if form.method == "post"), 303)
    saved = make.one(select(Participant.availability).where(Participant.id == cast.a.participant.id))
    assert saved == from_spans([Span(1, time(10), time(11))])


def test_needs_are_checked_boxes(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/participants/{cast.a.participant.public_id}/needs"
    first, second = cast.a.catalog.accommodations[:2]
    visitor = client_for(cast.accounts.coach)
    visitor.submit(path, 303, needs=[first.public_id, second.public_id])
    assert set(make.all(select(Need.accommodation_id))) == {first.id, second.id}
    visitor.submit(path, 303, needs=[second.public_id])
    assert make.all(select(Need.accommodation_id)) == [second.id]


def test_an_employer_is_excluded_with_a_reason_and_allowed_again(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/participants/{cast.a.participant.public_id}/exclusions"
    visitor = client_for(cast.accounts.therapist)
    page = visitor.submit(path, 422, employer=cast.a.employer.public_id, reason=" ")
    assert page.errors
    visitor.submit(path, 303, employer=cast.a.employer.public_id, reason="Too near to home")
    assert make.all(select(EmployerExclusion.reason)) == ["Too near to home"]
    visitor.post(f"{path}/{cast.a.employer.public_id}/remove", {}, 303)
    assert make.all(select(EmployerExclusion.reason)) == []
    client_for(cast.accounts.noa).get(path, 403)


def test_staff_is_assigned_and_let_go(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/participants/{cast.lee.public_id}/assignments"
    therapist = client_for(cast.accounts.therapist)
    therapist.get(f"/participants/{cast.lee.public_id}", 404)
    visitor = client_for(cast.accounts.coordinator)
    visitor.submit(path, 303, account=cast.accounts.therapist.public_id)
    therapist.get(f"/participants/{cast.lee.public_id}")
    assert visitor.submit(path, 422, account=cast.accounts.therapist.public_id).errors
    row = make.one(select(Assignment).where(Assignment.participant_id == cast.lee.id))
    visitor.submit(f"{path}/{row.public_id}/end", 303, last_day=make.day(0).isoformat())
    assert make.one(select(Assignment.last_day).where(Assignment.id == row.id)) == make.day(0)
    therapist.get(path, 403)
