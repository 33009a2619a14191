from __future__ import annotations

import re
from dataclasses import replace

import pytest

from placement.domain.matching.week import pattern_mask
from placement.domain.own_match import OwnMatch, could_be_hard, speaks_for
from placement.domain.participants import TravelMode, Wish
from placement.domain.words import Say

MORNING = pattern_mask(0, 9 * 60, 13 * 60)
EARLY = pattern_mask(0, 8 * 60, 12 * 60)
BARE = OwnMatch("Corner Grocery", MORNING, TravelMode.TRANSIT)


def text(lines: tuple[Say, ...]) -> str:
    def fill(value: object) -> object:
        if isinstance(value, Say):
            return value.msgid % {name: fill(part) for name, part in value.params.items()}
        return value["en"] if isinstance(value, dict) else value

    return "\n".join(str(fill(line)) for line in lines)


def test_an_unknown_profile_says_nothing() -> None:
    assert speaks_for(BARE) == could_be_hard(BARE) == ()


def test_likes_and_the_other_way_round() -> None:
    match = replace(
        BARE,
        employer_wish=Wish.LOVE,
        tasks=(({"en": "Boxes"}, Wish.LIKE), ({"en": "Till"}, Wish.RATHER_NOT), ({"en": "Floor"}, None),
               ({"en": "Bread"}, Wish.LOVE)),
    )  # fmt: skip
    assert text(speaks_for(match)) == (
        "There is work you like: Boxes, Bread.\nYou said that you would like to work at Corner Grocery."
    )
    assert text(could_be_hard(match)) == "There is work you would rather not do: Till."
    assert "rather not work at Corner" in text(could_be_hard(replace(BARE, employer_wish=Wish.RATHER_NOT)))


def test_abilities_without_a_number() -> None:
    traits = (
        ({"en": "Patience"}, 3, 3),
        ({"en": "Care"}, 2, 3),
        ({"en": "Speed"}, 4, 1),
        ({"en": "Reading"}, 1, 4),
        ({"en": "Unknown"}, 5, None),
    )
    match = replace(BARE, traits=traits)
    assert text(speaks_for(match)) == "It asks for what you can do: Patience, Care."
    hard = text(could_be_hard(match))
    assert "a little more of you than now: Speed." in hard
    assert "too easy: you can do more here than is asked: Reading." in hard
    assert "Unknown" not in hard
    assert not re.search(r"\d", hard + text(speaks_for(match)))


def test_needs() -> None:
    match = replace(BARE, needs=(({"en": "A quiet place"}, True), ({"en": "A stool"}, False)))
    assert text(speaks_for(match)) == "The shop offers what you need: A quiet place."
    assert text(could_be_hard(match)) == "The shop does not offer yet what you need: A stool."


@pytest.mark.parametrize(
    ("limits", "minutes", "good", "hard"),
    [
        ({}, 20, "short", ""),
        ({}, 45, "", ""),
        ({}, 60, "", "long"),
        ({"limit_minutes": 45}, 45, "within", ""),
        ({"limit_minutes": 43}, 45, "within", ""),
        ({"limit_minutes": 40}, 45, "", "longer"),
        ({"limit_km": 10.0}, 45, "within", ""),
        ({"limit_km": 7.9}, 45, "", "longer"),
    ],
)
def test_the_way(limits: dict[str, float], minutes: int, good: str, hard: str) -> None:
    match = replace(BARE, minutes=minutes, km=8.0, **limits)
    for lines, part in ((speaks_for(match), good), (could_be_hard(match), hard)):
        assert (part in text(lines)) if part else not lines
        if part:
            assert f"about {minutes} minutes" in text(lines)


def test_the_week() -> None:
    inside = replace(BARE, availability=MORNING | EARLY, limit_hours=4)
    assert (
        text(speaks_for(inside)) == "All its hours lie within your week.\nIt is not more hours a week than you wanted."
    )
    assert could_be_hard(inside) == ()
    outside = replace(BARE, availability=EARLY, limit_hours=3.5)
    assert speaks_for(outside) == ()
    hard = text(could_be_hard(outside))
    assert "About 1.0 of its hours a week lie outside" in hard
    assert "It is 4.0 hours a week; you wanted at most 3.5." in hard
    assert speaks_for(replace(inside, pattern=0)) == ()
