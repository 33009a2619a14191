"""Explanations agree with the run, and say what is the case."""

from __future__ import annotations

from dataclasses import replace

from placement.domain.matching.explain import explain_pair, trait_gaps
from placement.domain.matching.options import refusals
from placement.domain.matching.problem import Opening, Person, Problem, Requirement, Settings
from placement.domain.matching.run import match
from placement.domain.matching.week import pattern_mask
from tests.domain.matching.cohorts import cohort
from tests.domain.matching.english import english


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
        "1 of 3 abilities fits. 1 asks for more than they can do yet. 1 is not known yet.",
        "They would like 1 of its 3 tasks. They would rather not do 1 task. They wish for this employer.",
        "5.6 km, about 17 minutes one way.",
        "2.0 of its 4.0 hours a week lie in the time they have.",
    ]
    assert [(gap.trait, english(gap.words)) for gap in trait_gaps(problem, "p", "o")] == [
        ("a", "needs 2, has 1: more than they can do yet"),
        ("b", "needs 3, has 3: fits"),
        ("c", "needs 1, not known yet"),
    ]


def test_nothing_known_is_said_so():
    problem = Problem((Person("p"),), (Opening("o", "e", requirements={"a": Requirement(2)}),), ("a",))
    details = [english(line.detail) for line in explain_pair(problem, "p", "o")]
    assert all(detail.endswith("counted as half.") for detail in details)


def test_what_fits_wholly_is_said_in_one_sentence():
    person = Person("p", availability=0b11, abilities={"a": 2, "b": 3}, task_wishes={"bread": 0}, minutes={"o": 24.2})
    opening = Opening(
        "o",
        "e",
        pattern=0b11,
        requirements={"a": Requirement(2), "b": Requirement(1), "c": Requirement(5, 0)},
        tasks=frozenset({"bread"}),
    )
    problem = Problem((person,), (opening,), ("a", "b", "c"))
    assert [english(line.detail) for line in explain_pair(problem, "p", "o")] == [
        "1 of 2 abilities fits. 1 asks for less than they can do.",
        "They do not mind its tasks or the employer.",
        "25 minutes one way by the table of travel times.",
        "All its 0.5 hours a week lie in the time they have.",
    ]
    able = replace(problem, people=(replace(person, abilities={"a": 2, "b": 1}, employer_wishes={"e": -1}),))
    abilities, wishes, _, _ = (english(line.detail) for line in explain_pair(able, "p", "o"))
    assert abilities == "All 2 abilities it asks for fit."
    assert wishes == "They would rather not work for this employer."
    plain = replace(problem, openings=(Opening("o", "e"),))
    assert english(explain_pair(plain, "p", "o")[0].detail) == "It asks for nothing in particular: counted as half."
    assert english(explain_pair(plain, "p", "o")[3].detail).startswith("Its working hours are not known yet")


def refused(problem):
    return refusals(problem, [("p", "o")])["p", "o"]


def test_a_refusal_names_every_rule_that_fails():
    person = Person("p", lat=51.0, lon=13.7, travel_limit_km=5, weekly_hours_limit=10)
    opening = Opening("o", "e", lat=51.05, lon=13.7, minimum_weekly_hours=12.5)
    problem = Problem((person,), (opening,))
    assert english(refused(problem)) == (
        "Too far: 5.6 km; they travel up to 5.0 km. Also: It asks for 12.5 hours a week; they can work 10.0."
    )
    near = replace(problem, people=(Person("p"),), settings=Settings(minimum_fit=6000))
    assert "50.0 points of 100, below the minimum of 60.0" in english(refused(near))
    assert refusals(replace(near, settings=Settings()), [("p", "o")]) == {}


def test_every_rule_has_its_sentence():
    person = Person(
        "p",
        availability=0,
        needs=frozenset({"seat", "quiet"}),
        excluded_employers=frozenset({"e"}),
    )
    opening = Opening("o", "e", places=0, pattern=0b1111)
    words = english(refused(Problem((person,), (opening,), bans=(("p", "o"),))))
    assert words == (
        "They are never to be matched with this employer. Also: This pair was ruled out by hand."
        " Also: 0.0 of its hours lie within their week; it asks for 1.0."
        " Also: It does not offer 2 things they need. Also: It has no free place."
    )
