"""Who rates at a placement: people without an account, their links and codes, and the lines of the card."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import func, select

from placement.domain.jobs import JobKind
from placement.domain.placements import PlacementState
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.models.placements.card import CardLine
from placement.models.placements.placement import Placement
from placement.models.system.job import Job
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter
from tests.web.cards.phones import Phone, link_for


@pytest.fixture
def path(cast: Cast) -> str:
    return f"/placements/{cast.a.placement.public_id}/raters"


def mails(make: Make) -> int:
    kind = select(func.count()).select_from(Job).where(Job.kind == JobKind.MAIL_FEEDBACK_LINK)
    return int(make.one(kind))


def test_with_an_address_the_link_goes_by_mail(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    desk = client_for(cast.accounts.coordinator)
    done = desk.submit(path, 303, name="Ana  Berg", email="ana@shop.example")
    page = desk.follow(done)
    assert "Ana Berg" in page.words
    assert cast.accounts.supervisor.name in page.words
    assert mails(make) == 1
    rater = make.one(select(Rater).where(Rater.name == "Ana Berg"))
    assert rater.account_id is None


def test_a_double_tap_adds_one(client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    desk = client_for(cast.accounts.coordinator)
    form = desk.get(path).main_forms[-1]
    for _ in range(2):
        desk.submit(form, 303, name="Ana", email="ana@shop.example")
    assert make.one(select(func.count()).select_from(RaterLink)) == 1
    assert mails(make) == 1


def test_without_one_a_code_is_shown_and_opens_the_card(
    app: Flask, client_for: ClientFor, cast: Cast, make: Make, path: str
) -> None:
    desk = client_for(cast.accounts.coordinator)
    page = desk.follow(desk.submit(path, 303, name="Bo"))
    assert "Bo" in page.h1
    source = page.find("img")[0].get("src") or ""
    image = desk.http.get(source)
    assert image.mimetype == "image/svg+xml"
    assert image.headers["Cache-Control"] == "no-store"
    assert ElementTree.fromstring(image.data).tag.endswith("svg")
    assert mails(make) == 0
    sheet = desk.get(source.replace("code.svg", "sheet"))
    assert "Noa" not in sheet.words


def test_a_link_is_ended_and_made_anew(app: Flask, client_for: ClientFor, cast: Cast, make: Make, path: str) -> None:
    link = link_for(make, cast.a.placement)
    phone = Phone(app, link)
    desk = client_for(cast.accounts.coordinator)
    desk.post(f"/rater-links/{link.row.public_id}/end", {}, 303)
    assert phone.get("/card", 303).location == "/card/closed"
    Visitor(app).get(link.path, 404)
    desk.get(path)
    desk.post(f"/rater-links/{link.row.public_id}/send", {}, 303)
    assert mails(make) == 0
    desk.post(f"/rater-links/{link.row.public_id}/renew", {}, 303)
    Visitor(app).get(link.path, 404)
    assert phone.get("/card", 303).location == "/card/closed"
    desk.post(f"/rater-links/{link.row.public_id}/send", {}, 303)
    assert mails(make) == 1


def test_only_agreed_placements_have_links(
    app: Flask, client_for: ClientFor, cast: Cast, make: Make, path: str
) -> None:
    """A proposal tells a shop nobody's name by this way."""
    link = link_for(make, cast.a.placement)
    phone = Phone(app, link)

    def propose(session: object) -> None:
        session.get_one(Placement, cast.a.placement.id).state = PlacementState.OFFERED  # type: ignore[attr-defined]

    make.do(propose)
    assert phone.get("/card", 303).location == "/card/closed"
    Visitor(app).get(link.path, 404)
    desk = client_for(cast.accounts.coordinator)
    assert len(desk.get(path).find("input", name="email")) == 0


def test_a_wrong_address_is_said(client_for: ClientFor, cast: Cast, path: str) -> None:
    page = client_for(cast.accounts.coordinator).submit(path, 422, name="Ana", email="not an address")
    assert page.errors


def test_lines_reach_the_card_by_the_participants_yes_alone(
    app: Flask, client_for: ClientFor, cast: Cast, make: Make
) -> None:
    place = cast.a.placement.public_id
    phone = Phone(app, link_for(make, cast.a.placement))
    desk, noa = client_for(cast.accounts.coordinator), client_for(cast.accounts.noa)
    desk.submit(f"/placements/{place}/card-lines", 303, text="No lifting over 5 kg")
    assert "5 kg" not in phone.get("/card").words
    line = make.one(select(CardLine.public_id))
    desk.post(f"/placements/{place}/my-card/{line}", {"released": 1}, 403)
    page = noa.get(f"/placements/{place}/my-card")
    noa.submit(page.main_forms[0], 303)
    assert "5 kg" in phone.get("/card").words
    assert phone.data().get_json()["lines"] == ["No lifting over 5 kg"]
    noa.submit(noa.get(f"/placements/{place}/my-card").main_forms[0], 303)
    assert "5 kg" not in phone.get("/card").words
    desk.post(f"/placements/{place}/card-lines/{line}/remove", {}, 303)
    assert "5 kg" not in noa.get(f"/placements/{place}/my-card").words


def test_the_placement_leads_to_both_pages(client_for: ClientFor, cast: Cast) -> None:
    place = cast.a.placement.public_id
    assert f"/placements/{place}/raters" in client_for(cast.accounts.coordinator).get(f"/placements/{place}").links
    assert f"/placements/{place}/my-card" in client_for(cast.accounts.noa).get(f"/placements/{place}").links


def test_statements_stay_few(client_for: ClientFor, app: Flask, cast: Cast, make: Make, statements: Counter) -> None:
    links = [link_for(make, cast.a.placement, name=f"R{n}") for n in range(12)]
    phone = Phone(app, links[0])
    desk = client_for(cast.accounts.coordinator)
    desk.get("/placements")
    for visitor, address in (
        (desk, f"/placements/{cast.a.placement.public_id}/raters"),
        (desk, f"/rater-links/{links[0].row.public_id}/code"),
        (desk, "/held-feedback"),
        (phone, "/card"),
    ):
        with statements:
            visitor.get(address)
        reads = [text for text in statements.texts if re.match(r"\s*(WITH|SELECT)", text)]
        assert len(reads) <= 8, (address, len(reads))
