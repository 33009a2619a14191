"""Pausing and ending one's own placement: a page to confirm, and a way back."""

from __future__ import annotations

from sqlalchemy import select

from placement.domain.placements import PlacementState
from placement.models.placements.placement import Placement
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def state(make: Make, cast: Cast) -> PlacementState:
    found: PlacementState = make.one(select(Placement.state).where(Placement.id == cast.a.placement.id))
    return found


def test_a_pause_and_back(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor, path = client_for(cast.accounts.noa), f"/placements/{cast.a.placement.public_id}"
    assert f"{path}/own/pause" in visitor.get(path).links
    page = visitor.get(f"{path}/own/pause")
    assert "You need not say why." in page.words
    assert not page.find("textarea")
    done = visitor.follow(visitor.submit(page.main_forms[0], 303))
    assert state(make, cast) is PlacementState.PAUSED
    (undo,) = [form for form in done.main_forms if form.action.endswith("/own/go-on")]
    visitor.submit(undo, 303)
    assert state(make, cast) is PlacementState.ACTIVE


def test_the_end(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor, path = client_for(cast.accounts.noa), f"/placements/{cast.a.placement.public_id}"
    ended = visitor.follow(visitor.submit(f"{path}/own/end", 303))
    assert state(make, cast) is PlacementState.ENDED_EARLY
    assert "early" not in ended.words
    assert not [href for href in ended.links if "/own/" in href]
    assert visitor.get(f"{path}/own/end", 302).location == path
    assert "Noa Lind ended their placement" in client_for(cast.accounts.coordinator).get("/notices").words
