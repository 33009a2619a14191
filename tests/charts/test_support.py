"""Time with a coach beside what is done alone."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.charts.phases import PhaseLine
from placement.charts.picture import Minutes, Percent, Rect
from placement.charts.support import MOST_WEEKS, SupportWeek, support_chart
from placement.domain.words import Say
from tests.charts.pictures import check_chart

MONDAY = date(2026, 1, 5)


def weeks(*values: tuple[int, float | None]) -> list[SupportWeek]:
    return [SupportWeek(MONDAY + timedelta(weeks=nth), *value) for nth, value in enumerate(values)]


WEEKS = st.lists(st.tuples(st.integers(0, 2400), st.none() | st.floats(0, 100)), max_size=160)


@given(WEEKS, st.lists(st.integers(0, 1100), max_size=4))
def test_every_history_fits(values: list[tuple[int, float | None]], lines: list[int]) -> None:
    events = [PhaseLine(MONDAY + timedelta(days=days), "coach left") for days in lines]
    chart = support_chart(weeks(*values), events)
    check_chart(chart)
    assert len(chart.rows) <= MOST_WEEKS
    assert bool(chart.rows) == any(minutes or alone is not None for minutes, alone in values)


@given(st.lists(st.integers(1, 2400), min_size=2, max_size=40))
def test_a_longer_time_is_a_taller_bar(minutes: list[int]) -> None:
    for picture in support_chart(weeks(*((amount, None) for amount in minutes))).pictures:
        bars = [part for point in picture.points for part in point.parts if isinstance(part, Rect)]
        assert len(bars) == len(minutes)
        pairs = sorted(zip(minutes, (bar.height for bar in bars), strict=True))
        assert [tall for _, tall in pairs] == sorted(tall for _, tall in pairs)


def test_first_weeks_beside_last_weeks() -> None:
    said = support_chart(weeks((240, 20), (180, 20), (60, 60), (60, 80))).summary
    assert (said.params["hours"], said.params["hours_now"]) == (3.5, 1.0)
    assert isinstance(said.params["share_now"], Say)
    assert said.params["share_now"].params["percent"] == 70


def test_empty_ends_are_left_out_and_gaps_stay() -> None:
    chart = support_chart(weeks((0, None), (60, 40), (0, None), (30, None), (0, None)))
    assert [row.cells for row in chart.rows] == [
        (None, Minutes(30)), (None, Minutes(0)), (Percent(40), Minutes(60)),
    ]  # fmt: skip
    assert any("no answers" in note.msgid for note in chart.notes)
    assert not support_chart([]).pictures


def test_three_years_are_drawn_four_weeks_at_a_time() -> None:
    chart = support_chart(weeks(*((100, 50.0) for _ in range(156))))
    assert len(chart.rows) == 39
    assert "four weeks" in chart.notes[0].msgid
    assert chart.rows[0].cells[1] == Minutes(100)
    assert chart.rows[0].head == MONDAY + timedelta(weeks=152)
