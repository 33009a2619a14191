"""Problems are checked where they are built, and go through JSON unchanged."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.domain.matching.problem import Mode, Opening, Person, Problem, Requirement, Settings, Weights
from tests.domain.matching.cohorts import cohort


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from(Mode))
def test_json_gives_the_same_problem_back(seed, minimum, mode):
    problem = cohort(seed, 5, 4, Settings(Weights(1000, 2000, 3000, 4000), minimum, mode))
    ranked = replace(problem.openings[0], ranking=("p003", "someone from another run", "p000"))
    forced = (("p001", "o001"),)
    problem = replace(
        problem,
        openings=(ranked, *problem.openings[1:]),
        locks=(*forced, ("p002", "o002")),
        overrides=forced,
    )
    text = json.dumps(problem.to_json(), allow_nan=False)
    assert Problem.from_json(json.loads(text)) == problem


def test_json_needs_only_the_keys():
    data = {"people": [{"key": "p"}], "openings": [{"key": "o", "employer": "e"}]}
    assert Problem.from_json(data) == Problem((Person("p"),), (Opening("o", "e"),))


def example(**changes):
    person = {"key": "p", "abilities": {"t": 3}} | changes.pop("person", {})
    opening = {"key": "o", "employer": "e", "requirements": {"t": {"level": 2}}} | changes.pop("opening", {})
    return {"people": [{"key": "q"}, person], "openings": [opening], "traits": ["t"]} | changes


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], "problem: must be an object"),
        ({"people": []}, "problem.openings: is missing"),
        (example(extra=1), "problem.extra: is not a known field"),
        (example(people={}), "people: must be a list"),
        (example(people=["p"]), r"people\[0\].person: must be an object"),
        (example(person={"key": ""}), r"people\[1\].key: must be a text"),
        (example(person={"key": "q"}), r"people\[1\]: 'q' appears twice"),
        (example(person={"nmae": 1}), r"people\[1\].person.nmae: is not a known field"),
        (example(person={"lat": 91, "lon": 0}), r"people\[1\].lat: must be from -90 to 90"),
        (example(person={"lat": 9}), r"people\[1\].lat, lon: must both"),
        (example(person={"lat": float("nan"), "lon": 0}), r"people\[1\].lat: must be a number"),
        (example(person={"travel_limit_km": "5"}), r"people\[1\].travel_limit_km: must be a number"),
        (example(person={"travel_limit_km": 10**400}), r"people\[1\].travel_limit_km: must be from"),
        (example(person={"travel_speed_kmh": 0}), r"people\[1\].travel_speed_kmh: must be from"),
        (example(person={"abilities": {"t": 6}}), r"people\[1\].abilities.t: must be from 0 to 5"),
        (example(person={"abilities": {"t": True}}), r"people\[1\].abilities.t: must be a whole number"),
        (example(person={"abilities": {"x": 1}}), r"people\[1\].abilities: 'x' is not in this problem"),
        (example(person={"abilities": None}), r"people\[1\].abilities: must be an object"),
        (example(person={"task_wishes": {"a": -2}}), r"people\[1\].task_wishes.a: must be from -1 to 2"),
        (example(person={"availability": "zz"}), r"people\[1\].availability: must be hexadecimal"),
        (example(person={"availability": 5}), r"people\[1\].availability: must be hexadecimal"),
        (example(person={"availability": "f" * 169}), r"people\[1\].availability: must be from"),
        (example(person={"needs": "seat"}), r"people\[1\].needs: must be a list"),
        (example(opening={"places": -1}), r"openings\[0\].places: must be from"),
        (example(opening={"places": 1.5}), r"openings\[0\].places: must be a whole number"),
        (example(opening={"requirements": {"t": {"level": 9}}}), r"openings\[0\].requirements.t.level: must be"),
        (example(opening={"requirements": {"t": 3}}), r"openings\[0\].requirements.t.requirement: must be an object"),
        (example(opening={"requirements": {"x": {"level": 1}}}), r"openings\[0\].requirements: 'x' is not"),
        (example(opening={"tasks": [""]}), r"openings\[0\].tasks\[0\]: must be a text"),
        (example(settings={"weights": {"profile": 5000}}), "^settings.weights: must sum to 10000"),
        (example(settings={"minimum_fit": 10_001}), "^settings.minimum_fit: must be from"),
        (example(settings={"mode": "fair"}), "^settings.mode: must be one of total, least_shortfall, max_min, stable"),
        (example(settings={"mode": ["total"]}), "mode: must be one of"),
        (example(opening={"ranking": ["p", "q", "p"]}), r"openings\[0\].ranking\[2\]: 'p' appears twice"),
        (example(opening={"ranking": "p"}), r"openings\[0\].ranking: must be a list"),
        (example(overrides=[["p", "o"]]), r"overrides\[0\]: 'p' and 'o' are not among the locks"),
        (example(overrides=[["x", "o"]]), r"overrides\[0\]: 'x' is not in this problem"),
        (example(locks=[["p", "x"]]), r"locks\[0\]: 'x' is not in this problem"),
        (example(bans=[["p", "o"], ["x", "o"]]), r"bans\[1\]: 'x' is not in this problem"),
        (example(locks=[["p"]]), r"locks\[0\]: must be a list of two texts"),
    ],
)
def test_bad_data_is_refused_by_place(data, place):
    with pytest.raises(ValueError, match=place):
        Problem.from_json(data)


def test_what_was_stored_before_modes_and_overrides_still_reads():
    data = {"settings": {"weights": {}, "minimum_fit": 5}, "locks": [["p", "o"]]} | example()
    problem = Problem.from_json(data)
    assert (problem.settings, problem.overrides) == (Settings(minimum_fit=5, mode=Mode.TOTAL), ())
    assert problem.openings[0].ranking == ()


def test_values_are_checked_when_built_too():
    with pytest.raises(ValueError, match="mode: must be one of"):
        Settings(mode="total")
    with pytest.raises(ValueError, match="weight: must be from 0 to 5"):
        Requirement(1, 6)
    with pytest.raises(ValueError, match="availability: must be from"):
        Person("p", availability=-1)


def test_only_keeps_what_concerns_one_person():
    problem = Problem(
        (Person("p"), Person("q")),
        (Opening("o", "e"), Opening("u", "e")),
        locks=(("p", "o"),),
        overrides=(("p", "o"),),
        bans=(("p", "u"), ("q", "o"), ("p", "o")),
    )
    small = problem.only("p", "u")
    assert (small.people, small.openings) == ((Person("p"),), (Opening("u", "e"),))
    assert (small.locks, small.overrides) == ((), ())
    assert small.bans == (("p", "u"),)
    assert problem.only("p").bans == (("p", "u"), ("p", "o"))
    with pytest.raises(KeyError):
        problem.only("x")
