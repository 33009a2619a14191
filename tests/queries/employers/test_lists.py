"""Lists of employers, sites and openings: search, filters, order, pages."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden
from placement.domain.openings import OpeningState
from placement.domain.text import fold
from placement.queries.employers.employers import EmployerFilter, employer_list
from placement.queries.employers.openings import OpeningFilter, opening_list
from placement.queries.employers.sites import SiteFilter, site_list
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_employers_with_their_shops_and_open_places(reads: Session, make: Make, cast: Cast) -> None:
    actor, program = make.actor(cast.accounts.coordinator), cast.a.program
    gone = make.employer(program, "Altes Haus", archived_at=make.clock.now)
    empty = make.employer(program, "Étoile")
    rows = employer_list(reads, actor, EmployerFilter(), make.today).rows
    assert [row.name for row in rows] == ["Corner Grocery", "Étoile"]
    assert (rows[0].sites, rows[1].sites, rows[1].open_places) == (2, 0, 0)
    before = rows[0].open_places
    site = make.site(empty, "North")
    make.opening(site, capacity=5, filled=2)
    make.opening(site, capacity=9, state=OpeningState.ON_HOLD)
    make.opening(site, capacity=9, last_day=make.day(-1))
    make.opening(site, capacity=9, archived_at=make.clock.now)
    rows = employer_list(reads, actor, EmployerFilter(sort="-name"), make.today).rows
    assert [(row.name, row.open_places) for row in rows] == [("Étoile", 3), ("Corner Grocery", before)]
    assert [row.name for row in employer_list(reads, actor, EmployerFilter(q="ETO"), make.today).rows] == ["Étoile"]
    archived = employer_list(reads, actor, EmployerFilter(show="archived"), make.today).rows
    assert [row.public_id for row in archived] == [gone.public_id]


def test_only_employers_with_open_places(reads: Session, make: Make, cast: Cast) -> None:
    actor = make.actor(cast.accounts.coordinator)
    full = make.site(make.employer(cast.a.program, "Full"))
    make.opening(full, capacity=1, filled=1)
    free = make.site(make.employer(cast.a.program, "Free"))
    make.opening(free, capacity=1)
    names = {row.name for row in employer_list(reads, actor, EmployerFilter(show="open"), make.today).rows}
    assert "Free" in names
    assert "Full" not in names


def test_sites_are_found_by_any_word_of_name_or_city(reads: Session, make: Make, cast: Cast) -> None:
    actor, employer = make.actor(cast.accounts.coordinator), cast.a.employer
    make.site(employer, "Lidl Bürstadt, Weidenweg 2", "Bürstadt")
    make.site(employer, "100% Bio", "Köln", address_complete=False)

    def found(q: str) -> list[str]:
        return [row.name for row in site_list(reads, actor, SiteFilter(q)).rows]

    assert found("burst") == found("BÜRST") == found("lidl b") == found("weiden") == ["Lidl Bürstadt, Weidenweg 2"]
    assert found("köln") == found("100%") == ["100% Bio"]
    assert found("%") == []
    assert found("idl") == []
    incomplete = site_list(reads, actor, SiteFilter(show="incomplete")).rows
    assert [row.name for row in incomplete] == ["100% Bio"]


def test_sites_of_one_employer_and_of_archived_ones(reads: Session, make: Make, cast: Cast) -> None:
    actor = make.actor(cast.accounts.coordinator)
    make.site(make.employer(cast.a.program, "Gone", archived_at=make.clock.now), "Gone North")
    make.site(make.employer(cast.a.program, "Other"), "Other North")
    names = [row.name for row in site_list(reads, actor, SiteFilter()).rows]
    assert "Gone North" not in names
    assert "Other North" in names
    own = site_list(reads, actor, SiteFilter(employer=cast.a.employer.public_id)).rows
    assert {row.employer for row in own} == {"Corner Grocery"}
    assert site_list(reads, actor, SiteFilter(employer=cast.b.employer.public_id)).rows == []


@pytest.fixture
def openings(make: Make, cast: Cast) -> None:
    site = make.site(make.employer(cast.a.program, "Étoile"), "North", "Köln")
    for role, first, last, capacity, filled, state in (
        ("Baker", date(2026, 1, 5), None, 4, 1, OpeningState.OPEN),
        ("Cleaner", date(2026, 12, 1), None, 2, 0, OpeningState.ON_HOLD),
        ("Driver", date(2026, 2, 1), date(2026, 3, 1), 1, 0, OpeningState.OPEN),
        ("Florist", date(2026, 1, 1), date(2026, 11, 23), 1, 1, OpeningState.CLOSED),
    ):
        make.opening(
            site, role, first_day=first, last_day=last, capacity=capacity, filled=filled, state=state,
            sort_key=fold(f"{role} Étoile Köln"),
        )  # fmt: skip
    make.opening(site, "Ghost", archived_at=make.clock.now, sort_key="ghost etoile koln")


@pytest.mark.usefixtures("openings")
@pytest.mark.parametrize(
    ("wanted", "roles"),
    [
        (OpeningFilter(q="étoile"), ["Baker", "Cleaner", "Driver", "Florist"]),
        (OpeningFilter(q="kol", sort="-role"), ["Florist", "Driver", "Cleaner", "Baker"]),
        (OpeningFilter(q="etoile", sort="day"), ["Florist", "Baker", "Driver", "Cleaner"]),
        (OpeningFilter(q="etoile", sort="-free"), ["Baker", "Cleaner", "Driver", "Florist"]),
        (OpeningFilter(q="etoile", show="places"), ["Baker"]),
        (OpeningFilter(q="etoile", show="open"), ["Baker", "Driver"]),
        (OpeningFilter(q="etoile", show="on_hold"), ["Cleaner"]),
        (OpeningFilter(q="etoile", show="closed"), ["Florist"]),
        (OpeningFilter(q="etoile", show="archived"), ["Ghost"]),
        (OpeningFilter(q="etoile", period="running"), ["Baker", "Florist"]),
        (OpeningFilter(q="etoile", period="coming"), ["Cleaner"]),
        (OpeningFilter(q="etoile", period="over"), ["Driver"]),
    ],
    ids=lambda value: "",
)
def test_openings(reads: Session, make: Make, cast: Cast, wanted: OpeningFilter, roles: list[str]) -> None:
    rows = opening_list(reads, make.actor(cast.accounts.coordinator), wanted, make.today).rows
    assert [row.role for row in rows] == roles


@pytest.mark.parametrize("sort", ["role", "-role", "day", "-day", "free", "-free"])
def test_every_opening_comes_once_however_they_are_sorted(reads: Session, make: Make, cast: Cast, sort: str) -> None:
    actor = make.actor(cast.accounts.coordinator)
    site = make.site(make.employer(cast.a.program, "Big"))
    for number in range(45):
        make.opening(site, f"Role {number % 7}", capacity=1 + number % 5, first_day=make.day(number % 4))
    own = next(row.employer_public_id for row in site_list(reads, actor, SiteFilter()).rows if row.employer == "Big")
    first = opening_list(reads, actor, OpeningFilter(employer=own, sort=sort), make.today)
    second = opening_list(reads, actor, OpeningFilter(employer=own, sort=sort, cursor=first.next), make.today)
    assert (len(first.rows), len(second.rows), second.next) == (40, 5, None)
    assert len({row.public_id for row in (*first.rows, *second.rows)}) == 45
    back = opening_list(reads, actor, OpeningFilter(employer=own, sort=sort, cursor=second.previous), make.today)
    assert [row.public_id for row in back.rows] == [row.public_id for row in first.rows]


def test_who_may_look(reads: Session, make: Make, cast: Cast) -> None:
    for account in (cast.accounts.therapist, cast.accounts.coach):
        assert employer_list(reads, make.actor(account), EmployerFilter(), make.today).rows
    for account in (cast.accounts.noa, cast.accounts.supervisor):
        with pytest.raises(Forbidden):
            employer_list(reads, make.actor(account), EmployerFilter(), make.today)
        with pytest.raises(Forbidden):
            site_list(reads, make.actor(account), SiteFilter())
        with pytest.raises(Forbidden):
            opening_list(reads, make.actor(account), OpeningFilter(), make.today)
