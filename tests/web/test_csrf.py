"""No form does anything without the token of the visitor's own session."""

from __future__ import annotations

import pytest

from placement.extensions import csrf
from placement.web.exempt import EXEMPT
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.web import endpoints


def test_no_post_without_a_token(client_for: ClientFor, cast: Cast) -> None:
    for visitor in (client_for(cast.accounts.coordinator), client_for()):
        answers = {
            rule.endpoint: visitor.http.post(endpoints.absent(rule)).status_code
            for rule in endpoints.writing()
            if rule.endpoint not in EXEMPT
        }
        assert len(answers) > 5
        assert set(answers.values()) == {400}, answers


def test_what_asks_for_no_token_is_listed(client_for: ClientFor) -> None:
    """One place names them; a new one has to be thought about here, too."""
    assert set(EXEMPT) == {"cards.entries", "mails.stop"}
    assert csrf._exempt_views == {"placement.web.cards.json_pages.entries", "placement.web.mails.routes.stop"}
    assert client_for().http.post("/card/entries", json={}).status_code == 403
    assert client_for().http.post("/account/mails/stop/account.AAAA.milestone.made-up").status_code == 404


def test_a_made_up_token_is_refused(client_for: ClientFor, cast: Cast) -> None:
    client_for(cast.accounts.noa).post("/sign-out", {"csrf_token": "made-up"}, 400)


def test_another_sessions_token_is_refused(client_for: ClientFor, cast: Cast) -> None:
    foreign = client_for(cast.accounts.kim).csrf_token()
    visitor = client_for(cast.accounts.noa)
    visitor.post("/sign-out", {"csrf_token": foreign}, 400)
    visitor.get("/account")


def test_an_old_token_is_refused_in_plain_words(client_for: ClientFor) -> None:
    page = client_for().post("/sign-in", {"email": "x@example.org", "password": "x"}, 400, csrf=False)
    assert page.h1


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 303), ("none", 303), ("cross-site", 403), ("same-site", 403)]
)
def test_a_form_that_comes_from_elsewhere_is_refused(client_for: ClientFor, cast: Cast, site: str, status: int) -> None:
    client_for(cast.accounts.noa).post("/sign-out", {}, status, headers={"Sec-Fetch-Site": site})
