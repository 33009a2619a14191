from __future__ import annotations

from sqlalchemy import select

from placement.domain.placements import PlacementKind, PlacementState
from placement.models.placements.placement import Placement
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_placing_by_hand(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    found = visitor.post("/placements/new", {"find": "who", "who": "abel", "where": "bak"}, 200)
    assert "Lee Abel" in found.words
    assert "Bakery helper" in found.words
    assert "Choose" not in found.words
    opening = make.opening(cast.a.site, "Florist helper")
    done = visitor.post(
        "/placements/new",
        {"participant": cast.lee.public_id, "opening": opening.public_id, "kind": "own_workplace", "who": "abel"},
    )
    assert visitor.follow(done).h1 == "Lee: proposed, waiting for the participant's answer"
    row = make.one(select(Placement).where(Placement.participant_id == cast.lee.id))
    assert (row.state, row.kind) == (PlacementState.PROPOSED, PlacementKind.OWN_WORKPLACE)
    again = visitor.post(
        "/placements/new",
        {"participant": cast.lee.public_id, "opening": opening.public_id, "kind": "internship"},
        422,
    )
    assert "already have a placement" in again.words
    assert "Florist helper" in again.words


def test_nothing_chosen_is_said_at_the_field(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.coordinator).post("/placements/new", {"kind": "internship"}, 422)
    assert "Choose a person." in page.words
    assert "Choose an opening." in page.words


def test_foreign_ids_are_not_there(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.coordinator)
    values = {"participant": cast.b.participant.public_id, "opening": cast.a.opening.public_id, "kind": "internship"}
    visitor.post("/placements/new", values, 404)
    values = {"participant": cast.lee.public_id, "opening": cast.b.opening.public_id, "kind": "internship"}
    visitor.post("/placements/new", values, 404)
