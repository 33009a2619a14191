"""A list as a file: what the list shows, after the password, written down."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from sqlalchemy import select, update

from placement.models.accounts.account import Account
from placement.models.system.log import AccessLog, Audit
from placement.usecases.effects.attempts import PER_ACCOUNT
from placement.web.exports import sheets
from tests.adapters.test_spreadsheet import read
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import PASSWORD, Make


def table(visitor: Visitor, query: str, between: str = ",") -> list[list[str]]:
    path = f"/export?{query}"
    token = visitor.get(path).csrf_token
    answer = visitor.http.post(path, data={"csrf_token": token, "kind": "csv", "password": PASSWORD})
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=between))


def test_each_list_holds_what_its_page_shows_and_nothing_of_another_program(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:
    visitor, day = client_for(cast.accounts.coordinator), cast.a.rated.day.isoformat()
    found = {name: table(visitor, f"list={name}&span=week&day={day}") for name in sheets.LISTS}
    assert all(len({len(row) for row in rows}) == 1 and len(rows) > 1 for rows in found.values())
    noa = cast.a.participant
    name = f"{noa.preferred_name} {noa.family_name}"
    assert [row[0] for row in found["participants"]].count(name) == 1
    assert name in [row[0] for row in found["placements"]]
    assert name in [row[0] for row in found["shifts"]]
    assert cast.a.employer.name in [row[0] for row in found["employers"]]
    assert cast.a.opening.role in [row[0] for row in found["openings"]]
    ben = cast.b.participant
    foreign = {f"{ben.preferred_name} {ben.family_name}"}
    assert not foreign & {cell for rows in found.values() for row in rows for cell in row}
    wrote = make.all(select(Audit.detail).where(Audit.action == "list.export").order_by(Audit.id))
    assert [(one["list"], one["rows"]) for one in wrote] == [(name, len(rows) - 1) for name, rows in found.items()]
    read_pages = make.all(select(AccessLog.page).where(AccessLog.page == "exports.take_out"))
    assert len(read_pages) == len(sheets.LISTS)


def test_filters_decide_what_goes_in_and_all_pages_do(
    client_for: ClientFor, cast: Cast, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"Shop {number:02}" for number in range(7)]
    for name in names:
        make.employer(cast.a.program, name)
    monkeypatch.setattr(sheets, "_AT_ONCE", 3)
    visitor = client_for(cast.accounts.coordinator)
    assert [row[0] for row in table(visitor, "list=employers&q=shop&sort=-name")[1:]] == names[::-1]
    last = make.all(select(Audit.detail).where(Audit.action == "list.export").order_by(Audit.id))[-1]
    assert (last["filters"], last["format"]) == (["q"], "csv")
    assert "shop" not in str(last).casefold()
    assert "Only what your search and filters show" in visitor.get("/export?list=employers&q=shop").words
    assert "the whole list goes" in visitor.get("/export?list=employers").words
    page = visitor.get("/employers?q=shop")
    assert any("/export?" in link and "list=employers" in link and "q=shop" in link for link in page.links)


def test_a_workbook_holds_no_formula_and_german_gets_semicolons(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.employer(cast.a.program, "=HYPERLINK(1)", phone="+49 30 1")
    visitor = client_for(cast.accounts.coordinator)
    token = visitor.get("/export?list=employers").csrf_token
    answer = visitor.http.post(
        "/export?list=employers", data={"csrf_token": token, "kind": "xlsx", "password": PASSWORD}
    )
    [rows] = read(answer.data).values()
    assert ["'=HYPERLINK(1)", "'+49 30 1"] in [[row[0], row[-3]] for row in rows[1:]]
    make.do(lambda db: db.execute(
        update(Account).where(Account.id == cast.accounts.coordinator.id).values(locale="de")
    ))  # fmt: skip
    assert [row[0] for row in table(visitor, "list=employers&q==hyper", ";")[1:]] == ["'=HYPERLINK(1)"]


def test_without_the_password_nothing_leaves(
    client_for: ClientFor, cast: Cast, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = client_for(cast.accounts.coordinator)
    for _ in range(PER_ACCOUNT):
        visitor.submit("/export?list=participants", 422, password="not it at all")
    visitor.submit("/export?list=participants", 429, password=PASSWORD)
    assert make.all(select(Audit.id).where(Audit.action == "list.export")) == []
    for name in ("therapist", "coach", "admin", "noa", "supervisor"):
        client_for(getattr(cast.accounts, name)).get("/export?list=participants", 403)


def test_too_many_rows_ask_for_a_filter(
    client_for: ClientFor, cast: Cast, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.employer(cast.a.program, "Second")
    make.employer(cast.a.program, "Third")
    monkeypatch.setattr("placement.web.exports.routes.MOST", 2)
    page = client_for(cast.accounts.coordinator).submit("/export?list=employers", 422, password=PASSWORD)
    assert "at most 2 rows" in page.words
    assert make.all(select(Audit.id).where(Audit.action == "list.export")) == []
