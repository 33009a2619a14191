"""How long somebody needs to shops: entered, changed, forgotten."""

from __future__ import annotations

from sqlalchemy import select

from placement.models.matching.tables import TravelMinutes
from placement.models.system.log import Audit
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter


def stored(make: Make) -> dict[int, int]:
    return {row.site_id: row.minutes for row in make.all(select(TravelMinutes))}


def test_a_way_is_found_entered_changed_and_forgotten(
    client_for: ClientFor, cast: Cast, make: Make, statements: Counter
) -> None:
    visitor = client_for(cast.accounts.coordinator)
    path, field = f"/participants/{cast.a.participant.public_id}/ways", f"to-{cast.other_site.public_id}"
    page = visitor.get(path)
    assert "No way is known yet" in page.words
    assert visitor.get(f"/participants/{cast.a.participant.public_id}").find("a", href=path)
    found = visitor.get(f"{path}?q=harb")
    assert "Corner Grocery, Harbor" in found.words
    assert "Market Street" not in found.content
    visitor.submit(found.main_forms[-1], 303, **{field: "35"})
    assert stored(make) == {cast.other_site.id: 35}
    with statements:
        page = visitor.get(path)
    assert statements.count <= 4
    assert page.main_forms[-1].fields[field] == ["35"]
    visitor.submit(page.main_forms[-1], 303, **{field: "40"})
    assert stored(make) == {cast.other_site.id: 40}
    visitor.submit(visitor.get(path).main_forms[-1], 303, **{field: ""})
    assert stored(make) == {}
    assert make.all(select(Audit.action).where(Audit.action == "participants.ways")) == ["participants.ways"] * 3


def test_no_day_long_and_no_half_minutes(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    form = visitor.get(f"/participants/{cast.a.participant.public_id}/ways?q=corner").main_forms[-1]
    field = f"to-{cast.a.site.public_id}"
    for text in ("1441", "-1", "soon", "9" * 30):
        page = visitor.submit(form, 422, **{field: text})
        assert page.errors
        assert page.main_forms[-1].fields[field] == [text]
    assert stored(make) == {}


def test_two_at_once_see_both(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    path, field = f"/participants/{cast.a.participant.public_id}/ways?q=corner", f"to-{cast.a.site.public_id}"
    stale = visitor.get(path).main_forms[-1]
    visitor.submit(visitor.get(path).main_forms[-1], 303, **{field: "10"})
    page = visitor.submit(stale, 409, **{field: "20"})
    assert "10" in page.content
    visitor.submit(page.main_forms[0], 303)
    assert stored(make) == {cast.a.site.id: 20}


def test_only_the_coordinator(client_for: ClientFor, cast: Cast) -> None:
    path = f"/participants/{cast.a.participant.public_id}/ways"
    for account in (cast.accounts.coach, cast.accounts.noa, cast.accounts.admin):
        client_for(account).get(path, 403)
    client_for(cast.accounts.outsider_coordinator).get(path, 404)
