"""One shift seen by two."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.charts.pairs import MOST_POINTS, Pair, pairs_chart
from placement.charts.picture import Ink, Line
from placement.charts.scale import Level
from tests.charts.pictures import check_chart

START = date(2026, 9, 7)
LEVELS = [Level(rank, words) for rank, words in ((6, "alone"), (5, "reminder"), (4, "hint"), (2, "together"))]
PAIRS = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(0, 6), st.integers(0, 6)).map(
        lambda one: Pair(START + timedelta(days=one[0]), one[1], one[2])
    ),
    max_size=90,
)


@given(PAIRS)
def test_all_fit_and_only_those_that_differ_are_joined(pairs: list[Pair]) -> None:
    chart = pairs_chart(pairs, LEVELS)
    check_chart(chart)
    for picture in chart.pictures:
        assert len(picture.points) == len(chart.rows)
    if len(pairs) <= MOST_POINTS:
        joined = [
            part for point in (chart.pictures[0].points if pairs else ()) for part in point.parts
            if isinstance(part, Line) and part.ink is Ink.LINK
        ]  # fmt: skip
        drawn = {rank: max(rank, 2) for rank in range(7)}
        assert len(joined) == sum(drawn[pair.own] != drawn[pair.others] for pair in pairs)


def test_it_counts_without_judging() -> None:
    said = pairs_chart([Pair(START, 6, 6), Pair(START, 6, 5), Pair(START, 2, 4), Pair(START, 4, 6)], LEVELS).summary
    assert (said.params["same"], said.params["less"], said.params["more"]) == (1, 1, 2)
    assert "No shift" in pairs_chart([], LEVELS).summary.msgid


def test_past_sixty_weeks_are_drawn_and_that_is_said() -> None:
    chart = pairs_chart([Pair(START + timedelta(days=2 * n), 4, 6) for n in range(MOST_POINTS + 1)], LEVELS)
    assert len(chart.rows) < 30
    assert any("one week" in note.msgid for note in chart.notes)
