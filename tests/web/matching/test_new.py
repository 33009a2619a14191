"""A new run: narrowing down, what counts, what is fair; hostile input; a run that is being solved."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.domain.matching.presets import PRESETS, weights_from_sliders
from placement.domain.matching.problem import Mode, Settings
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import Answer, PlacementState
from placement.domain.proposals import RunState
from placement.models.matching.run import MatchRun, Proposal
from placement.models.participants.participant import Participant
from placement.usecases.matching import run as running
from placement.usecases.matching.solve_run import MOST_ATTEMPTS, SolveRun, solve_run
from placement.worker.worker import Worker
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter
from tests.usecases.matching.cohort import Cohort, drawn, write_cohort


@pytest.fixture
def cohort(make: Make, cast: Cast) -> Cohort:
    return write_cohort(make, cast)


@pytest.fixture
def visitor(client_for: ClientFor, cast: Cast) -> Visitor:
    return client_for(cast.accounts.coordinator)


def runs(make: Make) -> list[MatchRun]:
    return make.all(select(MatchRun).where(MatchRun.name == "T").order_by(MatchRun.id))


def newest(make: Make) -> MatchRun:
    found: MatchRun = make.all(select(MatchRun).order_by(MatchRun.id))[-1]
    return found


def settings(run: MatchRun) -> Settings:
    return Settings.from_json(run.problem["settings"])


def people_of(run: MatchRun) -> set[str]:
    return {item["key"] for item in run.problem["people"]}


def test_every_preset_and_aim_makes_its_run(visitor: Visitor, cohort: Cohort, make: Make) -> None:
    for preset, mode in zip(PRESETS, Mode, strict=True):
        visitor.submit("/matching/new", 303, name="T", preset=preset.key, mode=mode.value, minimum_fit="5")
        assert settings(newest(make)) == Settings(preset.weights, 500, mode)
        assert newest(make).proved_best


def test_sliders_count_with_their_own_radio(visitor: Visitor, cohort: Cohort, make: Make) -> None:
    sliders = {"profile": "0", "wishes": "10", "travel": "3", "schedule": "7"}
    visitor.submit("/matching/new", 303, name="T", preset="own", **sliders)
    assert settings(newest(make)).weights == weights_from_sliders(0, 10, 3, 7)
    visitor.submit("/matching/new", 303, name="T", preset="balanced", **sliders)
    assert settings(newest(make)).weights == PRESETS[0].weights
    kept = visitor.submit("/matching/new", 422, name="", preset="own", **sliders)
    assert [kept.find("input", name=name)[0].get("value") for name in sliders] == list(sliders.values())


@pytest.mark.parametrize(
    "hostile",
    [
        {"preset": "own", "profile": "many"},
        {"preset": "own", "profile": ""},
        {"preset": "own", "wishes": "11"},
        {"preset": "own", "wishes": "-1"},
        {"preset": "own", "travel": "9" * 5000},
        {"preset": "own", "profile": "0", "wishes": "0", "travel": "0", "schedule": "0"},
        {"preset": "unknown"},
        {"mode": "unknown"},
        {"minimum_fit": "101"},
        {"minimum_fit": "²"},
        {"status": "finished"},
        {"before": "2026-99-99"},
        {"who": "unknown"},
    ],
)
def test_what_cannot_be_meant_is_said_and_makes_nothing(
    hostile: Mapping[str, str], visitor: Visitor, cohort: Cohort, make: Make
) -> None:
    values = {"name": "T", "who": "all", "where": "all", "preset": "balanced", "mode": "total", "minimum_fit": "0",
              "profile": "9", "wishes": "5", "travel": "3", "schedule": "3"}  # fmt: skip
    page = visitor.post("/matching/new", {**values, **hostile}, 422)
    assert "Please check this" in page.words
    assert runs(make) == [], hostile


def test_more_than_a_run_holds(visitor: Visitor, cohort: Cohort, make: Make) -> None:
    ticks = [f"x{n}" for n in range(10_001)]
    page = visitor.post("/matching/new", {"name": "T", "who": "chosen", "people": ticks, "where": "all",
                                          "minimum_fit": "0"}, 422)  # fmt: skip
    assert "Tick fewer, or take all." in page.words
    visitor.post("/matching/new", {"name": "T", "who": "chosen", "people": ticks[:50], "where": "all",
                                   "minimum_fit": "0"}, 404)  # fmt: skip


def test_taking_everybody_means_what_the_filter_finds(visitor: Visitor, cast: Cast, cohort: Cohort, make: Make) -> None:
    ana, bo, cem = cohort.people
    make.assign(cast.accounts.coach, bo)
    late = make.opening(cast.other_site, "Late shift", first_day=make.day(60))
    found = visitor.submit("/matching/new", 200, name="T", do="people-find", staff=cast.accounts.coach.public_id)
    assert "All 2 people found" in found.words or "The one person found" in found.words
    visitor.submit("/matching/new", 303, name="T", staff=cast.accounts.coach.public_id, before=str(make.day(30)))
    assert bo.public_id in people_of(newest(make))
    assert not {ana.public_id, cem.public_id} & people_of(newest(make))
    assert late.public_id not in {item["key"] for item in newest(make).problem["openings"]}
    visitor.submit("/matching/new", 303, name="T", status="everybody")
    assert {cast.a.participant.public_id, ana.public_id} <= people_of(newest(make))
    nobody = visitor.submit("/matching/new", 422, name="T", staff="nobody")
    assert "Choose at least one person." in nobody.words
    assert "Nobody is found" in nobody.words


def test_who_asked_to_wait_is_said_before_and_after(visitor: Visitor, cast: Cast, cohort: Cohort, make: Make) -> None:
    elsewhere = make.opening(cast.other_site, "Elsewhere")
    make.placement(cohort.people[0], elsewhere, PlacementState.PROPOSED, answer=Answer.TALK_FIRST)
    assert "1 of them asked to wait" in visitor.get("/matching/new").words
    shown = visitor.follow(visitor.submit("/matching/new", 303, name="T"))
    assert "They want to talk first" in shown.words
    hers = visitor.get(f"{shown.path}/people/{cohort.people[0].public_id}")
    assert "They want to talk first" in hers.words
    assert "passes the rules" not in hers.words


def test_nobody_and_nothing(visitor: Visitor, cast: Cast, make: Make) -> None:
    def change(session: Session) -> None:
        session.execute(update(Participant).values(status=ParticipantStatus.PAUSED))

    make.do(change)
    page = visitor.get("/matching/new")
    assert "Nobody waits for a place at the moment" in page.words
    assert "Choose at least one person." in visitor.submit("/matching/new", 422, name="T").words


def test_the_effect_is_shown_and_nothing_kept(visitor: Visitor, cohort: Cohort, make: Make) -> None:
    public = drawn(make, cohort)
    url = f"/matching/{public}/adjust"
    before = len(make.all(select(MatchRun.id)))
    page = visitor.submit(url, 200, do="effect", preset="wishes", mode="max_min")
    assert "Nobody would get another place." in page.words
    assert "People placed 3 3" in page.words
    assert page.find("input", value="wishes", checked="")
    assert len(make.all(select(MatchRun.id))) == before
    low = visitor.submit(url, 200, do="effect", preset="wishes", minimum_fit="100")
    assert "Something would change for 3 of 3 people." in low.words
    assert "People placed 3 0" in low.words
    made = visitor.submit(url, 303, preset="wishes", mode="max_min", name="Wishes")
    run = newest(make)
    assert made.location == f"/matching/{run.public_id}"
    assert (run.name, settings(run).mode) == ("Wishes", Mode.MAX_MIN)
    assert run.from_run_id == make.one(select(MatchRun.id).where(MatchRun.public_id == public))
    again = visitor.get(f"/matching/{run.public_id}/adjust")
    assert again.find("input", name="name", value="Wishes 2")
    assert again.find("input", value="wishes", checked="")
    assert again.find("input", value="max_min", checked="")
    visitor.submit(url, 422, name="")


def test_too_large_to_try_it_only_measures(
    visitor: Visitor, cohort: Cohort, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = drawn(make, cohort)
    monkeypatch.setattr(running, "PAIRS_AT_ONCE", 1)
    page = visitor.submit(f"/matching/{public}/adjust", 200, do="effect")
    assert "too large to be solved while you wait" in page.words


def test_a_run_being_solved_can_be_left_and_come_back_to(
    visitor: Visitor, cohort: Cohort, make: Make, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PAIRS_AT_ONCE", 1)
    page = visitor.follow(visitor.submit("/matching/new", 303, name="Large"))
    assert page.h1 == "Finding the best pairs"
    assert page.find("progress")[0].get("value") == "0"
    assert page.path in page.links
    assert "You can leave this page and come back" in page.words
    assert cohort.people[0].preferred_name not in page.content
    assert "being solved" in visitor.get("/matching").words
    for path in ("confirm", "adjust"):
        assert visitor.get(f"{page.path}/{path}", 303).location == page.path
    Worker(app).once()
    assert visitor.get(page.path).h1.startswith("3 of 3")


def test_a_run_without_an_answer_says_why_and_can_be_tried_again(
    visitor: Visitor, cohort: Cohort, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(running, "PAIRS_AT_ONCE", 1)
        public = drawn(make, cohort)
    run = newest(make)
    solve_run(make.work, SolveRun(run.id, MOST_ATTEMPTS + 1))
    page = visitor.get(f"/matching/{public}")
    assert page.h1 == "This run found no answer"
    assert "begun several times" in page.words
    assert "no answer" in visitor.get("/matching").words
    again = visitor.submit(page.main_forms[0], 303)
    assert newest(make).state is RunState.DRAFT
    assert len(make.all(select(Proposal.id).where(Proposal.run_id == newest(make).id))) == 3
    assert again.location == f"/matching/{newest(make).public_id}"
    visitor.submit(f"/matching/{public}/discard", 303)
    assert make.one(select(MatchRun.state).where(MatchRun.public_id == public)) is RunState.DISCARDED


def test_statements(visitor: Visitor, cohort: Cohort, make: Make, statements: Counter) -> None:
    public = drawn(make, cohort)
    for path in ("/matching/new", f"/matching/{public}/adjust"):
        with statements:
            visitor.get(path)
        assert statements.count <= 6, (path, statements.texts)


def test_more_ticks_than_a_database_takes_are_no_error(visitor: Visitor, cohort: Cohort) -> None:
    people = [f"n{n}" for n in range(66_000)]
    visitor.submit("/matching/new", 200, do="people-find", name="T", who="chosen", people=people)
    visitor.submit("/matching/new", 422, name="T", who="chosen", people=people)
