"""Signing in for real, and how a session begins, lasts and ends."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.domain.sign_in import ABSOLUTE, IDLE, PER_ACCOUNT, PER_ADDRESS, WINDOW
from placement.models.accounts.account import Account
from placement.models.accounts.session import SignInAttempt, SignInSession
from tests.application import ClientFor
from tests.client import Visitor
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import PASSWORD, Make
from tests.pages import Page

ELSEWHERE = (
    "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "http:evil.example",
    "javascript:alert(1)", "/\t/evil.example", "https:///evil.example", "///evil.example", "evil.example",
)  # fmt: skip


def sign_in(visitor: Visitor, email: str, password: str = PASSWORD, status: int = 303, query: str = "") -> Page:
    return visitor.post(f"/sign-in{query}", {"email": email, "password": password}, status)


def test_with_the_right_password(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for()
    assert sign_in(visitor, f"  {cast.accounts.noa.email.upper()} ").location == "/"
    assert "Noa Lind" in visitor.get("/account").words


def test_the_answer_is_the_same_for_known_and_unknown(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.do(lambda session: setattr(session.get_one(Account, cast.accounts.kim.id), "password_hash", None))
    known = sign_in(client_for(), cast.accounts.noa.email, "wrong words here", 422).content
    nobody = sign_in(client_for(), "nobody@example.org", "wrong words here", 422).content
    unset = sign_in(client_for(), cast.accounts.kim.email, "wrong words here", 422).content
    assert known == nobody == unset
    assert "do not belong together" in known


def test_an_archived_account_stays_out(client_for: ClientFor, cast: Cast, make: Make, clock: Clock) -> None:
    inside = client_for(cast.accounts.noa)
    inside.get("/account")
    make.do(lambda session: setattr(session.get_one(Account, cast.accounts.noa.id), "archived_at", clock.now))
    sign_in(client_for(), cast.accounts.noa.email, PASSWORD, 422)
    inside.get("/account", 302)


def test_too_many_attempts_have_to_wait(client_for: ClientFor, cast: Cast, clock: Clock) -> None:
    visitor = client_for()
    for _ in range(PER_ACCOUNT):
        sign_in(visitor, cast.accounts.noa.email, "wrong words here", 422)
    sign_in(visitor, cast.accounts.noa.email, PASSWORD, 429)
    sign_in(visitor, cast.accounts.kim.email)
    clock.advance(seconds=WINDOW.total_seconds() + 1)
    sign_in(client_for(), cast.accounts.noa.email)


def test_one_address_cannot_try_everybody(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for()
    for number in range(PER_ADDRESS):
        sign_in(visitor, f"nobody{number}@example.org", "wrong words here", 422)
    sign_in(visitor, cast.accounts.noa.email, PASSWORD, 429)


def test_attempts_are_kept_without_addresses(client_for: ClientFor, cast: Cast, make: Make) -> None:
    sign_in(client_for(), cast.accounts.noa.email, "wrong words here", 422)
    kept = make.all(select(SignInAttempt.who_hash))
    assert len(kept) == 2
    assert all(len(value) == 64 and "@" not in value for value in kept)


def test_signing_in_makes_a_new_session_and_cookie(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for()
    sign_in(visitor, cast.accounts.noa.email)
    with visitor.http.session_transaction() as cookie:
        first = cookie["_user_id"]
    sign_in(visitor, cast.accounts.noa.email)
    with visitor.http.session_transaction() as cookie:
        assert cookie["_user_id"] != first
    hashes = make.all(select(SignInSession.token_hash).where(SignInSession.account_id == cast.accounts.noa.id))
    assert len(set(hashes)) == 2
    assert first not in hashes


def test_signing_out_ends_the_session_itself(client_for: ClientFor, cast: Cast) -> None:
    visitor, copy = client_for(cast.accounts.noa), client_for()
    with visitor.http.session_transaction() as cookie, copy.http.session_transaction() as other:
        other.update(cookie)
    copy.get("/account")
    visitor.post("/sign-out", {}, 303)
    visitor.get("/account", 302)
    copy.get("/account", 302)


def test_a_session_ends_after_a_day_without_a_page(client_for: ClientFor, cast: Cast, clock: Clock) -> None:
    visitor = client_for(cast.accounts.noa)
    clock.advance(seconds=IDLE.total_seconds() - 60)
    visitor.get("/account")
    clock.advance(seconds=IDLE.total_seconds() - 60)
    visitor.get("/account")
    clock.advance(seconds=IDLE.total_seconds() + 60)
    visitor.get("/account", 302)


def test_a_session_ends_in_any_case(client_for: ClientFor, cast: Cast, clock: Clock) -> None:
    visitor = client_for(cast.accounts.noa)
    for _ in range(int(ABSOLUTE / (IDLE / 2)) - 1):
        clock.advance(hours=12)
        visitor.get("/account")
    clock.advance(hours=12)
    visitor.get("/account", 302)


def test_a_new_password_ends_other_sessions(client_for: ClientFor, cast: Cast) -> None:
    here, there = client_for(cast.accounts.noa), client_for(cast.accounts.noa)
    new = "quite another row of words"
    here.submit("/account/password", 422, old="not my old words", new=new)
    here.submit("/account/password", 303, old=PASSWORD, new=new)
    here.get("/account")
    there.get("/account", 302)
    sign_in(client_for(), cast.accounts.noa.email, PASSWORD, 422)
    sign_in(client_for(), cast.accounts.noa.email, new)


def test_nobody_ends_anothers_session(client_for: ClientFor, cast: Cast, make: Make) -> None:
    noa = client_for(cast.accounts.noa)
    public_id = make.one(select(SignInSession.public_id).where(SignInSession.account_id == cast.accounts.noa.id))
    client_for(cast.accounts.admin).post(f"/account/sessions/{public_id}/end", {}, 404)
    noa.get("/account")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_next_never_leads_away(client_for: ClientFor, cast: Cast, target: str) -> None:
    visitor = client_for()
    answer = visitor.http.post(
        "/sign-in",
        query_string={"next": target},
        data={"email": cast.accounts.noa.email, "password": PASSWORD, "csrf_token": visitor.csrf_token()},
    )
    assert answer.status_code == 303
    assert answer.location == "/"
    visitor.get("/account")
    assert visitor.post("/preferences", {"next": target, "theme": "dark"}, 303).location == "/"


def test_next_leads_back_to_the_page_asked_for(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for()
    asked = visitor.get("/account?x=1", 302).location
    assert asked.startswith("/sign-in?next=")
    page = sign_in(visitor, cast.accounts.noa.email, query=asked.removeprefix("/sign-in"))
    assert page.location == "/account?x=1"


def test_signed_out_the_numbers_of_the_reader_s_language_come_first(client_for: ClientFor) -> None:
    visitor = client_for()
    english = visitor.get("/help-now").words
    assert english.index("United Kingdom") < english.index("Germany")
    visitor.post("/preferences", {"locale": "de"}, 303)
    german = visitor.get("/help-now").words
    assert german.index("Deutschland") < german.index("Vereinigtes Königreich")
