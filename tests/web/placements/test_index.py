from __future__ import annotations

import pytest

from placement.domain.placements import Answer, PlacementState
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def test_filters_and_searches(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.placement(cast.lee, cast.a.opening, PlacementState.COMPLETED)
    soon = make.placement(
        make.participant(cast.a.program, "Uma", "Ende"), make.opening(cast.other_site), last_day=make.day(14)
    )
    assert soon.last_day == make.day(14)
    visitor = client_for(cast.accounts.coordinator)

    def names(query: str) -> set[str]:
        words = visitor.get(f"/placements{query}").words
        return {name for name in ("Noa Lind", "Kim Okafor", "Lee Abel", "Uma Ende") if name in words}

    assert names("") == {"Noa Lind", "Kim Okafor", "Uma Ende"}
    assert names("?show=waiting") == {"Kim Okafor"}
    assert names("?show=over") == names("?show=completed") == {"Lee Abel"}
    assert names("?ending=1") == {"Uma Ende"}
    assert names("?q=li") == {"Noa Lind"}
    assert names("?q=zz") == set()
    assert names("?mine=1") == set()
    for sort in ("name", "-name", "start", "-start", "end", "-end", "nonsense"):
        assert "Noa Lind" in names(f"?sort={sort}")


def test_not_now_is_shown_with_its_day(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.placement(
        cast.lee, cast.a.opening, PlacementState.PROPOSED, answer=Answer.NOT_NOW, ask_again_on=make.day(30),
        answered_at=make.clock.now,
    )  # fmt: skip
    assert "ask again on Dec 23, 2026" in client_for(cast.accounts.coordinator).get("/placements").words


@pytest.mark.parametrize(("who", "seen"), [("therapist", {"Noa"}), ("coach", {"Noa", "Kim"})])
def test_staff_see_their_people(who: str, seen: set[str], client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.placement(cast.lee, cast.a.opening)
    words = client_for(getattr(cast.accounts, who)).get("/placements").words
    assert {name for name in ("Noa", "Kim", "Lee", "Ben") if name in words} >= seen
    assert "Lee" not in words
    assert "Ben" not in words


@pytest.mark.parametrize("sort", ["name", "-start", "end"])
def test_pages_go_forth_and_back(sort: str, client_for: ClientFor, cast: Cast, make: Make) -> None:
    opening = make.opening(cast.other_site, capacity=60)
    for number in range(45):
        person = make.participant(cast.a.program, f"Many {number:02}", "Long")
        make.placement(person, opening, first_day=make.day(-number))
    visitor = client_for(cast.accounts.coordinator)
    first = visitor.get(f"/placements?sort={sort}")
    following = first.find("a", rel="next")[0].get("href")
    second = visitor.get(following)
    assert second.words != first.words
    back = second.find("a", rel="prev")[0].get("href")
    assert "Many" in visitor.get(back).words


def test_a_list_costs_few_statements(client_for: ClientFor, cast: Cast, statements: Counter) -> None:
    visitor = client_for(cast.accounts.coordinator)
    visitor.get("/placements")
    with statements:
        visitor.get("/placements")
    assert statements.count <= 4
