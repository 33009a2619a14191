"""People and openings are checked as they are built, and read back from JSON as they were."""

from __future__ import annotations

import json

import pytest

from placement.domain.matching.problem import Opening, Person, Problem
from tests.domain.matching.cohorts import cohort


def test_minutes_of_the_table_survive_json():
    person = Person("p", minutes={"o": 12.5, "x": 0, "gone": 10_000})
    written = json.loads(json.dumps(person.to_json()))
    assert written["minutes"] == {"o": 12.5, "x": 0, "gone": 10_000}
    assert Person.from_json(written) == person
    assert Person.from_json({"key": "p"}).minutes == {}


def test_a_cohort_with_a_table_survives_json():
    problem = cohort(3, 12, 9)
    assert any(person.minutes for person in problem.people)
    assert Problem.from_json(json.loads(json.dumps(problem.to_json()))) == problem


@pytest.mark.parametrize(
    ("minutes", "place"),
    [
        ({"o": -1}, "minutes.o: must be from 0 to 10000"),
        ({"o": 10_001}, "minutes.o: must be from 0 to 10000"),
        ({"o": "12"}, "minutes.o: must be a number"),
        ({"o": True}, "minutes.o: must be a number"),
        ({"o": float("nan")}, "minutes.o: must be a number"),
        ({"o": None}, "minutes.o: must be a number"),
        ({"": 3}, "minutes: a key: must be a text"),
        ([12], "minutes: must be an object"),
    ],
)
def test_what_is_no_table_of_minutes_is_refused_with_its_place(minutes, place):
    with pytest.raises(ValueError, match=f"^people\\[1\\]\\.{place}"):
        Problem.from_json({"people": [{"key": "a"}, {"key": "p", "minutes": minutes}], "openings": []})


def test_a_table_may_name_openings_that_are_not_in_the_run():
    Problem((Person("p", minutes={"elsewhere": 3}),), (Opening("o", "e"),))
