"""Withdrawing a feedback asks first, and why."""

from __future__ import annotations

from sqlalchemy import select

from placement.models.feedback.observation import Feedback
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_with_a_reason(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = f"/feedback/{cast.a.feedback.public_id}/withdraw"
    visitor = client_for(cast.accounts.coordinator)
    assert visitor.submit(path, 422, reason=" ").errors
    page = visitor.follow(visitor.submit(path, 303, reason="about somebody else"))
    assert "withdrawn" in page.content
    assert make.one(select(Feedback.withdrawn_at).where(Feedback.id == cast.a.feedback.id)) is not None
    assert "withdrawn already" in visitor.get(path).content


def test_only_by_a_coordinator_of_the_program(client_for: ClientFor, cast: Cast) -> None:
    path = f"/feedback/{cast.a.feedback.public_id}/withdraw"
    client_for(cast.accounts.supervisor).get(path, 403)
    client_for(cast.accounts.therapist).get(path, 403)
    client_for(cast.accounts.outsider_coordinator).get(path, 404)
    client_for(cast.accounts.coordinator).get("/feedback/nothing/withdraw", 404)
