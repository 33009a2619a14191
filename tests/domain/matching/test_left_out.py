"""Why somebody was left out, and what would open something."""

from __future__ import annotations

import pytest

from placement.domain.matching.left_out import easing
from placement.domain.matching.options import options
from placement.domain.matching.problem import Mode, Opening, Person, Problem, Settings
from placement.domain.matching.remedies import relax
from placement.domain.matching.rules import HardRule
from placement.domain.matching.run import match
from placement.domain.words import Say
from tests.domain.matching.cohorts import cohort
from tests.domain.matching.english import english


def reason(problem):
    return english(next(left.reason for left in match(problem).left_out if left.person == "p"))


def test_left_out_because_nothing_passes_counts_the_first_reasons():
    person = Person("p", lat=51.0, lon=13.7, travel_limit_km=5, weekly_hours_limit=10)
    openings = (
        Opening("o1", "e", lat=52.0, lon=13.7),
        Opening("o2", "e", lat=53.0, lon=13.7, minimum_weekly_hours=20),
        Opening("o3", "e", minimum_weekly_hours=12),
    )
    problem = Problem((person,), openings)
    assert reason(problem) == "No opening passes: 2 too far, 1 with more hours than they can work."
    # 12 hours instead of 10 is a smaller step than 112 km instead of 5.
    found = easing(problem, "p")
    assert found.remedy.rule is HardRule.HOURS
    assert english(found.words({})) == (
        "It would have to ask for 10.0 hours a week instead of 12. One opening would then be possible."
    )


def test_one_limit_moved_may_open_several():
    person = Person("p", lat=51.0, lon=13.7, travel_limit_km=10)
    openings = tuple(Opening(f"o{k}", "e", lat=51.0 + lat, lon=13.7) for k, lat in enumerate((0.111, 0.1112, 0.15)))
    found = easing(Problem((person,), openings), "p")
    assert found.openings == ("o0", "o1")
    assert english(found.words({})) == (
        "They would need to travel up to 12.4 km instead of 10. 2 openings would then be possible."
    )


def test_a_wider_limit_is_no_help_where_the_fit_stays_too_low():
    person = Person("p", lat=51.0, lon=13.7, travel_limit_km=10)
    openings = (Opening("o", "e", lat=51.2, lon=13.7),)
    low = Problem((person,), openings, settings=Settings(minimum_fit=9000))
    assert easing(low, "p") is None


def test_a_limit_is_rather_moved_than_a_ban_lifted():
    person = Person("p", lat=51.0, lon=13.7, travel_limit_km=60)
    openings = (Opening("a", "e", lat=51.0, lon=13.7), Opening("b", "e", lat=51.9, lon=13.7))
    found = easing(Problem((person,), openings, bans=(("p", "a"),)), "p")
    assert (found.remedy.rule, found.openings) == (HardRule.DISTANCE, ("b",))


def test_what_is_far_beyond_a_limit_is_not_suggested():
    person = Person("p", lat=51.0, lon=13.7, travel_limit_km=10)
    near, far = Opening("a", "e", lat=51.17, lon=13.7), Opening("b", "e", lat=51.19, lon=13.7)
    assert easing(Problem((person,), (near, far)), "p").openings == ("a",)
    assert easing(Problem((person,), (far,)), "p") is None
    assert easing(Problem((person,), (far, Opening("c", "e")), bans=(("p", "c"),)), "p").openings == ("c",)


def test_protection_is_never_suggested():
    person = Person("p", excluded_employers=frozenset({"e"}))
    assert easing(Problem((person,), (Opening("o", "e"),)), "p") is None
    both = Problem((person,), (Opening("o", "e"), Opening("x", "f")), bans=(("p", "x"),))
    assert easing(both, "p").openings == ("x",)


def test_below_the_minimum_the_minimum_to_set_is_named():
    problem = Problem((Person("p"),), (Opening("o", "e"), Opening("x", "e")), settings=Settings(minimum_fit=5500))
    assert "below the minimum of 55.0" in reason(problem)
    found = easing(problem, "p")
    assert (found.remedy.rule, found.remedy.fit, found.openings) == (None, 5000, ("o", "x"))


@pytest.mark.parametrize("mode", list(Mode))
def test_where_places_went_elsewhere_nothing_has_to_be_opened(mode):
    people = (Person("p"), Person("q", task_wishes={"bread": 2}))
    problem = Problem(people, (Opening("o", "e", tasks=frozenset({"bread"})),), settings=Settings(mode=mode))
    assert reason(problem).startswith("Every place that passes went to someone else: one opening")
    assert easing(problem, "p") is None


def test_without_openings_there_is_nothing_to_open():
    problem = Problem((Person("p"),), ())
    assert reason(problem) == "There are no openings in this run."
    assert easing(problem, "p") is None
    with pytest.raises(KeyError):
        easing(problem, "x")


@pytest.mark.parametrize("seed", range(3))
def test_reasons_can_be_kept(seed):
    left_out = match(cohort(seed, 25, 8, Settings(minimum_fit=5000))).left_out
    assert left_out
    for left in left_out:
        assert Say.from_json(left.reason.to_json()) == left.reason


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
