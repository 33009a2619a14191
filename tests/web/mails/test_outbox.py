"""The demo's mails, and no such page anywhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from placement.app import create_app
from placement.domain.roles import Role
from placement.usecases.accounts.create import CreateAccount, create_account
from tests.application import ClientFor, dispose, settings_for
from tests.client import Visitor
from tests.factories.make import Make
from tests.pages import Page


@pytest.mark.parametrize("path", ["/demo/outbox", "/demo/outbox/" + "0" * 32, "/demo/outbox/" + "0" * 32 + "/html"])
def test_outside_of_the_demo_it_is_not_there(client_for: ClientFor, path: str) -> None:
    client_for().get(path, 404)


@pytest.fixture
def demo(app: Flask, tmp_path: Path) -> object:
    """The same database in the mode of the demo."""
    settings = settings_for(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path / "outbox")
    built = create_app(replace(settings, mode="demo", password_profile="cheap"))
    yield built
    dispose(built)


def open_page(visitor: Visitor, path: str) -> Page:
    """A page with whole addresses in it, which the visitor's own look at links would not follow."""
    page = Page(visitor.http.get(path), path)
    assert page.status == 200
    return page


def test_a_mail_can_be_read_in_both_versions(demo: Flask, make: Make) -> None:
    visitor = Visitor(demo)
    assert "No mail yet" in visitor.get("/demo/outbox").content
    admin = make.actor(make.account(None, [Role.ADMIN], make.program("Riverside & Söhne")))
    work = demo.extensions["placement_work"]
    create_account(work, admin, CreateAccount("Nia <Hart>", "nia@example.org", "en", frozenset({Role.COACH})))
    assert demo.extensions["placement_worker"].once() == 1
    page = visitor.get("/demo/outbox")
    assert "Your access to Riverside & Söhne" in page.content
    (address,) = [link for link in page.links if link.startswith("/demo/outbox/")]
    page = open_page(visitor, address)
    assert page.h1 == "Your access to Riverside & Söhne"
    assert "Hello Nia <Hart>," in page.content
    assert any("/set-password/" in link for link in page.links)
    html = open_page(visitor, address + "/html")
    assert html.h1 == page.h1
    assert "<style" not in html.text
    visitor.get("/demo/outbox/" + "0" * 32, 404)
    visitor.get("/demo/outbox/" + "0" * 32 + "/html", 404)
