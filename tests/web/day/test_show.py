"""The day page: what each role finds on it."""

from __future__ import annotations

from tests.application import ClientFor
from tests.factories.cast import Cast


def test_a_participants_next_shift_comes_first(cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.accounts.noa).get("/day")
    assert "Your shift began at 9:00" in page.h1
    assert "Market Street" in page.content


def test_a_proposal_waits_for_its_answer(cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.accounts.kim).get("/day")
    assert "No shift is planned" in page.h1
    assert "Bakery helper" in page.content


def test_a_supervisor_finds_owed_feedback_of_their_shop_only(cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.accounts.supervisor).get("/day")
    assert "How was the shift of Noa?" in page.h1
    elsewhere = client_for(cast.accounts.other_supervisor).get("/day")
    assert "Nothing waits for you today." in elsewhere.h1
    assert "Noa" not in elsewhere.content
