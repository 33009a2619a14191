"""Small charts on the same weeks and levels for everybody."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.charts.multiples import HEIGHT, WEEKS, WIDTH, middle_levels, small_chart, small_summary, week_words
from placement.charts.picture import Ink, Line
from placement.charts.scale import Level
from tests.charts.pictures import check

LAST = date(2026, 11, 23)
LEVELS = [Level(6, "alone"), Level(4, "after a hint"), Level(2, "together")]
RANKS = st.lists(st.none() | st.floats(0, 6), min_size=WEEKS, max_size=WEEKS)


@given(RANKS)
def test_a_dot_for_each_week_with_answers(ranks: list[float | None]) -> None:
    picture = small_chart(ranks, LEVELS, LAST)
    rated = [rank for rank in ranks if rank is not None]
    assert (picture is None) == (not rated)
    assert [words is None for words in week_words(ranks, LEVELS)] == [rank is None for rank in ranks]
    if picture is not None:
        check(picture)
        assert len(picture.points) == len(rated)
        assert picture.points[-1].day is not None
        assert picture.points[-1].day <= LAST


@given(RANKS, RANKS)
def test_everybody_has_the_same_frame(one: list[float | None], other: list[float | None]) -> None:
    frames = []
    for ranks in (one, other):
        picture = small_chart([*ranks[:-1], 4.0], LEVELS, LAST)
        assert picture is not None
        frames.append([part for part in picture.parts if isinstance(part, Line) and part.ink is Ink.GRID])
        assert (picture.width, picture.height) == (WIDTH, HEIGHT)
    assert frames[0] == frames[1]


def test_a_week_is_the_middle_of_its_tasks() -> None:
    weeks = [(LAST, 6.0), (LAST, 4.0), (LAST, 4.0), (LAST - timedelta(weeks=2), 2.0), (LAST - timedelta(weeks=40), 6.0)]
    found = middle_levels(weeks, LAST)
    assert found[-3:] == (2.0, None, 4.0)
    assert len(found) == WEEKS
    assert found[0] is None
    assert small_summary(found, LEVELS).params == {"first": "together", "last": "after a hint"}
