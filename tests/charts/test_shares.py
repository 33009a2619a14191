"""Bars of the share of hours with a coach."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.charts.shares import share_chart
from placement.domain.fading import WeekShare

MONDAY = date(2026, 9, 7)


def weeks(*shares: float | None) -> list[WeekShare]:
    return [
        WeekShare(MONDAY + timedelta(weeks=n), 0 if share is None else 100, round(share or 0), share)
        for n, share in enumerate(shares)
    ]


@given(st.lists(st.none() | st.floats(0, 100), min_size=1, max_size=30))
def test_bars_stay_inside_and_gaps_stay_gaps(shares: list[float | None]) -> None:
    chart = share_chart(weeks(*shares))
    known = [share for share in shares if share is not None]
    assert len(chart.drawings) == (2 if known else 0)
    for drawing in chart.drawings:
        assert len(drawing.bars) == len(known)
        heights = [bar.height for bar in drawing.bars]
        assert all(0 <= height <= drawing.bottom for height in heights)
        for (one, tall), (other, low) in zip(
            zip(known, heights, strict=True), list(zip(known, heights, strict=True))[1:], strict=False
        ):
            assert (tall >= low) if one >= other else (tall <= low)
        for bar in drawing.bars:
            assert drawing.left <= bar.x
            assert bar.x + bar.width <= drawing.right
            assert bar.y + bar.height <= drawing.bottom + 0.1
        rights = [bar.x + bar.width for bar in drawing.bars]
        assert all(end < bar.x for end, bar in zip(rights, drawing.bars[1:], strict=False))


def test_the_sentence_names_the_first_and_the_last_week_with_hours() -> None:
    said = share_chart(weeks(None, 100, None, 50, None)).summary
    assert (said.params["before"], said.params["now"]) == (100, 50)
    assert said.params["first"] == MONDAY + timedelta(weeks=1)


def test_rows_come_newest_first_with_the_empty_weeks() -> None:
    chart = share_chart(weeks(40, None))
    assert [row.share for row in chart.rows] == [None, 40]
    assert not share_chart(weeks(None)).drawings
