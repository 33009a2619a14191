"""The admin's list of accounts."""

from __future__ import annotations

from placement.domain.roles import Role
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def test_it_shows_the_program_and_nobody_else(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.admin).get("/accounts")
    for name in ("Ada Admin", "Cora Hill", "Noa Lind", "Omar Reed"):
        assert name in page.content
    for name in ("Bea Shore", "Ben Marsh", "Sam Root"):
        assert name not in page.content


def test_search_and_filters(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.admin)
    assert "Cora Hill" not in visitor.get("/accounts?q=NOA").content
    assert "Noa Lind" in visitor.get("/accounts?q=NOA").content
    coaches = visitor.get("/accounts?role=coach").content
    assert "Jo Field" in coaches
    assert "Cora Hill" not in coaches
    never = visitor.get("/accounts?show=never").content
    assert "Ada Admin" not in never
    assert "Jo Field" in never
    assert "Nobody like that" in visitor.get("/accounts?show=archived").content
    visitor.post(f"/accounts/{cast.accounts.coach.public_id}/archive", status=303)
    assert "Jo Field" in visitor.get("/accounts?show=archived").content
    assert "Jo Field" not in visitor.get("/accounts").content


def test_pages_lead_on_and_back(client_for: ClientFor, cast: Cast, make: Make, statements: Counter) -> None:
    for number in range(60):
        make.account(f"Person {number:03}", [Role.COACH], cast.a.program)
    visitor = client_for(cast.accounts.admin)
    with statements:
        first = visitor.get("/accounts?role=coach")
    assert statements.count <= 4, statements.texts
    following = next(link for link in first.links if "page=" in link)
    second = visitor.get(following)
    assert "Person 059" in second.content
    assert "Person 059" not in first.content
    back = next(link for link in second.links if "page=" in link)
    assert "Jo Field" in visitor.get(back).content
