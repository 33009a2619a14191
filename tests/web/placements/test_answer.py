from __future__ import annotations

from sqlalchemy import select

from placement.domain.participants import Wish
from placement.domain.placements import Answer, PlacementState
from placement.models.employers.employer import Site
from placement.models.employers.opening import OpeningRequirement
from placement.models.matching.tables import TravelMinutes
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability, TaskWish
from placement.models.placements.placement import Placement
from placement.models.system.log import AccessLog
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import MORNINGS, Make


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


def test_the_four_answers_stay_in_reach(client_for: ClientFor, cast: Cast) -> None:
    page = client_for(cast.accounts.kim).get(f"/placements/{cast.proposed.public_id}/answer")
    (group,) = [one for one in page.find("div") if "in-reach" in one.attrib.get("class", "")]
    assert " ".join("".join(group.itertext()).split()) == "Yes Not now Talk first No"
    assert group.attrib["role"] == "group"


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


def test_four_equal_answers(client_for: ClientFor, cast: Cast) -> None:
    """None is bigger, brighter or nearer at hand than the others."""
    page = client_for(cast.accounts.kim).get(f"/placements/{cast.proposed.public_id}/answer")
    buttons = [one for tag in ("a", "button") for one in page.find(tag, class_="btn-big")]
    assert {"".join(one.itertext()).strip() for one in buttons} == {"Yes", "Not now", "Talk first", "No"}
    assert {one.attrib["class"] for one in buttons} == {"btn btn-big btn-block"}


def test_talk_first_names_whom_and_holds_the_place(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.kim)
    url = f"/placements/{cast.proposed.public_id}/answer"
    done = visitor.follow(visitor.post(url, {"answer": "talk_first"}))
    assert done.h1 == "Talk first: that is a good idea"
    assert "They see on their start page that you would like to talk: Jo Field." in done.words
    assert "You said: Talk first." in visitor.get(url).words
    assert "You said: talk first" in visitor.get("/day").words
    row = make.one(select(Placement).where(Placement.id == cast.proposed.id))
    assert (row.state, row.answer) == (PlacementState.PROPOSED, Answer.TALK_FIRST)
    coach = client_for(cast.accounts.coach)
    assert coach.get("/day").h1 == "Kim Okafor would like to talk about the proposal first."
    assert f"/placements/{cast.proposed.public_id}" in coach.get("/day").links
    coordinator = client_for(cast.accounts.coordinator)
    assert "would like to talk about it first" in coordinator.get(f"/placements/{cast.proposed.public_id}").words
    assert "talk first" in coordinator.get("/placements").words
    assert "Would like to talk about the proposal first: Bakery helper" in coordinator.get("/day?whose=all").words
    visitor.post(url, {"answer": "yes"})
    assert "would like to talk" not in coach.get("/day").words


def test_what_speaks_for_it_and_against_it_without_a_grade(client_for: ClientFor, cast: Cast, make: Make) -> None:
    catalog, program = cast.a.catalog, cast.kim.program_id
    opening = cast.proposed.opening_id
    make.add(TaskWish(program_id=program, participant_id=cast.kim.id, task_id=catalog.tasks[0].id, wish=Wish.LOVE))
    for trait, need, has in ((catalog.traits[0], 2, 3), (catalog.traits[1], 4, 3)):
        make.add(OpeningRequirement(program_id=program, opening_id=opening, trait_id=trait.id, level=need, weight=3))
        make.add(Ability(program_id=program, participant_id=cast.kim.id, trait_id=trait.id, level=has))
    make.add(TravelMinutes(program_id=program, participant_id=cast.kim.id, site_id=cast.other_site.id, minutes=25))
    make.do(lambda s: setattr(s.get_one(Participant, cast.kim.id), "availability", MORNINGS))
    page = client_for(cast.accounts.kim).get(f"/placements/{cast.proposed.public_id}/answer")
    for words in (
        f"There is work you like: {catalog.tasks[0].name['en']}.",
        f"It asks for what you can do: {catalog.traits[0].name['en']}.",
        "Your way is short: about 25 minutes by bus or train.",
        "All its hours lie within your week.",
        f"It asks a little more of you than now: {catalog.traits[1].name['en']}.",
    ):
        assert words in page.words
    for words in ("72", "7200", "fit", "other people", "points"):
        assert words not in page.words.split()


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
