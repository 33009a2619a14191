"""The first account of a new installation."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from placement.models.accounts.account import Account
from tests.application import ClientFor
from tests.factories.make import Make


def test_the_printed_link_lets_the_first_person_in(app: Flask, make: Make, client_for: ClientFor) -> None:
    runner = app.test_cli_runner()
    result = runner.invoke(args=["accounts", "create-site-admin", "sam@example.org", "--name", "Sam Root"])
    assert result.exit_code == 0
    link = result.output.split()[-1]
    assert link.startswith("http://127.0.0.1:8000/")
    visitor = client_for()
    visitor.submit(link.removeprefix("http://127.0.0.1:8000"), 303, new="five green boats sail home")
    visitor.submit("/sign-in", 303, email="sam@example.org", password="five green boats sail home")
    assert "Sam Root" in visitor.get("/account").words
    assert make.one(select(Account.runs_site))


def test_what_is_no_address_is_said(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["accounts", "create-site-admin", "sam", "--name", "Sam"])
    assert result.exit_code == 1
    assert "name@example.org" in result.output
