"""Charts of fear: what is drawn stands where its number says, what was skipped is not drawn."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.charts.fears import MOST_POINTS, Faced, beside_chart, expected_chart, repeats_chart
from placement.charts.percents import Alone
from placement.charts.picture import Circle
from placement.domain.exposures import Told

DAY = date(2026, 9, 7)
MAYBE = st.none() | st.integers(0, 100)
TRIES = st.lists(st.builds(Told, MAYBE, MAYBE, MAYBE), max_size=MOST_POINTS)


def faced(tries: list[Told]) -> list[Faced]:
    return [Faced(DAY + timedelta(days=2 * nth), told, f"t{nth}") for nth, told in enumerate(tries)]


@given(TRIES)
def test_a_point_for_each_try_with_both_numbers(tries: list[Told]) -> None:
    chart = expected_chart(faced(tries))
    both = [told for told in tries if told.predicted is not None and told.peak is not None]
    assert bool(chart.pictures) == bool(both)
    assert len(chart.rows) == len(tries)
    for picture in chart.pictures:
        assert [point.words.params["felt"] for point in picture.points] == [told.peak for told in both]  # type: ignore[union-attr]


@given(TRIES)
def test_less_fear_stands_lower_inside_the_picture(tries: list[Told]) -> None:
    ends = [told.at_end for told in tries if told.at_end is not None]
    for picture in repeats_chart(faced(tries)).pictures:
        dots = [part for point in picture.points for part in point.parts if isinstance(part, Circle)]
        assert len(dots) == len(ends)
        assert all(0 <= dot.x <= picture.width and 0 <= dot.y <= picture.height for dot in dots)
        assert [dot.x for dot in dots] == sorted(dot.x for dot in dots)
        by_height = sorted(zip(ends, (-dot.y for dot in dots), strict=True))
        assert [y for _, y in by_height] == sorted(y for _, y in by_height)


def test_the_latest_are_drawn_and_all_are_in_the_table() -> None:
    tries = faced([Told(60, 50, nth) for nth in range(MOST_POINTS + 5)])
    chart = repeats_chart(tries)
    assert all(len(picture.points) == MOST_POINTS for picture in chart.pictures)
    assert len(chart.rows) == MOST_POINTS + 5
    assert chart.notes


def test_together_is_not_because() -> None:
    weeks = [Alone(DAY + timedelta(weeks=nth), nth, 4) for nth in range(5)]
    tries = faced([Told(60, 50, 40), Told(), Told(50, 30, 10)])
    chart = beside_chart(weeks, tries)
    assert chart.summary.msgid == "Together is not because."
    for picture in chart.pictures:
        assert len(picture.points) == 7
        days = [point.day for point in picture.points if point.day]
        assert days == sorted(days)
        # The same day stands above itself: one axis for both.
        on_first = [part.x for point in picture.points if point.day == DAY for part in point.parts]  # type: ignore[union-attr]
        assert len(on_first) == 2
        assert len(set(on_first)) == 1
    assert [len(row.cells) for row in chart.rows] == [2] * len(chart.rows)
    assert beside_chart([], tries).pictures == beside_chart(weeks, []).pictures == ()
