"""The pages of steps to face a fear: what the two read, and that nobody else can tell whether there is anything."""

from __future__ import annotations

import re

from sqlalchemy import select, update

from placement.models.accounts.account import Assignment
from placement.models.exposures.exposure import ExposureStep, ExposureTry
from placement.models.shifts.occasion import Occasion
from placement.usecases.exposures.tries import Plan, PlanTry, plan_try
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.exposures.ladders import key, ladder_rows, step


def test_a_participant_goes_the_whole_way(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.noa)
    assert "My steps to face a fear" in visitor.get("/me").content
    page = visitor.follow(visitor.submit("/steps/new", 303, text="Stand at the till", expected="70"))
    assert "Stand at the till" in page.content
    made = make.one(select(ExposureStep.public_id))
    shift = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.current.id))
    visitor.submit(f"/steps/{made}/try", 303, shift=shift, predicted="80")
    one = make.one(select(ExposureTry.public_id))
    assert make.one(select(ExposureTry.occasion_id)) == cast.a.current.id
    answers = {"peak": "60", "at_end": "20", "minutes": "15", "safety": "Looked down", "learned": "It passed"}
    page = visitor.follow(visitor.submit(f"/steps/tries/{one}", 303, **answers))
    for words in ("Expected and felt", "20 less than expected", "Looked down", "It passed", "15"):
        assert words in page.content
    thea = client_for(cast.accounts.therapist).get(f"/steps/{made}")
    assert "It passed" in thea.content
    assert "Put this step aside" not in thea.content


def test_wrong_numbers_are_told_and_the_answers_kept(client_for: ClientFor, cast: Cast, make: Make) -> None:
    of = ladder_rows(make, cast.a.participant, cast.accounts.therapist)
    visitor = client_for(cast.accounts.noa)
    page = visitor.submit(f"/steps/tries/{of['exposure_try']}", 422, peak="101", learned="Half a page")
    assert page.errors
    assert "Half a page" in page.text
    page = visitor.submit(f"/steps/tries/{of['exposure_try']}", 422, peak="20", at_end="40", learned="Half a page")
    assert page.errors
    assert "Half a page" in page.text
    assert visitor.submit("/steps/new", 422, text="   ", expected="5").errors


def test_the_day_asks_without_a_word_of_the_step(client_for: ClientFor, cast: Cast, make: Make) -> None:
    noa, visitor = make.actor(cast.accounts.noa), client_for(cast.accounts.noa)
    of = step(make, noa, cast.a.participant, "Stand at the till")
    assert "Your step" not in visitor.get("/day").content
    shift = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.current.id))
    plan_try(make.work, noa, PlanTry(of, Plan(None, 70, shift), key()))
    plan_try(make.work, noa, PlanTry(of, Plan(make.day(5), 70), key()))
    one = make.one(select(ExposureTry.public_id).where(ExposureTry.occasion_id.is_not(None)))
    page = visitor.get("/day")
    assert "on your shift" in page.content
    assert f"/steps/tries/{one}" in page.text
    assert page.text.count("/steps/tries/") == 1
    assert "Stand at the till" not in page.text
    visitor.post(f"/steps/{of}/drop", {}, 303)
    assert "Your step" not in visitor.get("/day").content


def test_two_who_write_at_once_see_both(client_for: ClientFor, cast: Cast, make: Make) -> None:
    of = ladder_rows(make, cast.a.participant, cast.accounts.therapist)["exposure_try"]
    noa, thea = client_for(cast.accounts.noa), client_for(cast.accounts.therapist)
    (form,) = noa.get(f"/steps/tries/{of}").main_forms
    thea.submit(f"/steps/tries/{of}", 303, peak="30", learned="Told by Thea")
    page = noa.submit(form, 409, peak="50", learned="Told by Noa")
    assert "Told by Thea" in page.content
    assert "Told by Noa" in page.content


def test_put_aside_and_taken_up_again(client_for: ClientFor, cast: Cast, make: Make) -> None:
    of = ladder_rows(make, cast.a.participant, cast.accounts.therapist)["exposure_step"]
    visitor = client_for(cast.accounts.noa)
    page = visitor.follow(visitor.post(f"/steps/{of}/drop", {}, 303))
    assert "You need not say why." in page.text
    assert "Put aside" in page.content
    assert "Put aside" not in visitor.follow(visitor.post(f"/steps/{of}/drop", {"again": "1"}, 303)).content


def test_the_page_says_that_it_is_paused(client_for: ClientFor, cast: Cast, make: Make) -> None:
    of = ladder_rows(make, cast.a.participant, cast.accounts.therapist)["exposure_step"]
    make.do(lambda session: session.execute(
        update(Assignment).where(Assignment.account_id == cast.accounts.therapist.id).values(last_day=make.day(-1))
    ))  # fmt: skip
    visitor = client_for(cast.accounts.noa)
    for path in ("/steps", f"/steps/{of}", "/steps/new", f"/steps/{of}/try"):
        page = visitor.get(path)
        assert "Your steps are paused." in page.content
        assert "Add a step" not in page.content
    client_for(cast.accounts.therapist).get(f"/steps/{of}", 404)
    assert "Nobody laughed" in visitor.get(f"/steps/{of}").content


def test_a_broken_seal_is_told_and_everything_else_is_there(client_for: ClientFor, cast: Cast, make: Make) -> None:
    of = ladder_rows(make, cast.a.participant, cast.accounts.therapist)["exposure_step"]
    make.do(lambda session: session.execute(update(ExposureTry).values(words_sealed=b"\x01" + b"x" * 60)))
    page = client_for(cast.accounts.noa).get(f"/steps/{of}")
    assert "can’t be read" in page.content
    assert "Ask where the milk is" in page.content


def test_the_two_see_it_beside_independence(client_for: ClientFor, cast: Cast, make: Make) -> None:
    ladder_rows(make, cast.a.participant, cast.accounts.therapist)
    person = cast.a.participant.public_id
    for account, path in (
        (cast.accounts.noa, "/steps/course"),
        (cast.accounts.therapist, f"/participants/{person}/steps/course"),
    ):
        assert "Fear beside independence" in client_for(account).get(path).h1


def test_nobody_else_can_tell_that_a_shift_carries_a_step(client_for: ClientFor, cast: Cast, make: Make) -> None:
    """Every page of theirs about the person and the shift is the same, word for word, before and after."""
    shift = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.current.id))
    person = cast.a.participant.public_id
    paths = (
        "/day", "/shifts", f"/shifts/{shift}", f"/participants/{person}", f"/participants/{person}/progress",
        f"/participants/{person}/reports", f"/feedback/{shift}", "/participants", "/notices",
    )  # fmt: skip
    accounts = cast.accounts
    visitors = [
        client_for(one)
        for one in (accounts.admin, accounts.coordinator, accounts.coach, accounts.supervisor, accounts.kim)
    ]

    def seen() -> list[tuple[int, str]]:
        answers = [visitor.http.get(path) for visitor in visitors for path in paths]
        hidden = r'name="(csrf_token|key|client_key)"[^>]*value="[^"]*"|content="[^"]{40,}"|nonce="[^"]*"'
        return [(one.status_code, re.sub(hidden, "", one.text)) for one in answers]

    before = seen()
    assert [status for status, _ in before].count(200) > 8
    noa = make.actor(accounts.noa)
    of = step(make, noa, cast.a.participant, "Stand at the till")
    made = plan_try(make.work, noa, PlanTry(of, Plan(None, 70, shift), key()))
    assert seen() == before
    for visitor in visitors:
        for path in (f"/steps/{of}", f"/steps/tries/{made}", f"/participants/{person}/steps"):
            known, absent = visitor.http.get(path), visitor.http.get(path.replace(of, "A" * 16).replace(made, "A" * 16))
            assert known.status_code == absent.status_code
            assert known.status_code in (403, 404)
            assert "Stand at the till" not in known.text
