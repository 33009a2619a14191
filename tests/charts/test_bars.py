from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.charts.bars import FIT_WIDTH, FitPart, HoursPoint, fit_bar, hours_chart
from placement.charts.levels import Level
from placement.charts.spark import HEIGHT, WIDTH, sparkline
from placement.domain.words import say, say_n

START = date(2026, 9, 7)
LEVELS = [Level(6, "alone"), Level(4, "after a hint"), Level(2, "together")]


def test_the_bar_is_as_long_as_the_fit() -> None:
    bar = fit_bar(
        [FitPart("profile", 30, 45), FitPart("wishes", 25, 25), FitPart("travel", 0, 15), FitPart("hours", 15, 15)]
    )
    assert bar.share == pytest.approx(0.7)
    assert bar.segments[-1].x + bar.segments[-1].width == pytest.approx(FIT_WIDTH * 0.7, abs=2)
    assert [segment.step for segment in bar.segments] == [4, 3, 2, 1]
    assert bar.segments[2].width == 0
    assert bar.summary == say("Fit: %(percent)s %%", percent=70)


@pytest.mark.parametrize("parts", [[], [FitPart("a", -1, 2)], [FitPart("a", 3, 2)], [FitPart("a", 0, 0)]])
def test_impossible_parts_are_refused(parts: list[FitPart]) -> None:
    with pytest.raises(ValueError):
        fit_bar(parts)


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 600)), max_size=60))
def test_hours_only_grow_and_end_at_their_sum(shifts: list[tuple[int, int]]) -> None:
    chart = hours_chart([HoursPoint(START + timedelta(days=day), minutes) for day, minutes in shifts])
    total = sum(minutes for _, minutes in shifts)
    assert bool(chart.drawings) == (total > 0)
    for drawing in chart.drawings:
        heights = [float(corner.split()[1]) for corner in drawing.trace[1:].split("L")]
        assert heights == sorted(heights, reverse=True)
        assert min(heights) >= 14
        assert 2 <= len(drawing.grid) <= 5
        assert drawing.grid[-1].hours * 60 >= total
    if chart.rows:
        assert chart.rows[0].total == total == sum(row.minutes for row in chart.rows)


def test_hours_in_words() -> None:
    chart = hours_chart([HoursPoint(START, 240), HoursPoint(START + timedelta(days=30), 270)])
    assert chart.summary == say_n("%(n)s hour since %(day)s.", "%(n)s hours since %(day)s.", 8, day=START)
    assert [(row.month.month, row.minutes, row.total) for row in chart.rows] == [(10, 270, 510), (9, 240, 240)]


def test_negative_minutes_are_refused() -> None:
    with pytest.raises(ValueError):
        hours_chart([HoursPoint(START, -5)])


@given(st.lists(st.none() | st.floats(0, 6), max_size=20))
def test_a_spark_stays_inside(ranks: list[float | None]) -> None:
    spark = sparkline(ranks, LEVELS)
    assert (spark.last is None) == all(rank is None for rank in ranks)
    if spark.last:
        x, y, step = spark.last
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
        assert step in range(5)


def test_a_spark_shows_weeks_without_answers_as_gaps() -> None:
    spark = sparkline([2, 4, None, 4, None, 6, 6], LEVELS)
    assert len(spark.traces) == 2
    assert len(spark.singles) == 1
    assert spark.summary == say("First “%(first)s”, last “%(last)s”.", first="together", last="alone")


def test_the_sum_at_the_end_of_each_month_can_be_walked_along() -> None:
    chart = hours_chart(
        [HoursPoint(START, 240), HoursPoint(START + timedelta(days=3), 60), HoursPoint(START + timedelta(days=30), 270)]
    )
    for drawing in chart.drawings:
        assert [(dot.month, dot.total) for dot in drawing.dots] == [(date(2026, 9, 1), 300), (date(2026, 10, 1), 570)]
