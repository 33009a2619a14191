from __future__ import annotations

from sqlalchemy import select

from placement.domain.participants import ParticipantStatus
from placement.models.participants.participant import Participant
from placement.models.system.log import AccessLog
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_which_openings_fit(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.coordinator)
    person = f"/participants/{cast.lee.public_id}"
    assert f"{person}/openings" in visitor.get(person).links
    page = visitor.get(f"{person}/openings")
    assert page.h1 == "2 openings fit Lee Abel"
    for words in ("Stock helper", "Bakery helper", "Propose this place", "Its parts", "Abilities"):
        assert words in page.words
    assert "matching.openings_of" in make.all(select(AccessLog.page).where(AccessLog.participant_id == cast.lee.id))
    link = next(link for link in page.links if cast.a.opening.public_id in link and "new" in link)
    form = visitor.get(link)
    assert form.h1 == "Place somebody by hand"
    chosen = {one.attrib["value"] for one in form.find("input", type="radio") if "checked" in one.attrib}
    assert chosen == {cast.lee.public_id, cast.a.opening.public_id}
    made = visitor.follow(visitor.submit(link))
    assert "Lee" in made.h1
    assert "has this place" in visitor.get(f"{person}/openings").words


def test_what_stands_against_it_and_what_would_help(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.do(lambda s: setattr(s.get_one(Participant, cast.lee.id), "weekly_hours_limit", 12))
    visitor = client_for(cast.accounts.coordinator)
    for page in (
        visitor.get(f"/participants/{cast.lee.public_id}/openings"),
        visitor.get(f"/openings/{cast.a.opening.public_id}/people?q=lee"),
    ):
        assert page.h1.startswith("0 ")
        assert "It asks for 20 hours a week; they can work 12." in page.words
        assert "What would help: It would have to ask for 12 hours a week instead of 20." in page.words
        assert "Propose this place" not in page.words


def test_who_fits(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.do(lambda s: setattr(s.get_one(Participant, cast.lee.id), "status", ParticipantStatus.WAITING))
    visitor = client_for(cast.accounts.coordinator)
    opening = f"/openings/{cast.a.opening.public_id}"
    assert f"{opening}/people" in visitor.get(opening).links
    page = visitor.get(f"{opening}/people")
    assert page.h1 == "3 people fit Stock helper"
    for words in ("Noa Lind", "has this place", "Corner Grocery: proposed", "1 free place"):
        assert words in page.words
    waiting = visitor.get(f"{opening}/people?who=waiting&preset=gentle")
    assert waiting.h1 == "1 person fits Stock helper"
    assert "Short ways and hours" in waiting.words
    assert "Nobody like that" in visitor.get(f"{opening}/people?q=zzz").words
    for odd in ("page=-1", "page=99999999999999999999", "page=x", "page=3", "preset=none", "who=none"):
        visitor.get(f"{opening}/people?{odd}")
