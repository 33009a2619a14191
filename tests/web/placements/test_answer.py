from __future__ import annotations

from sqlalchemy import select

from placement.domain.placements import Answer, PlacementState
from placement.models.employers.employer import Site
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.system.log import AccessLog
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def state(make: Make, cast: Cast) -> PlacementState:
    return PlacementState(make.one(select(Placement.state).where(Placement.id == cast.proposed.id)))


def test_the_proposal_in_plain_words(client_for: ClientFor, cast: Cast, make: Make) -> None:
    def put_on_the_map(session: object) -> None:
        person = session.get_one(Participant, cast.kim.id)  # type: ignore[attr-defined]
        person.lat, person.lon = 53.55, 10.0
        site = session.get_one(Site, cast.other_site.id)  # type: ignore[attr-defined]
        site.lat, site.lon = 53.58, 10.0

    make.do(put_on_the_map)
    page = client_for(cast.accounts.kim).get(f"/placements/{cast.proposed.public_id}/answer")
    assert page.h1 == "Would you like to work at Corner Grocery?"
    for words in ("Harbor", "Bakery helper", "About 3.3 km from you", "15 minutes by bus or train", "Jo Field",
                  "Nobody asks for a reason", "no disadvantage", "20 hours a week"):  # fmt: skip
        assert words in page.words
    assert make.one(select(AccessLog.page).where(AccessLog.participant_id == cast.kim.id)) == "placements.answer"


def test_yes_leads_to_what_happens_next_and_can_be_taken_back(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.kim)
    url = f"/placements/{cast.proposed.public_id}/answer"
    next_page = visitor.follow(visitor.post(url, {"answer": "yes"}))
    assert next_page.h1 == "You said yes. Thank you!"
    assert state(make, cast) is PlacementState.OFFERED
    assert "I changed my mind: no" in visitor.get(url).words
    assert visitor.follow(visitor.post(url, {"answer": "no"})).h1 == "You said no: that is fine"
    assert state(make, cast) is PlacementState.DECLINED
    assert visitor.follow(visitor.get(url, 303)).h1 == "You said no: that is fine"


def test_a_no_is_asked_once_more(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.kim)
    url = f"/placements/{cast.proposed.public_id}/answer"
    assert f"{url}/no" in visitor.get(url).links
    asked = visitor.get(f"{url}/no")
    assert asked.h1 == "Do you want to say no?"
    assert "no disadvantage" in asked.words
    assert state(make, cast) is PlacementState.PROPOSED
    visitor.post(url, {"answer": "no"})
    assert visitor.follow(visitor.get(f"{url}/no", 303)).h1 == "You said no: that is fine"


def test_not_now_with_and_without_a_day(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.kim)
    url = f"/placements/{cast.proposed.public_id}/answer"
    past = visitor.post(url, {"answer": "not_now", "ask_again_on": make.day(-1).isoformat()}, 422)
    assert "after today" in past.words
    assert visitor.follow(visitor.post(url, {"answer": "not_now"})).h1 == "Not now: that is fine"
    later = visitor.post(url, {"answer": "not_now", "ask_again_on": make.day(10).isoformat()})
    shown = visitor.follow(later).words
    assert "Dec 3" in shown, shown
    row = make.one(select(Placement).where(Placement.id == cast.proposed.id))
    assert (row.state, row.answer, row.ask_again_on) == (PlacementState.PROPOSED, Answer.NOT_NOW, make.day(10))


def test_what_is_no_answer(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.kim)
    url = f"/placements/{cast.proposed.public_id}/answer"
    for value in ("", "maybe"):
        visitor.post(url, {"answer": value}, 422)
    assert state(make, cast) is PlacementState.PROPOSED


def test_nobody_answers_for_somebody_else(client_for: ClientFor, cast: Cast, make: Make) -> None:
    url = f"/placements/{cast.proposed.public_id}/answer"
    client_for(cast.accounts.coordinator).post(url, {"answer": "yes"}, 403)
    client_for(cast.accounts.coach).post(url, {"answer": "yes"}, 403)
    client_for(cast.accounts.noa).post(url, {"answer": "yes"}, 404)
    client_for(cast.accounts.ben).get(url, 404)
    assert state(make, cast) is PlacementState.PROPOSED
