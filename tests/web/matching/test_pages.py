from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.openings import OpeningState
from placement.domain.placements import PlacementState
from placement.domain.proposals import Mark, RunState
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchBan, MatchRun, Proposal
from placement.models.participants.profile import EmployerExclusion
from placement.models.placements.placement import Placement
from placement.models.system.log import AccessLog
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


def pairs(make: Make, public: str) -> list[Proposal]:
    return make.all(
        select(Proposal)
        .join(MatchRun, MatchRun.id == Proposal.run_id)
        .where(MatchRun.public_id == public)
        .order_by(Proposal.id)
    )


def run_of(make: Make, public: str) -> MatchRun:
    found: MatchRun = make.one(select(MatchRun).where(MatchRun.public_id == public))
    return found


def test_everybody_who_waits_and_every_free_place_in_one_step(visitor: Visitor, cohort: Cohort, make: Make) -> None:
    page = visitor.get("/matching/new")
    assert "All 3 people who wait for a place" in page.words
    shown = visitor.follow(visitor.submit("/matching/new", 303, name="Winter"))
    assert shown.h1 == "3 of 3 people have a place, proved best under these rules."
    for person in cohort.people:
        assert person.preferred_name in shown.words
    assert "Abilities" in shown.words
    assert "Winter" in visitor.get("/matching").words


def test_a_name_of_spaces_is_no_name(visitor: Visitor, cohort: Cohort) -> None:
    page = visitor.submit("/matching/new", 422, name="   ")
    assert "Enter a name." in page.words


def test_ticking_and_finding_without_script(visitor: Visitor, cohort: Cohort, make: Make) -> None:
    ana, bo, _cem = cohort.people
    found = visitor.post(
        "/matching/new", {"do": "people-find", "find-people": "winter b", "people": ana.public_id}, 200
    )
    assert "Ana Winter" in found.words
    assert "Bo Winter" in found.words
    assert "Cem Winter" not in found.words
    everyone = visitor.post("/matching/new", {"do": "people-all", "find-people": "winter"}, 200)
    assert everyone.text.count("checked") >= 4
    values = {"name": "Two", "who": "chosen", "people": [ana.public_id, bo.public_id], "where": "chosen",
              "openings": [cohort.stock.public_id], "minimum_fit": "0"}  # fmt: skip
    shown = visitor.follow(visitor.post("/matching/new", values))
    assert shown.h1.startswith("2 of 2 people have a place")
    nobody = visitor.post("/matching/new", {**values, "people": []}, 422)
    assert "Choose at least one person." in nobody.words
    assert visitor.post("/matching/new", {**values, "minimum_fit": "101"}, 422).errors
    assert visitor.post("/matching/new", {**values, "name": ""}, 422).errors


def test_keep_take_out_put_back_and_run_again(visitor: Visitor, cohort: Cohort, make: Make) -> None:
    public = drawn(make, cohort)
    first, second, _third = pairs(make, public)
    url = f"/matching/{public}"
    assert "kept" in visitor.follow(visitor.post(f"{url}/pairs/{first.public_id}/lock", {})).words
    person = next(p for p in cohort.people if p.id == second.participant_id)
    opening = next(o for o in (cohort.bakery, cohort.stock) if o.id == second.opening_id)
    apart = f"{url}/people/{person.public_id}/remove/{opening.public_id}"
    shown = visitor.follow(visitor.submit(apart, 303, reason="Knows nobody there"))
    assert shown.h1 == "2 of 3 people have a place. Run again to look for other places."
    assert "Knows nobody there" in shown.words
    again = visitor.follow(visitor.post(f"{url}/again", {}))
    assert again.path != url
    newest = make.all(select(MatchRun.public_id).order_by(MatchRun.id))[-1]
    kept = [row for row in pairs(make, newest) if row.mark is Mark.LOCKED]
    assert [row.participant_id for row in kept] == [first.participant_id]
    back = f"{url}/people/{person.public_id}/put-back/{opening.public_id}"
    assert visitor.follow(visitor.post(back, {})).h1 == "3 of 3 people have a place, proved best under these rules."
    assert make.all(select(MatchBan.run_id).where(MatchBan.run_id == run_of(make, public).id)) == []
    assert visitor.get(url).find("span", class_="tag")
    free = visitor.follow(visitor.post(f"{url}/pairs/{first.public_id}/unlock", {}))
    assert not free.find("span", class_="tag")


def test_why_this_pair_and_why_nobody(visitor: Visitor, cast: Cast, cohort: Cohort, make: Make) -> None:
    ana = cohort.people[0]
    make.add(EmployerExclusion(program_id=ana.program_id, participant_id=ana.id, employer_id=cast.a.employer.id))
    public = drawn(make, cohort)
    url = f"/matching/{public}/people/{ana.public_id}"
    page = visitor.get(url)
    assert page.h1 == "Why Bakery helper at Mill Lane for Ana?"
    assert "never to be matched" in page.words
    for factor in ("Abilities", "Wishes", "Travel", "Schedule"):
        assert factor in page.words
    out = (
        next(row for row in pairs(make, public) if row.opening_id is None) if run_of(make, public).placed < 3 else None
    )
    assert out is None
    left = visitor.get(f"/matching/{drawn(make, cohort, openings=(cohort.stock.public_id,))}/people/{ana.public_id}")
    assert left.h1 == "Why is Ana not placed?"
    assert "No opening passes" in left.words
    assert make.one(select(AccessLog.page).where(AccessLog.participant_id == ana.id)) == "matching.pair"
    visitor.get(f"/matching/{public}/people/{cast.lee.public_id}", 404)


def test_confirming_chosen_pairs(visitor: Visitor, cohort: Cohort, make: Make) -> None:
    public = drawn(make, cohort)
    first, second, third = pairs(make, public)
    url = f"/matching/{public}/confirm"
    assert visitor.get(url).h1 == "Propose 3 pairs?"
    none = visitor.submit(url, 422, pairs=[])
    assert "Choose at least one pair." in none.words
    done = visitor.follow(visitor.submit(url, 303, pairs=[first.public_id, second.public_id]))
    assert "2 placements are proposed." in done.words
    rows = make.all(select(Placement).where(Placement.run_id == run_of(make, public).id))
    assert {row.participant_id for row in rows} == {first.participant_id, second.participant_id}
    assert {row.state for row in rows} == {PlacementState.PROPOSED}
    assert visitor.follow(visitor.get(url, 303)).h1 == "3 of 3 people have a place. Proposed."
    again = visitor.follow(visitor.post(f"/matching/{public}/again", {}))
    assert again.h1.startswith("1 of 1 people has a place"), "whoever was not proposed can be matched again"
    assert third.participant_id in {row.participant_id for row in pairs(make, again.path.rsplit("/", 1)[1])}


def test_what_became_stale_is_listed(visitor: Visitor, cohort: Cohort, make: Make) -> None:
    public = drawn(make, cohort)

    def close(session: Session) -> None:
        session.get_one(Opening, cohort.bakery.id).state = OpeningState.CLOSED

    make.do(close)
    page = visitor.submit(f"/matching/{public}/confirm", 422)
    assert page.h1 == "Some pairs no longer hold: nothing was proposed"
    assert "no longer open" in page.words
    assert run_of(make, public).state is RunState.DRAFT
    visitor.submit(f"/matching/{public}/confirm", 409, version="77")


def test_discarding_asks_first(visitor: Visitor, cohort: Cohort, make: Make) -> None:
    public = drawn(make, cohort)
    visitor.submit(f"/matching/{public}/discard", 303)
    assert run_of(make, public).state is RunState.DISCARDED
    shown = visitor.get(f"/matching/{public}")
    assert shown.h1 == "3 of 3 people have a place. Discarded."
    assert {form.action.rsplit("/", 1)[1] for form in shown.main_forms if form.method == "post"} == {"restore"}


def test_sorting_and_statements(visitor: Visitor, cohort: Cohort, make: Make, statements: Counter) -> None:
    public = drawn(make, cohort)
    by_name = visitor.get(f"/matching/{public}?sort=name").content
    assert by_name.index("Ana") < by_name.index("Bo") < by_name.index("Cem")
    down = visitor.get(f"/matching/{public}?sort=-name").content
    assert down.index("Cem") < down.index("Bo") < down.index("Ana")
    for path, most in (("/matching", 4), (f"/matching/{public}", 6), ("/matching/new", 6),
                       (f"/matching/{public}/people/{cohort.people[0].public_id}", 6)):  # fmt: skip
        with statements:
            visitor.get(path)
        assert statements.count <= most, (path, statements.texts)


def test_only_coordinators_of_this_program(client_for: ClientFor, cast: Cast, cohort: Cohort, make: Make) -> None:
    public = drawn(make, cohort)
    for who in ("therapist", "coach", "supervisor", "noa", "admin"):
        client_for(getattr(cast.accounts, who)).get(f"/matching/{public}", 403)
    client_for(cast.accounts.outsider_coordinator).get(f"/matching/{public}", 404)
    client_for(cast.accounts.outsider_coordinator).get(f"/matching/{public}/confirm", 404)
