from __future__ import annotations

from dataclasses import replace

import pytest

from placement.domain.matching.against import Against, against
from placement.domain.matching.problem import Opening, Person, Problem, Settings
from placement.domain.matching.run import match
from tests.domain.matching.cohorts import cohort

MIA = Person(key="mia", lat=52.5, lon=13.4, travel_limit_km=5, excluded_employers=frozenset({"amber"}))
NEAR = Opening(key="near", employer="birch", lat=52.5, lon=13.41)
FAR = Opening(key="far", employer="birch", lat=53.5, lon=13.4)
FULL = Opening(key="full", employer="birch", places=0)
HERS = Opening(key="hers", employer="amber")


def problem(*openings: Opening, minimum: int = 0, bans: tuple[str, ...] = ()) -> Problem:
    return Problem((MIA,), openings, settings=Settings(minimum_fit=minimum), bans=tuple(("mia", key) for key in bans))


def one(found: tuple[Against, ...]) -> Against:
    [only] = found
    return only


def test_what_passes_is_not_among_them() -> None:
    assert against(problem(NEAR), "mia") == ()
    assert [found.opening for found in against(problem(NEAR, FAR), "mia")] == ["far"]


@pytest.mark.parametrize(
    ("asked", "options", "words", "by_hand", "forcible", "changeable"),
    [
        (problem(FAR), {}, "Too far", False, True, True),
        (problem(NEAR, minimum=9999), {}, "below the minimum", False, True, True),
        (problem(HERS), {}, "never to be matched", False, False, False),
        (problem(FULL), {}, "no free place", False, False, True),
        (problem(NEAR), {"full": ["near"]}, "kept for others", False, False, False),
        (problem(NEAR), {"by_hand": ["near"]}, "taken out by hand", True, False, False),
        (problem(NEAR, bans=("near",)), {"by_hand": ["near"]}, "taken out by hand", True, False, False),
        (problem(NEAR, bans=("near",)), {}, "next run may form it", False, False, False),
        (problem(NEAR, bans=("near",)), {"said_no": ["near"]}, "have said no", False, False, False),
        (problem(FAR), {"said_no": ["far"]}, "have said no", False, False, False),
        (problem(NEAR), {"by_hand": ["near"], "said_no": ["near"]}, "have said no", False, False, False),
    ],
)  # fmt: skip
def test_who_could_decide_otherwise(
    asked: Problem, options: dict[str, list[str]], words: str, by_hand: bool, forcible: bool, changeable: bool
) -> None:
    found = one(against(asked, "mia", **options))  # type: ignore[arg-type]
    assert words in found.words.msgid
    assert (found.by_hand, found.forcible, found.changeable) == (by_hand, forcible, changeable)


def test_to_somebody_left_out_the_smallest_change_is_told_first() -> None:
    """The best fit is no help where it lies ten times as far as they can travel."""
    nearly = Opening(key="nearly", employer="birch", lat=52.55, lon=13.4)
    both = replace(nearly, key="both", minimum_weekly_hours=20.0, pattern=(1 << 80) - 1)
    liked = replace(FAR, key="liked", tasks=frozenset({"till"}))
    mia = replace(MIA, task_wishes={"till": 1}, weekly_hours_limit=10.0)
    asked = Problem((mia,), (HERS, liked, both, nearly, FULL))
    told = [found.opening for found in against(asked, "mia", nearest=True)]
    assert told == ["nearly", "both", "liked", "full", "hers"]
    by_fit = [found.fit for found in against(asked, "mia")]
    assert by_fit == sorted(by_fit, reverse=True)


def test_what_may_be_forced_can_be_forced_and_nothing_else() -> None:
    asked = replace(cohort(4, 6, 8), bans=())
    tried = {True: 0, False: 0}
    for person in asked.people:
        fits = [found.fit for found in against(asked, person.key)]
        assert fits == sorted(fits, reverse=True)
        for found in against(asked, person.key):
            pair = (person.key, found.opening)
            forced = replace(asked, locks=(pair,), overrides=(pair,))
            tried[found.forcible] += 1
            if found.forcible:
                assert pair in {(placed.person, placed.opening) for placed in match(forced).pairs}
            else:
                with pytest.raises(ValueError):
                    match(forced)
    assert all(tried.values())
