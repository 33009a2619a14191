"""What a phone keeps of the site itself: a page, a script and a manifest that know nobody."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.cards.phones import Phone, link_for


@pytest.fixture
def phone(app: Flask, cast: Cast, make: Make) -> Phone:
    return Phone(app, link_for(make, cast.a.placement))


@pytest.fixture
def stranger(client_for: ClientFor) -> Visitor:
    return client_for()


def test_the_shell_is_the_same_for_everybody(phone: Phone, stranger: Visitor, cast: Cast) -> None:
    address = "/card/shell?locale=en&theme=auto"
    shell = phone.http.get(address)
    assert shell.data == stranger.http.get(address).data
    assert "Set-Cookie" not in shell.headers
    for secret in ("Noa", "csrf_token", cast.a.catalog.tasks[0].name["en"]):
        assert secret not in shell.text


def test_in_the_language_and_look_that_was_asked_for(stranger: Visitor) -> None:
    shell = stranger.http.get("/card/shell?locale=de&theme=dark").text
    assert '<html lang="de" data-bs-theme="dark" data-theme="dark">' in shell
    assert 'lang="en"' in stranger.http.get("/card/shell?locale=xx&theme=%22").text


def test_the_worker_may_serve_the_card_and_names_what_it_keeps(stranger: Visitor) -> None:
    answer = stranger.http.get("/card/sw.js?locale=de&theme=auto")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/card"
    # A plain script: not every browser takes modules here.
    assert not re.search(r"^(import|export) ", answer.text, re.MULTILINE)
    files = re.findall(r'"(/[^"]+)"', answer.text.split("const FILES = ")[1].split(";\n")[0])
    assert "/card/shell?locale=de&theme=auto" in files
    for address in files:
        assert stranger.http.get(address).status_code == 200, address


def test_every_module_the_shell_runs_is_kept(stranger: Visitor) -> None:
    worker = stranger.http.get("/card/sw.js?locale=en&theme=auto").text
    waiting, seen = ["shell.js"], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        assert f"/static/js/card/{name}" in worker, name
        waiting += re.findall(r"from '\./([a-z]+\.js)'", stranger.http.get(f"/static/js/card/{name}").text)
    assert len(seen) > 5


def test_another_language_is_another_version(stranger: Visitor) -> None:
    versions = {
        stranger.http.get(f"/card/sw.js?locale={locale}&theme={theme}").text.splitlines()[0]
        for locale in ("en", "de")
        for theme in ("auto", "dark")
    }
    assert len(versions) == 4


def test_a_phone_can_install_it(phone: Phone) -> None:
    page = phone.http.get("/card").text
    address = re.search(r'<link rel="manifest" href="([^"]+)"', page)
    assert address is not None
    manifest = phone.http.get(address[1].replace("&amp;", "&"))
    assert manifest.mimetype == "application/manifest+json"
    told = manifest.get_json()
    assert (told["start_url"], told["scope"], told["display"]) == ("/card", "/card", "standalone")
    sizes = {(icon["sizes"], icon["purpose"]) for icon in told["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")} <= sizes
    for icon in told["icons"]:
        assert phone.http.get(icon["src"]).status_code == 200
