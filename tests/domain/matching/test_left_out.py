"""Why somebody was left out, what would open something, and what a place would cost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from placement.domain.matching.left_out import easing, standing_of, why_left_out
from placement.domain.matching.options import options
from placement.domain.matching.problem import Mode, Opening, Person, Problem, Settings
from placement.domain.matching.remedies import relax
from placement.domain.matching.rules import HardRule
from placement.domain.matching.run import match
from placement.domain.words import Say
from tests.domain.matching.cohorts import cohort
from tests.domain.matching.english import english


def why(problem, key="p"):
    return why_left_out(problem, match(problem), key)


def test_left_out_because_nothing_passes_counts_the_first_reasons():
    person = Person("p", lat=51.0, lon=13.7, travel_limit_km=5, weekly_hours_limit=10)
    openings = (
        Opening("o1", "e", lat=52.0, lon=13.7),
        Opening("o2", "e", lat=53.0, lon=13.7, minimum_weekly_hours=20),
        Opening("o3", "e", minimum_weekly_hours=12),
    )
    found = why(Problem((person,), openings))
    assert english(found.words) == "No opening passes: 2 too far, 1 with more hours than they can work."
    assert found.nearest is None
    # 12 hours instead of 10 is a smaller step than 112 km instead of 5.
    assert found.easing.remedy.rule is HardRule.HOURS
    assert english(found.easing.words) == (
        "It would have to ask for 10.0 hours a week instead of 12. One opening would then be possible."
    )


def test_one_limit_moved_may_open_several():
    person = Person("p", lat=51.0, lon=13.7, travel_limit_km=10)
    openings = tuple(Opening(f"o{k}", "e", lat=51.0 + lat, lon=13.7) for k, lat in enumerate((0.111, 0.1112, 0.15)))
    found = why(Problem((person,), openings)).easing
    assert found.openings == ("o0", "o1")
    assert english(found.words) == (
        "They would need to travel up to 12.4 km instead of 10. 2 openings would then be possible."
    )


def test_a_wider_limit_is_no_help_where_the_fit_stays_too_low():
    person = Person("p", lat=51.0, lon=13.7, travel_limit_km=10)
    openings = (Opening("o", "e", lat=51.2, lon=13.7),)
    low = Problem((person,), openings, settings=Settings(minimum_fit=9000))
    assert why(low).easing is None


def test_a_limit_is_rather_moved_than_a_ban_lifted():
    person = Person("p", lat=51.0, lon=13.7, travel_limit_km=1)
    openings = (Opening("a", "e", lat=51.0, lon=13.7), Opening("b", "e", lat=51.9, lon=13.7))
    found = easing(Problem((person,), openings, bans=(("p", "a"),)), "p")
    assert (found.remedy.rule, found.openings) == (HardRule.DISTANCE, ("b",))


def test_protection_is_never_suggested():
    person = Person("p", excluded_employers=frozenset({"e"}))
    assert why(Problem((person,), (Opening("o", "e"),))).easing is None
    both = Problem((person,), (Opening("o", "e"), Opening("x", "f")), bans=(("p", "x"),))
    assert why(both).easing.openings == ("x",)


def test_below_the_minimum_the_minimum_to_set_is_named():
    problem = Problem((Person("p"),), (Opening("o", "e"), Opening("x", "e")), settings=Settings(minimum_fit=5500))
    found = why(problem)
    assert "below the minimum of 55.0" in english(found.words)
    assert (found.easing.remedy.rule, found.easing.remedy.fit, found.easing.openings) == (None, 5000, ("o", "x"))


@pytest.mark.parametrize("mode", list(Mode))
def test_where_places_went_elsewhere_the_nearest_and_its_cost_are_named(mode):
    people = (Person("p"), Person("q", task_wishes={"bread": 2}))
    problem = Problem(people, (Opening("o", "e", tasks=frozenset({"bread"})),), settings=Settings(mode=mode))
    found = why(problem)
    assert english(found.words).startswith("Every place that passes went to someone else: one opening")
    assert found.easing is None
    assert (found.nearest.opening, found.nearest.fit) == ("o", 5000)
    assert (found.nearest.cost.placed, found.nearest.cost.total, found.nearest.cost.others) == (0, -1250, 1)


def test_nobody_nowhere_and_somebody_placed():
    problem = Problem((Person("p"),), ())
    assert english(why(problem).words) == "There are no openings in this run."
    assert why(problem).easing is None
    placed = replace(problem, openings=(Opening("o", "e"),))
    with pytest.raises(ValueError, match="was not left out"):
        why(placed)
    with pytest.raises(KeyError):
        why(problem, "x")


@pytest.mark.parametrize("seed", range(3))
def test_the_run_gives_the_same_reason_as_asking_again(seed):
    problem = cohort(seed, 25, 8, Settings(minimum_fit=5000))
    solution = match(problem)
    assert solution.left_out
    standing = standing_of(problem, solution)
    for left in solution.left_out:
        found = why_left_out(problem, solution, left.person, standing)
        assert left.reason == found.words
        assert Say.from_json(left.reason.to_json()) == left.reason
        assert found.easing is None or found.nearest is None


@pytest.mark.parametrize("seed", range(6))
def test_easing_really_opens_what_it_names_and_nothing_smaller_of_its_kind_would(seed):
    problem = cohort(seed, 40, 5, Settings(minimum_fit=4000))
    eased = 0
    for person in problem.people:
        before = {o.opening for o in options(problem, person.key) if o.fit is not None and o.fit >= 4000}
        found = easing(problem, person.key)
        if before or found is None:
            continue
        eased += 1
        after = options(relax(problem.only(person.key), [found.remedy]), person.key)
        minimum = min(4000, found.remedy.fit if found.remedy.fit is not None else 4000)
        assert {o.opening for o in after if o.fit is not None and o.fit >= minimum} == set(found.openings)
        assert found.openings
    assert eased
