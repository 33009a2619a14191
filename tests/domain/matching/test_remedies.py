"""What would help really helps: relaxed as named, the pair passes; and it is no more than needed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.domain.matching.features import prepare
from placement.domain.matching.options import refusals
from placement.domain.matching.problem import Opening, Person, Problem, Settings
from placement.domain.matching.remedies import named, relax, sensible_help, what_would_help
from placement.domain.matching.rules import HardRule, failing_pair
from placement.domain.matching.week import pattern_mask
from tests.domain.matching.cohorts import cohort
from tests.domain.matching.english import english

modest = settings(max_examples=15, deadline=None, derandomize=True)
MORNING = pattern_mask(0, 480, 720)


def helps(person, opening, **more):
    return [
        (remedy.rule, english(remedy.words))
        for remedy in what_would_help(Problem((person,), (opening,), **more), person.key, opening.key)
    ]


def broken(problem, person, opening):
    return failing_pair(prepare(problem.only(person, opening)), 0, 0)


@modest
@given(st.integers(0, 10_000), st.sampled_from([0, 5000, 7000, 9500]))
def test_relaxing_what_is_named_makes_every_pair_pass(seed, minimum):
    problem = cohort(seed, 5, 5, Settings(minimum_fit=minimum))
    for person in problem.people:
        for opening in problem.openings:
            pair = (person.key, opening.key)
            remedies = what_would_help(problem, *pair)
            assert bool(remedies) == (pair in refusals(problem, [pair]))
            assert pair not in refusals(relax(problem, remedies), [pair])
            # Each one is about a rule that fails, and without the last of them the pair still fails.
            named = {remedy.rule for remedy in remedies} - {None}
            assert named <= set(broken(problem, *pair))
            assert not remedies or pair in refusals(relax(problem, remedies[:-1]), [pair])


@modest
@given(st.integers(0, 10_000))
def test_relaxing_one_rule_breaks_no_other_and_alone_is_enough(seed):
    problem = cohort(seed, 5, 5)
    for person in problem.people:
        for opening in problem.openings:
            before = broken(problem, person.key, opening.key)
            for remedy in what_would_help(problem, person.key, opening.key):
                after = broken(relax(problem, [remedy]), person.key, opening.key)
                assert set(after) <= set(before)
                assert after == () or len(before) > 1


def test_all_rules_at_once_can_be_lifted():
    person = Person(
        "p", lat=51.0, lon=13.7, travel_limit_km=5, weekly_hours_limit=2, availability=0,
        needs=frozenset({"seat"}), excluded_employers=frozenset({"e"}),
    )  # fmt: skip
    opening = Opening("o", "e", lat=51.05, lon=13.7, places=0, pattern=MORNING)
    problem = Problem((person, Person("q")), (opening, Opening("x", "e")), bans=(("p", "o"), ("q", "o")))
    remedies = what_would_help(problem, "p", "o")
    assert [remedy.rule for remedy in remedies] == list(HardRule)
    relaxed = relax(problem, remedies)
    assert broken(relaxed, "p", "o") == ()
    assert relaxed.bans == (("q", "o"),)
    assert relaxed.people[1] == problem.people[1]
    assert relaxed.openings[1] == problem.openings[1]


def test_distance_is_told_in_what_limits_it():
    home, shop = Person("p", lat=51.0, lon=13.7), Opening("o", "e", lat=51.05, lon=13.7)
    km = "They would need to travel up to 5.6 km instead of 5."
    minutes = "They would need to travel up to 17 minutes instead of 15."
    both = "They would need to travel up to 5.6 km and 17 minutes instead of 5 and 15."
    assert helps(replace(home, travel_limit_km=5), shop) == [(HardRule.DISTANCE, km)]
    assert helps(replace(home, travel_limit_km=6, travel_limit_minutes=15), shop) == [(HardRule.DISTANCE, minutes)]
    assert helps(replace(home, travel_limit_km=5, travel_limit_minutes=15), shop) == [(HardRule.DISTANCE, both)]
    assert helps(replace(home, travel_limit_km=5, travel_limit_minutes=17), shop) == [(HardRule.DISTANCE, km)]
    table = replace(home, travel_limit_minutes=15, travel_limit_km=9, minutes={"o": 40.5})
    assert helps(table, shop) == [(HardRule.DISTANCE, "They would need to travel up to 41 minutes instead of 15.")]


def test_a_way_of_days_is_told_without_a_number():
    home, far = (
        Person("p", lat=0.0, lon=0.0, travel_speed_kmh=4, travel_limit_minutes=60),
        Opening("o", "e", lat=0.0, lon=90.0),
    )
    problem = Problem((home,), (far,))
    remedies = what_would_help(problem, "p", "o")
    assert english(remedies[0].words) == "They would need to travel as long as it takes."
    assert relax(problem, remedies).people[0].travel_limit_minutes is None


def test_hours_are_asked_of_the_opening():
    words = "It would have to ask for 12.0 hours a week instead of 20."
    assert helps(Person("p", weekly_hours_limit=12), Opening("o", "e", minimum_weekly_hours=20)) == [
        (HardRule.HOURS, words)
    ]


def test_fewer_hours_may_be_hours_they_are_free():
    person = Person("p", weekly_hours_limit=2, availability=pattern_mask(0, 480, 600))
    opening = Opening("o", "e", pattern=MORNING)
    assert [rule for rule, _ in helps(person, opening)] == [HardRule.HOURS]
    assert [rule for rule, _ in helps(replace(person, availability=0), opening)] == [HardRule.HOURS, HardRule.SCHEDULE]


def test_time_to_be_free_is_named_by_day_and_clock():
    tuesday, night = pattern_mask(1, 780, 1020), pattern_mask(6, 22 * 60, 2 * 60)
    opening = Opening("o", "e", pattern=MORNING | tuesday | night)
    person = Person("p", availability=tuesday)
    assert helps(person, opening) == [
        (HardRule.SCHEDULE, "This time would have to be free: Mondays 08:00–12:00, Sundays 22:00–02:00.")
    ]
    least = replace(opening, minimum_weekly_hours=5)
    # One hour more is enough, and it is sought where it takes one stretch.
    assert helps(person, least) == [(HardRule.SCHEDULE, "This time would have to be free: Mondays 08:00–09:00.")]
    late = replace(person, availability=tuesday | pattern_mask(0, 720, 780))
    assert helps(late, least) == [(HardRule.SCHEDULE, "This time would have to be free: Mondays 11:00–12:00.")]


def test_what_to_offer_is_told_by_name():
    person = Person("p", needs=frozenset({"seat", "quiet", "map"}))
    problem = Problem((person,), (Opening("o", "e", offers=frozenset({"quiet"})),))
    (remedy,) = what_would_help(problem, "p", "o")
    assert remedy.needs == frozenset({"seat", "map"})
    names = {"seat": {"en": "Chair to sit on"}, "map": {"en": "Map of the shelves"}, "quiet": {"en": "Quiet corner"}}
    said = named(remedy, names)
    assert said.msgid == "It would have to offer what they need: %(things)s."
    things = said.params["things"]
    assert [things.params[key].params["thing"]["en"] for key in ("first", "rest")] == [
        "Map of the shelves",
        "Chair to sit on",
    ]
    # What has left the catalog is counted.
    assert english(named(remedy, {"seat": {}})) == "It would have to offer 2 more things that they need."


TWICE = Person("p", lat=51.0, lon=13.7, availability=pattern_mask(0, 480, 600), travel_speed_kmh=20)


@pytest.mark.parametrize(
    ("person", "opening", "sensible"),
    [
        ({"travel_limit_minutes": 30, "minutes": {"o": 60}}, {}, True),
        ({"travel_limit_minutes": 30, "minutes": {"o": 353}}, {}, False),
        ({"travel_limit_km": 5}, {"lat": 51.089, "lon": 13.7}, True),
        ({"travel_limit_km": 5}, {"lat": 51.1, "lon": 13.7}, False),
        ({"weekly_hours_limit": 10}, {"minimum_weekly_hours": 20}, True),
        ({"weekly_hours_limit": 9}, {"minimum_weekly_hours": 20}, False),
        ({}, {"pattern": MORNING}, True),
        ({}, {"pattern": MORNING | pattern_mask(1, 480, 495)}, False),
    ],
)
def test_help_is_only_what_can_be_asked_of_somebody(person, opening, sensible):
    problem = Problem((replace(TWICE, **person),), (Opening("o", "e", **opening),))
    (remedy,) = what_would_help(problem, "p", "o")
    assert remedy.sensible is sensible
    assert sensible_help(problem, "p", "o") == ((remedy,) if sensible else ())


def test_that_a_place_would_have_to_be_free_is_not_said_twice():
    problem = Problem((Person("p", needs=frozenset({"seat"})),), (Opening("o", "e", places=0),))
    assert [remedy.rule for remedy in sensible_help(problem, "p", "o")] == [HardRule.ACCOMMODATION]


def test_half_of_a_help_is_none():
    person = Person("p", lat=51.0, lon=13.7, travel_limit_km=5, weekly_hours_limit=10)
    opening = Opening("o", "e", lat=51.05, lon=13.7, minimum_weekly_hours=40)
    problem = Problem((person,), (opening,))
    assert [remedy.sensible for remedy in what_would_help(problem, "p", "o")] == [True, False]
    assert sensible_help(problem, "p", "o") == ()


@pytest.mark.parametrize("minimum", [5001, 5009, 10_000])
def test_the_minimum_to_set_is_the_one_shown(minimum):
    problem = Problem((Person("p"),), (Opening("o", "e"),), settings=Settings(minimum_fit=minimum))
    (remedy,) = what_would_help(problem, "p", "o")
    assert (remedy.rule, remedy.fit) == (None, 5000)
    assert english(remedy.words).startswith("A minimum fit of 50.0 points of 100 instead of ")
    assert what_would_help(relax(problem, [remedy]), "p", "o") == ()


def test_a_pair_that_passes_needs_no_help_and_keys_must_be_known():
    problem = Problem((Person("p"),), (Opening("o", "e"),))
    assert what_would_help(problem, "p", "o") == ()
    with pytest.raises(KeyError):
        what_would_help(problem, "p", "x")
