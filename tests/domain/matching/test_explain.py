"""Explanations agree with the run, and say what is the case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from placement.domain.matching.explain import explain_pair, trait_gaps, why_left_out, why_not
from placement.domain.matching.problem import Opening, Person, Problem, Requirement, Settings
from placement.domain.matching.run import match
from placement.domain.matching.week import pattern_mask
from placement.domain.words import Say
from tests.domain.matching.cohorts import cohort


def english(words: Say) -> str:
    params = {k: english(v) if isinstance(v, Say) else v for k, v in words.params.items()}
    many = words.plural is not None and words.params["n"] != 1
    return (words.plural if many else words.msgid) % params


def test_the_lines_of_a_pair_are_the_parts_of_the_run():
    problem = cohort(2, 30, 30)
    solution = match(problem)
    assert solution.placed > 10
    for pair in solution.pairs:
        lines = explain_pair(problem, pair.person, pair.opening)
        parts = pair.parts
        assert [line.points for line in lines] == [parts.profile, parts.wishes, parts.travel, parts.schedule]
        assert [line.of for line in lines] == [4500, 2500, 1500, 1500]
        assert all(english(line.detail) for line in lines)


def test_details_in_words():
    person = Person(
        "p",
        lat=51.0,
        lon=13.7,
        travel_speed_kmh=20,
        availability=pattern_mask(0, 480, 600),
        abilities={"a": 1, "b": 3},
        task_wishes={"bread": 2, "carts": -1},
        employer_wishes={"e": 1},
    )
    opening = Opening(
        "o",
        "e",
        lat=51.05,
        lon=13.7,
        pattern=pattern_mask(0, 480, 720),
        minimum_weekly_hours=2,
        requirements={"a": Requirement(2), "b": Requirement(3), "c": Requirement(1), "d": Requirement(1, 0)},
        tasks=frozenset({"bread", "carts", "shelves"}),
    )
    problem = Problem((person,), (opening,), ("a", "b", "c", "d"))
    assert [english(line.detail) for line in explain_pair(problem, "p", "o")] == [
        "fits: 1, more than they can do yet: 1, less than they can do: 0, not known: 1",
        "tasks liked: 1, rather not: 1; employer wished for",
        "5.6 km, about 17 min",
        "2.0 of 4.0 hours lie within their week",
    ]
    assert [(gap.trait, english(gap.words)) for gap in trait_gaps(problem, "p", "o")] == [
        ("a", "needs 2, has 1: more than they can do yet"),
        ("b", "needs 3, has 3: fits"),
        ("c", "needs 1, not known yet"),
    ]


def test_nothing_known_is_said_so():
    problem = Problem((Person("p"),), (Opening("o", "e", requirements={"a": Requirement(2)}),), ("a",))
    details = [english(line.detail) for line in explain_pair(problem, "p", "o")]
    assert all(detail.endswith("counted as half") for detail in details)


def test_why_not_names_every_rule_that_fails():
    person = Person("p", lat=51.0, lon=13.7, travel_limit_km=5, weekly_hours_limit=10)
    opening = Opening("o", "e", lat=51.05, lon=13.7, minimum_weekly_hours=12.5)
    problem = Problem((person,), (opening,))
    assert english(why_not(problem, "p", "o")) == (
        "Too far: 5.6 km; they travel up to 5.0 km. Also: It asks for 12.5 hours a week; they can work 10.0."
    )
    near = replace(problem, people=(Person("p"),), settings=Settings(minimum_fit=6000))
    assert "50.0 points of 100 is below the minimum of 60.0" in english(why_not(near, "p", "o"))
    assert english(why_not(replace(near, settings=Settings()), "p", "o")).startswith("No rule stands against it")


def test_every_rule_has_its_sentence():
    person = Person(
        "p",
        availability=0,
        needs=frozenset({"seat", "quiet"}),
        excluded_employers=frozenset({"e"}),
    )
    opening = Opening("o", "e", places=0, pattern=0b1111)
    words = english(why_not(Problem((person,), (opening,), bans=(("p", "o"),)), "p", "o"))
    assert words == (
        "They are never to be matched with this employer. Also: This pair was ruled out by hand."
        " Also: 0.0 of its hours lie within their week; it asks for 1.0."
        " Also: It does not offer 2 things they need. Also: It has no free place."
    )


def test_left_out_because_nothing_passes_counts_the_first_reasons():
    person = Person("p", lat=51.0, lon=13.7, travel_limit_km=5, weekly_hours_limit=10)
    openings = (
        Opening("o1", "e", lat=52.0, lon=13.7),
        Opening("o2", "e", lat=53.0, lon=13.7, minimum_weekly_hours=20),
        Opening("o3", "e", minimum_weekly_hours=20),
    )
    problem = Problem((person,), openings)
    words = why_left_out(problem, match(problem), "p")
    assert english(words) == "No opening passes: 2 too far, 1 with more hours than they can work."


def test_left_out_because_places_went_elsewhere_or_the_fit_is_low():
    people = (Person("p"), Person("q", task_wishes={"bread": 2}))
    problem = Problem(people, (Opening("o", "e", tasks=frozenset({"bread"})),))
    words = english(why_left_out(problem, match(problem), "p"))
    assert words.startswith("Every place that passes went to someone else: one opening")
    equal = replace(problem, settings=Settings(minimum_fit=5000))
    assert english(why_left_out(equal, match(equal), "p")) == words
    high = replace(problem, settings=Settings(minimum_fit=5500))
    assert "below the minimum of 55.0" in english(why_left_out(high, match(high), "p"))
    nowhere = replace(problem, openings=())
    assert english(why_left_out(nowhere, match(nowhere), "p")) == "There are no openings in this run."
    with pytest.raises(ValueError, match="was not left out"):
        why_left_out(problem, match(problem), "q")


@pytest.mark.parametrize("seed", range(3))
def test_the_run_gives_the_same_reason_as_asking_again(seed):
    problem = cohort(seed, 25, 8, Settings(minimum_fit=5000))
    solution = match(problem)
    assert solution.left_out
    for left in solution.left_out:
        assert left.reason == why_left_out(problem, solution, left.person)
        assert Say.from_json(left.reason.to_json()) == left.reason
