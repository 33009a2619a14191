"""Mood and energy as a picture: words instead of numbers, gaps that are just space, never a word on better or worse."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.charts.felt import Day, felt_chart
from placement.charts.picture import Circle, Curve, Text
from placement.domain.diary import ENERGIES, MOODS
from placement.domain.words import say

START = date(2026, 3, 2)
TITLE = say("Mood")


def days(*values: tuple[int, int]) -> list[Day]:
    """How many days after the first, and the value."""
    return [Day(START + timedelta(days=after), value) for after, value in values]


@given(
    st.dictionaries(st.integers(0, 91), st.integers(1, 5), min_size=1, max_size=92), st.sampled_from([MOODS, ENERGIES])
)
def test_every_day_has_its_place_and_its_word(values: dict[int, int], words: dict[int, object]) -> None:
    course = days(*sorted(values.items()))
    chart = felt_chart(TITLE, words, course)  # type: ignore[arg-type]
    assert [row.cells for row in chart.rows] == [(words[one.value],) for one in reversed(course)]
    for picture in chart.pictures:
        assert [point.day for point in picture.points] == [one.day for one in course]
        circles = [part for point in picture.points for part in point.parts if isinstance(part, Circle)]
        assert all(0 < circle.x < picture.width and 0 < circle.y < picture.height for circle in circles)
        assert [circle.x for circle in circles] == sorted(circle.x for circle in circles)
        for one, circle in zip(course, circles, strict=True):
            for other, place in zip(course, circles, strict=True):
                assert (one.value > other.value) == (circle.y < place.y), "higher is drawn higher"


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_days_far_apart_are_not_joined(steps: list[int]) -> None:
    at, values = 0, [(0, 3)]
    for step in steps:
        at += step
        values.append((at, 2))
    lines = [part for part in felt_chart(TITLE, MOODS, days(*values)).pictures[0].parts if isinstance(part, Curve)]
    joined = "".join("-" if step <= 3 else " " for step in steps).split()
    assert len(lines) == len(joined)


def test_the_scale_stands_there_in_words() -> None:
    picture = felt_chart(TITLE, MOODS, days((0, 2), (1, 4))).pictures[0]
    there = [part.words for part in picture.parts if isinstance(part, Text)]
    assert all(word in there for word in MOODS.values())


def test_what_it_says() -> None:
    assert felt_chart(TITLE, MOODS, []).pictures == ()
    assert felt_chart(TITLE, MOODS, []).notes == ()
    one = felt_chart(TITLE, MOODS, days((0, 2))).summary
    assert one.params == {"day": START, "word": MOODS[2]}
    same = felt_chart(TITLE, MOODS, days((0, 2), (5, 2))).summary
    assert same.params == {"word": MOODS[2]}
    # A low day at the end is told like any other.
    summary = felt_chart(TITLE, MOODS, days((0, 5), (1, 1))).summary
    assert summary.params == {"low": MOODS[1], "high": MOODS[5], "last": MOODS[1]}
