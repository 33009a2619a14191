"""The shop's side: a line on the day page, what was agreed, an answer; and the same on paper."""

from __future__ import annotations

from sqlalchemy import select

from placement.domain.placements import PlacementKind, PlacementState
from placement.models.placements.placement import Placement
from placement.models.system.log import AccessLog
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def offered(client_for: ClientFor, cast: Cast, *share: str) -> str:
    client_for(cast.accounts.kim).post(
        f"/placements/{cast.proposed.public_id}/answer", {"answer": "yes", "share": list(share)}
    )
    return f"/proposals/{cast.proposed.public_id}"


def state(make: Make, cast: Cast) -> PlacementState:
    return PlacementState(make.one(select(Placement.state).where(Placement.id == cast.proposed.id)))


def test_before_the_yes_the_shop_sees_nothing(client_for: ClientFor, cast: Cast) -> None:
    shop = client_for(cast.accounts.other_supervisor)
    assert "would like to start" not in shop.get("/day").words
    shop.get(f"/proposals/{cast.proposed.public_id}", 404)


def test_the_day_leads_to_just_what_was_agreed(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.do(lambda s: setattr(s.get_one(Placement, cast.proposed.id), "kind", PlacementKind.WORK_THERAPY))
    url = offered(client_for, cast, "first_name")
    shop = client_for(cast.accounts.other_supervisor)
    day = shop.get("/day")
    assert day.h1 == "Somebody would like to start with you."
    assert url in day.links
    assert "Kim" not in day.content
    page = shop.get(url)
    assert page.h1 == "Somebody would like to start with you"
    for words in ("Bakery helper", "Harbor", "20 hours a week", "First name", "Kim"):
        assert words in page.words
    for words in ("Okafor", "therapy", "72%", "7200"):
        assert words not in page.text
    assert make.one(select(AccessLog.participant_id).where(AccessLog.page == "placements.offer")) == cast.kim.id


def test_yes_gladly(client_for: ClientFor, cast: Cast, make: Make) -> None:
    url = offered(client_for, cast)
    shop = client_for(cast.accounts.other_supervisor)
    assert "You need not give a reason" in shop.get(f"{url}/yes").words
    done = shop.follow(shop.submit(f"{url}/yes", note="Mondays are calm."))
    assert done.h1 == "Your shop said yes. Thank you!"
    assert state(make, cast) is PlacementState.ACCEPTED
    assert "Your shop said yes" in shop.get("/day").words
    assert shop.get(f"{url}/no", 303).location.endswith(url)
    page = client_for(cast.accounts.coordinator).get(f"/placements/{cast.proposed.public_id}")
    for words in ("accepted", "Omar Reed", "Mondays are calm."):
        assert words in page.words
    assert "Mondays" not in client_for(cast.accounts.coach).get(f"/placements/{cast.proposed.public_id}").words
    assert "Mondays" not in client_for(cast.accounts.kim).get(f"/placements/{cast.proposed.public_id}").words
    assert "said yes. Starts on" in client_for(cast.accounts.coordinator).get("/day?whose=all").words


def test_not_this_time_leaves_nothing_of_the_person(client_for: ClientFor, cast: Cast, make: Make) -> None:
    url = offered(client_for, cast, "first_name")
    shop = client_for(cast.accounts.other_supervisor)
    done = shop.follow(shop.submit(f"{url}/no"))
    assert done.h1 == "Your shop said: not this time"
    assert "Kim" not in done.content
    assert state(make, cast) is PlacementState.DECLINED
    coordinator = client_for(cast.accounts.coordinator)
    news = "Corner Grocery, Harbor said: not this time."
    assert news in coordinator.get("/day?whose=all").words
    late = shop.follow(shop.post(f"{url}/yes"))
    assert "not possible now" in late.words
    assert state(make, cast) is PlacementState.DECLINED
    make.clock.advance(days=8)
    assert news not in client_for(cast.accounts.coordinator).get("/day?whose=all").words


def test_taken_back_it_is_gone(client_for: ClientFor, cast: Cast) -> None:
    url = offered(client_for, cast, "first_name")
    client_for(cast.accounts.kim).post(f"/placements/{cast.proposed.public_id}/answer", {"answer": "no"})
    shop = client_for(cast.accounts.other_supervisor)
    shop.get(url, 404)
    shop.post(f"{url}/yes", status=404)
    assert "not this time" not in client_for(cast.accounts.coordinator).get("/day?whose=all").words
    assert "would like to start" not in shop.get("/day").words


def test_the_sheet_says_the_same(client_for: ClientFor, cast: Cast) -> None:
    coordinator = client_for(cast.accounts.coordinator)
    url = f"/placements/{cast.proposed.public_id}"
    assert coordinator.get(f"{url}/shop-sheet", 303).location.endswith(url)
    offered(client_for, cast, "travel:transit")
    page = coordinator.get(f"{url}/shop-sheet")
    for words in ("Somebody would like to start with you", "by bus or train", "Bakery helper", "Yes, gladly", "Cora"):
        assert words in page.words
    assert "Kim" not in page.text
    assert "Sheet for the shop" in coordinator.get(url).words
