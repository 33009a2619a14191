"""What a coordinator decides on a run's pages, and how it is taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.domain.proposals import Mark, RunState
from placement.models.matching.run import MatchBan, MatchForce, MatchRun, Proposal
from placement.models.placements.placement import Placement
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.pages import FormOnPage, Page
from tests.statements import Counter
from tests.usecases.matching.cohort import drawn
from tests.web.matching.workbench import Bench, newest, write_bench


@pytest.fixture
def bench(make: Make, cast: Cast) -> Bench:
    return write_bench(make, cast)


@pytest.fixture
def visitor(client_for: ClientFor, cast: Cast) -> Visitor:
    return client_for(cast.accounts.coordinator)


def form_to(page: Page, end: str) -> FormOnPage:
    """The page's form whose address ends so."""
    [found] = {form.action: form for form in page.main_forms if form.action.endswith(end)}.values()
    return found


def proposals(make: Make, run: MatchRun | str) -> dict[int, Proposal]:
    """Of one run, by participant."""
    public = run if isinstance(run, str) else run.public_id
    rows = make.all(select(Proposal).join(MatchRun, MatchRun.id == Proposal.run_id).where(MatchRun.public_id == public))
    return {row.participant_id: row for row in rows}


def test_the_first_line_says_what_was_proved_and_the_rules_stand_in_words(visitor: Visitor, bench: Bench) -> None:
    page = visitor.get(bench.url)
    assert page.h1 == "3 of 3 people have a place, proved best under these rules."
    assert "Abilities count 45 of 100, wishes 25, travel 15, schedule 15." in page.words
    assert "There is no minimum fit" in page.words
    assert "nobody more can be placed" in page.words


def test_order_search_and_filters(visitor: Visitor, bench: Bench, make: Make) -> None:
    for sort, first in (("name", "Ana"), ("-name", "Cem"), ("-fit", "Ana"), ("-contested", ""), ("weakest", "")):
        rows = visitor.get(f"{bench.url}?sort={sort}").find("th", scope="row")
        assert len(rows) == 3
        if first:
            assert first in "".join(rows[0].itertext())
    found = visitor.get(f"{bench.url}?q=winter+b").content
    assert "Bo Winter" in found
    assert "Cem Winter" not in found
    assert "Nobody matches" in visitor.get(f"{bench.url}?q=nobody").words
    ana = proposals(make, bench.run)[bench.ana.id]
    visitor.post(f"{bench.url}/pairs/{ana.public_id}/lock", {})
    kept = visitor.get(f"{bench.url}?show=kept").content
    assert "Ana Winter" in kept
    assert "Bo Winter" not in kept
    low = visitor.get(f"{bench.url}?show=below-55").content
    assert "Cem Winter" in low
    assert "Ana Winter" not in low
    assert "fit below 55%" in low
    for odd in ("below-0", "below-101", "below-x", "nonsense"):
        assert len(visitor.get(f"{bench.url}?show={odd}").find("th", scope="row")) == 3
    assert "Everybody has a place" in visitor.get(f"{bench.url}?show=left").words


def test_who_has_no_place_with_the_reason_and_a_link(visitor: Visitor, bench: Bench, make: Make) -> None:
    run = drawn(make, bench.cohort, openings=(bench.cohort.bakery.public_id, bench.far.public_id))
    page = visitor.get(f"/matching/{run}")
    assert page.h1 == "1 of 3 people has a place, proved best under these rules."
    assert "Without a place" in page.words
    assert f"/matching/{run}/people/{bench.cem.public_id}" in page.links
    alone = visitor.get(f"/matching/{run}?show=left")
    assert "Cem Winter" in alone.content
    assert "Ana Winter" not in alone.content
    assert "Bo Winter" not in visitor.get(f"/matching/{run}?show=left&q=cem").content
    theirs = visitor.get(f"/matching/{run}/people/{bench.cem.public_id}")
    assert theirs.h1 == "Why is Cem not placed?"
    assert "Ana Winter would lose Bakery helper, Mill Lane and have no place" in theirs.words
    assert "What a place would cost" in theirs.words


def test_what_another_opening_costs_whom(visitor: Visitor, bench: Bench) -> None:
    page = visitor.get(bench.person(bench.bo))
    assert "The group would lose" in page.words
    assert "One other person would move." in page.words
    assert "Ana Winter moves from Bakery helper, Mill Lane to Stock helper" in page.words
    assert "points better for them than now" in page.words
    assert "Too far" in page.words
    assert "never to be matched with this employer" in page.words


def test_choosing_makes_a_new_draft_and_undo_leads_back(visitor: Visitor, bench: Bench, make: Make) -> None:
    choose = form_to(visitor.get(bench.person(bench.bo)), f"/choose/{bench.cohort.bakery.public_id}")
    shown = visitor.follow(visitor.submit(choose))
    made = newest(make)
    assert made.public_id != bench.run
    assert shown.h1 == "Why Bakery helper at Mill Lane for Bo?"
    assert "The draft before is kept." in shown.words
    rows = proposals(make, made)
    assert rows[bench.bo.id].opening_id == bench.cohort.bakery.id
    assert rows[bench.bo.id].mark is Mark.LOCKED
    assert rows[bench.ana.id].opening_id == bench.cohort.stock.id
    back = visitor.follow(visitor.submit(form_to(shown, "/undo")))
    assert back.path == f"{bench.url}/people/{bench.bo.public_id}"
    assert newest(make).state is RunState.DISCARDED
    again = visitor.follow(visitor.submit(form_to(back, "/restore")))
    assert again.path == f"/matching/{made.public_id}"
    assert newest(make).state is RunState.DRAFT


def test_forcing_asks_for_a_reason_and_says_what_stands_against_it(visitor: Visitor, bench: Bench, make: Make) -> None:
    page = visitor.get(bench.person(bench.bo))
    url = f"{bench.person(bench.bo)}/force/{bench.far.public_id}"
    assert url in page.links
    asked = visitor.get(url)
    assert asked.h1 == "Place Bo at “Beach helper, Faraway, Seaside” anyway?"
    assert "Too far" in asked.words
    assert "Enter a reason." in visitor.submit(url, 422, reason=" ").words
    shown = visitor.follow(visitor.submit(url, 303, reason="His aunt lives there"))
    assert "His aunt lives there" in shown.words
    made = newest(make)
    assert proposals(make, made)[bench.bo.id].mark is Mark.FORCED
    force = make.one(select(MatchForce).where(MatchForce.run_id == made.id))
    assert (force.participant_id, force.opening_id) == (bench.bo.id, bench.far.id)
    run = visitor.get(f"/matching/{made.public_id}?show=forced")
    assert "against a rule" in run.words
    assert "Bo Winter" in run.content
    confirm = visitor.get(f"/matching/{made.public_id}/confirm")
    assert "against a rule: His aunt lives there" in confirm.words
    visitor.submit(f"/matching/{made.public_id}/confirm", 303)
    placed = make.one(select(Placement).where(Placement.participant_id == bench.bo.id))
    assert placed.force_reason == "His aunt lives there"
    others = make.all(select(Placement.force_reason).where(Placement.participant_id.in_([bench.ana.id, bench.cem.id])))
    assert others == ["", ""]
    assert "His aunt lives there" in visitor.get(f"/placements/{placed.public_id}").words


def test_nobody_is_forced_past_a_protection(visitor: Visitor, bench: Bench) -> None:
    page = visitor.get(bench.person(bench.ana))
    url = f"{bench.person(bench.ana)}/force/{bench.never.public_id}"
    assert url not in page.links
    visitor.get(url, 404)
    visitor.post(url, {"reason": "Because"}, 404)
    # Nothing stands against it: choosing will do.
    visitor.get(f"{bench.person(bench.ana)}/force/{bench.cohort.stock.public_id}", 303)


def test_keep_and_take_out_are_undone_where_they_were_done(visitor: Visitor, bench: Bench, make: Make) -> None:
    ana = proposals(make, bench.run)[bench.ana.id]
    kept = visitor.follow(visitor.post(f"{bench.url}/pairs/{ana.public_id}/lock", {"sort": "name", "q": "winter"}))
    assert "sort=name" in " ".join(kept.links)
    bare = visitor.follow(visitor.submit(form_to(kept, "/unlock")))
    assert proposals(make, bench.run)[bench.ana.id].mark is Mark.FREE
    visitor.follow(visitor.submit(form_to(bare, f"/pairs/{ana.public_id}/lock")))
    out = f"{bench.person(bench.ana)}/remove/{bench.cohort.bakery.public_id}?person={bench.ana.public_id}"
    gone = visitor.follow(visitor.submit(out, 303, reason="She asked for another"))
    assert gone.path == f"{bench.url}/people/{bench.ana.public_id}"
    assert "She asked for another" in gone.words
    assert "told against what running again would give" in visitor.get(bench.person(bench.bo)).words
    back = visitor.follow(visitor.submit(next(f for f in gone.main_forms if "keep" in f.names)))
    assert proposals(make, bench.run)[bench.ana.id].mark is Mark.LOCKED, "kept again, as before"
    again = visitor.follow(visitor.submit(next(f for f in back.main_forms if "reason" in f.names)))
    assert "She asked for another" in again.words
    assert make.one(select(MatchBan.reason)) == "She asked for another"


def test_a_discarded_draft_comes_back(visitor: Visitor, bench: Bench, make: Make) -> None:
    told = visitor.follow(visitor.submit(f"{bench.url}/discard", 303))
    back = visitor.follow(visitor.submit(form_to(told, f"/{bench.run}/restore")))
    assert back.h1 == "3 of 3 people have a place, proved best under these rules."
    visitor.submit(f"{bench.url}/confirm", 303)
    refused = visitor.follow(visitor.post(f"{bench.url}/restore", {}))
    assert newest(make).state is RunState.CONFIRMED
    assert "no longer a draft" in refused.words


def test_only_drafts_offer_to_decide(visitor: Visitor, bench: Bench) -> None:
    visitor.submit(f"{bench.url}/discard", 303)
    visitor.get(bench.url)
    page = visitor.get(bench.person(bench.bo))
    assert not [form for form in page.main_forms if form.method == "post"]
    visitor.get(f"{bench.person(bench.bo)}/force/{bench.far.public_id}", 404)


def test_statements(visitor: Visitor, bench: Bench, statements: Counter) -> None:
    bo = bench.person(bench.bo)
    for path in (bench.url, f"{bench.url}?show=left", bo, bo, f"{bench.url}/print",
                 f"{bo}/force/{bench.far.public_id}"):  # fmt: skip
        with statements:
            visitor.get(path)
        assert statements.count <= 6, (path, statements.texts)


def test_foreign_people_and_openings_are_absent(client_for: ClientFor, cast: Cast, bench: Bench) -> None:
    outsider = client_for(cast.accounts.outsider_coordinator)
    own = client_for(cast.accounts.coordinator)
    own.get(bench.person(bench.bo))  # in memory from here on
    bakery = bench.cohort.bakery.public_id
    for path in (bench.person(bench.bo), f"{bench.person(bench.bo)}/force/{bench.far.public_id}", f"{bench.url}/print",
                 f"{bench.url}/export.xlsx", f"/matching/compare?a={bench.run}&b={cast.a.run.public_id}"):  # fmt: skip
        outsider.get(path, 404)
    for path in (f"{bench.person(bench.bo)}/choose/{bakery}", f"{bench.url}/undo", f"{bench.url}/restore"):
        outsider.post(path, {}, 404)
    own.post(f"{bench.person(bench.bo)}/choose/{cast.b.opening.public_id}", {}, 404)
    own.post(f"{bench.person(cast.lee)}/choose/{bakery}", {}, 404)
