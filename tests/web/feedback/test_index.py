"""What waits for feedback, and what was sent."""

from __future__ import annotations

from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.statements import Counter


def test_owed_first_then_what_was_sent(client_for: ClientFor, cast: Cast, statements: Counter) -> None:
    visitor = client_for(cast.accounts.supervisor)
    with statements:
        page = visitor.get("/feedback")
    assert page.h1 == "1 shift waits for your feedback"
    assert "Sent in the last 7 days" in page.content
    assert statements.count <= 4


def test_nothing_to_do(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.other_supervisor).get("/feedback")
    assert page.h1 == "No feedback is waiting"
    assert "All done." in page.content


def test_a_coach_sees_theirs(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.coach).get("/feedback")
    assert "Noa" in page.content
    assert "Sent in the last 7 days" not in page.content


def test_not_for_participants_and_coordinators(client_for: ClientFor, cast: Cast) -> None:
    for account in (cast.accounts.noa, cast.accounts.coordinator, cast.accounts.admin):
        client_for(account).get("/feedback", 403)
