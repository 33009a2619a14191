"""An admin: somebody new gets in by a mail; a task of the catalog is named anew in both languages."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path

from flask import Flask
from playwright.sync_api import expect

from tests.factories.cast import Cast
from tests.journeys.conftest import Visit, sign_in
from tests.journeys.steps import card, go, h1, menu, press

WORDS = "seven green lamps outside"


def test_lets_somebody_in(visit: Visit, cast: Cast, app: Flask, tmp_path: Path) -> None:
    page = visit(cast.accounts.admin)
    menu(page, "Accounts")
    go(page, "New account")
    page.get_by_label("Name", exact=True).fill("Nina Weber")
    page.get_by_label("E-mail address").fill("nina@example.org")
    page.get_by_role("combobox", name="Language").select_option("en")
    page.get_by_role("checkbox", name="coordinator", exact=False).check()
    press(page, "Make the account")
    h1(page, "Nina Weber")
    assert not list((tmp_path / "outbox").glob("*.eml"))

    # Whatever else falls due that day goes out with it.
    assert app.extensions["placement_worker"].once() >= 1
    link = _link(tmp_path / "outbox", "nina@example.org")
    nina = visit()
    nina.goto(link)
    h1(nina, "Choose your password")
    nina.get_by_label("New password").fill(WORDS)
    press(nina, "Set password")
    sign_in(nina, "nina@example.org", WORDS)
    expect(nina.get_by_role("main")).to_contain_text("Today in the shops")

    page.reload()
    expect(card(page, "Account")).to_contain_text("yes")
    again = visit()
    again.goto(link)
    expect(again.get_by_role("main")).not_to_contain_text("Choose your password")


def _link(outbox: Path, to: str) -> str:
    """The one link in the mails to ``to``; a digest due that day may lie beside it."""
    found: list[str] = []
    for path in outbox.glob("*.eml"):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        if mail["To"] == to:
            body = mail.get_body(("plain",))
            assert body is not None
            found += re.findall(r"http://\S+/set-password/\S+", body.get_content())
    assert len(found) == 1
    return found[0]


def test_names_a_task_anew(visit: Visit, cast: Cast) -> None:
    page = visit(cast.accounts.admin)
    task = cast.a.catalog.tasks[0]
    menu(page, "Program")
    page.get_by_role("main").get_by_role("link", name="Tasks", exact=False).first.click()
    page.get_by_role("link", name=task.name["en"], exact=False).first.click()
    page.locator("[name=name_en]").fill("Fill the shelves up")
    page.locator("[name=name_de]").fill("Die Regale auffüllen")
    press(page, "Save")
    page.goto("/program/tasks")
    expect(page.get_by_role("main")).to_contain_text("Fill the shelves up")
    page.locator(".bar details.menu > summary").click()
    press(page.locator(".bar .menu-box"), "Deutsch")
    expect(page.get_by_role("main")).to_contain_text("Die Regale auffüllen")
