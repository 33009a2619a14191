"""Headers on every kind of answer."""

from __future__ import annotations

import re

import pytest

from placement.app import create_app
from tests.application import ClientFor, settings_for
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.pages import HEADERS

CSP = "Content-Security-Policy"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/account", "/healthz", "/static/nothing.css"])
def test_every_answer_carries_them(client_for: ClientFor, cast: Cast, path: str) -> None:
    for visitor in (client_for(), client_for(cast.accounts.noa)):
        answer = visitor.http.get(path)
        assert all(str(answer.headers.get(name)).startswith(start) for name, start in HEADERS.items())
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_scripts_and_styles_only_come_from_us(client_for: ClientFor) -> None:
    policy = client_for().get("/sign-in").headers[CSP]
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http" not in policy
    for part in ("object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"):
        assert part in policy


def test_pages_are_not_kept_by_browsers_or_proxies(client_for: ClientFor, cast: Cast) -> None:
    for path in ("/account", "/nowhere", "/day"):
        assert "no-store" in client_for(cast.accounts.noa).http.get(path).headers["Cache-Control"]


def test_files_with_their_hash_are_kept(client_for: ClientFor) -> None:
    visitor = client_for()
    link = next(e.get("href", "") for e in visitor.get("/sign-in").find("link") if "theme.css" in e.get("href", ""))
    assert "v=" in link
    for address, kept in ((link, True), (link.split("?")[0], False)):
        answer = visitor.http.get(address)
        assert ("immutable" in str(answer.headers.get("Cache-Control"))) is kept
        answer.close()


def test_the_cookie_stays_with_us(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for()
    cookie = visitor.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_production_insists_on_https() -> None:
    keys = dict.fromkeys(("SECRET_KEY", "LINK_KEY", "SEAL_KEY", "DATA_KEY"), "k" * 40)
    production = {"PLACEMENT_MODE": "production", "BASE_URL": "https://placement.example.org", **keys}
    answer = Visitor(create_app(settings_for("sqlite://", None, **production))).http.get("/sign-in")
    assert int(re.findall(r"max-age=(\d+)", answer.headers["Strict-Transport-Security"])[0]) >= 31536000
    assert answer.headers["Set-Cookie"].startswith("__Host-")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "Path=/" in answer.headers["Set-Cookie"]
    assert "Domain" not in answer.headers["Set-Cookie"]
