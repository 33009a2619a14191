from __future__ import annotations

from sqlalchemy import select

from placement.domain.placements import PlacementState
from placement.models.participants.profile import Need
from placement.models.placements.placement import Placement
from tests.application import ClientFor
from tests.client import Visitor
from tests.factories.cast import Cast
from tests.factories.make import Make


def shared(make: Make, cast: Cast) -> tuple[PlacementState, list[str]]:
    row = make.one(select(Placement).where(Placement.id == cast.proposed.id))
    return row.state, row.shared


def a_need(make: Make, cast: Cast) -> str:
    row = Need(
        program_id=cast.kim.program_id,
        participant_id=cast.kim.id,
        accommodation_id=cast.a.catalog.accommodations[0].id,
    )
    make.add(row)
    return f"needs:{cast.a.catalog.accommodations[0].public_id}"


def say_yes(visitor: Visitor, cast: Cast, *share: str) -> None:
    url = f"/placements/{cast.proposed.public_id}"
    visitor.post(f"{url}/answer", {"answer": "yes", "share": list(share)})


def test_nothing_is_ticked_and_every_need_stands_alone(client_for: ClientFor, cast: Cast, make: Make) -> None:
    need = a_need(make, cast)
    page = client_for(cast.accounts.kim).get(f"/placements/{cast.proposed.public_id}/sharing")
    assert page.h1 == "What may the shop know about you?"
    boxes = page.find("input", type="checkbox")
    assert [box.attrib["value"] for box in boxes] == ["first_name", need, "travel:transit"]
    assert [box for box in boxes if "checked" in box.attrib] == []
    for words in ("Many people start with their first name alone", "Never told: your family name", "Kim"):
        assert words in page.words
    assert "Okafor" not in page.content


def test_what_the_shop_will_read_comes_before_the_yes(client_for: ClientFor, cast: Cast, make: Make) -> None:
    need = a_need(make, cast)
    visitor = client_for(cast.accounts.kim)
    url = f"/placements/{cast.proposed.public_id}/sharing"
    page = visitor.post(url, {"do": "preview", "share": [need]}, 200)
    assert page.h1 == "This is what the shop will read"
    assert cast.a.catalog.accommodations[0].name["en"] in page.words
    assert "Kim" not in page.content
    assert shared(make, cast) == (PlacementState.PROPOSED, [])
    back = visitor.post(url, {"do": "change", "share": [need]}, 200)
    assert [box.attrib["value"] for box in back.find("input", type="checkbox") if "checked" in box.attrib] == [need]
    say_yes(visitor, cast, need)
    assert shared(make, cast) == (PlacementState.OFFERED, [need])


def test_nothing_ticked_says_so(client_for: ClientFor, cast: Cast) -> None:
    url = f"/placements/{cast.proposed.public_id}/sharing"
    page = client_for(cast.accounts.kim).post(url, {"do": "preview"}, 200)
    assert "Nothing about you, not even your name." in page.words


def test_changed_while_the_shop_has_not_answered(client_for: ClientFor, cast: Cast, make: Make) -> None:
    visitor = client_for(cast.accounts.kim)
    url = f"/placements/{cast.proposed.public_id}/sharing"
    say_yes(visitor, cast, "first_name")
    ticked = [box for box in visitor.get(url).find("input", type="checkbox") if "checked" in box.attrib]
    assert [box.attrib["value"] for box in ticked] == ["first_name"]
    done = visitor.follow(visitor.post(url, {"do": "save", "share": ["travel:transit"]}))
    assert "From now on the shop reads just this" in done.words
    assert shared(make, cast) == (PlacementState.OFFERED, ["travel:transit"])
    client_for(cast.accounts.other_supervisor).post(f"/proposals/{cast.proposed.public_id}/yes")
    assert visitor.get(url, 303).location.endswith("/answered")
    late = visitor.follow(visitor.post(url, {"do": "save", "share": ["first_name"]}))
    assert late.h1 == "It is agreed: you have the place"
    assert shared(make, cast)[1] == ["travel:transit"]


def test_own_words_are_for_those_who_accompany(client_for: ClientFor, cast: Cast) -> None:
    visitor = client_for(cast.accounts.kim)
    url = f"/placements/{cast.proposed.public_id}"
    form = visitor.get(f"{url}/own-words")
    assert form.words.count("The shop never does.") == 2
    back = visitor.follow(visitor.submit(f"{url}/own-words", likes="The bread", worries="Early mornings"))
    assert "The bread" in back.words
    say_yes(visitor, cast, "first_name")
    for who in ("coordinator", "coach"):
        assert "Early mornings" in client_for(getattr(cast.accounts, who)).get(url).words
    shop = client_for(cast.accounts.other_supervisor).get(f"/proposals/{cast.proposed.public_id}")
    sheet = client_for(cast.accounts.coordinator).get(f"{url}/shop-sheet")
    for page in (shop, sheet):
        assert "bread" not in page.text
        assert "Early mornings" not in page.text
    too_long = visitor.submit(f"{url}/own-words", 422, likes="x" * 2001)
    assert too_long.errors
