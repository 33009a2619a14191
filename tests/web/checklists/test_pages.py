"""The pages of the start gate, with a paper that is uploaded, refused and taken along."""

from __future__ import annotations

from io import BytesIO

from flask import Flask
from sqlalchemy import select

from placement.domain.placements import PlacementState
from placement.models.checklists.checklist import CheckEntry, CheckItem
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.checklists.rows import PDF, check_row, item_row


def test_from_the_list_to_the_start(client_for: ClientFor, cast: Cast, make: Make, app: Flask) -> None:
    ada, cora = client_for(cast.accounts.admin), client_for(cast.accounts.coordinator)
    opening = make.opening(make.site(cast.a.employer, "North"))
    placement = make.placement(cast.lee, opening, PlacementState.ACCEPTED, first_day=make.today)
    index, begin = f"/placements/{placement.public_id}/checklist", f"/placements/{placement.public_id}/moves/start"
    assert "Your program asks for nothing" in cora.get(index).words
    empty = ada.get("/program/checklist")
    assert "Nothing is asked for yet" in empty.words
    usual = ada.follow(ada.post("/program/checklist/usual", {}))
    assert "Safety briefing" in usual.words
    assert "not empty" in ada.follow(ada.post("/program/checklist/usual", {})).words
    for item in make.all(select(CheckItem).where(CheckItem.program_id == cast.a.program.id))[1:]:
        ada.post(f"/program/checklist/{item.public_id}/archive", {})
    item = make.one(select(CheckItem).where(CheckItem.archived_at.is_(None)))
    page = cora.get(index)
    assert "1 thing is missing" in page.words
    assert "this is missing on the checklist" in cora.submit(begin, 422).words
    edit = f"{index}/{item.public_id}"
    assert cora.submit(edit, 422, done_on="2040-01-01").errors
    token = cora.csrf_token()
    bad = {
        "csrf_token": token,
        "done_on": make.today.isoformat(),
        "version": "0",
        "paper": (BytesIO(b"<html>"), "x.pdf"),
    }
    refused = cora.http.post(edit, data=bad, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "PDF, JPEG or PNG" in refused.get_data(as_text=True)
    good = bad | {"paper": (BytesIO(PDF), "Briefing.pdf"), "done_by": "Ms. Kern"}
    assert cora.http.post(edit, data=good, content_type="multipart/form-data").status_code == 303
    entry = make.one(select(CheckEntry))
    full = cora.get(index)
    assert "Everything is there" in full.words
    assert "Briefing.pdf" in full.words
    paper = cora.http.get(f"/checks/{entry.public_id}/paper")
    assert paper.data == PDF
    assert paper.headers["Content-Disposition"].startswith("attachment")
    assert paper.headers["X-Content-Type-Options"] == "nosniff"
    gone = cora.follow(cora.post(f"/checks/{entry.public_id}/remove", {}))
    assert "1 thing is missing" in gone.words
    cora.post(f"/checks/{entry.public_id}/remove", {"again": "1"})
    stale = cora.post(edit, {"version": "0", "done_on": make.today.isoformat()}, 409)
    assert "Ms. Kern" in stale.words
    assert cora.submit(begin).location


def test_an_admin_adds_a_line_for_one_kind(client_for: ClientFor, cast: Cast, make: Make) -> None:
    ada = client_for(cast.accounts.admin)
    assert ada.post("/program/checklist", {"name_de": "Schlüssel"}, 422).errors
    page = ada.follow(ada.post("/program/checklist", {"name_en": "Keys", "kinds": ["graded_load"]}, 303))
    assert "Keys" in page.words
    item = make.one(select(CheckItem))
    archived = ada.follow(ada.post(f"/program/checklist/{item.public_id}/archive", {}))
    assert "no longer asked for" in archived.words
    ada.post(f"/program/checklist/{item.public_id}/archive", {"again": "1"})


def test_what_expires_stands_on_the_day_page(client_for: ClientFor, cast: Cast, make: Make) -> None:
    item, other = item_row(make, cast.a.program.id), item_row(make, cast.a.program.id, "Insurance")
    check_row(make, cast.a.placement, item, expires_on=make.day(5))
    check_row(make, cast.a.placement, other, expires_on=make.day(-5))
    page = client_for(cast.accounts.coordinator).get("/day?whose=all").words
    assert "A paper of the checklist holds until" in page
    assert "A paper of the checklist held until" in page
    noa = client_for(cast.accounts.noa).get(f"/placements/{cast.a.placement.public_id}/checklist")
    assert "does not hold" in noa.words
    assert "Change" not in noa.content
