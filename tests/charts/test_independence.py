"""What is done alone, beside the same person's earlier shifts."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.charts.independence import MOST_POINTS, Alone, Of, independence_chart, own_band
from placement.charts.phases import PhaseLine
from placement.charts.picture import Ink, Rect
from tests.charts.pictures import check_chart, parts_of

START = date(2026, 9, 7)  # a Monday


def shifts(*percents: float, every: int = 3) -> list[Alone]:
    return [Alone(START + timedelta(days=every * nth), percent, 100, str(nth)) for nth, percent in enumerate(percents)]


HISTORIES = st.lists(
    st.tuples(st.integers(0, 1090), st.integers(1, 8), st.integers(0, 8)).map(
        lambda one: Alone(START + timedelta(days=one[0]), min(one[1], one[2]), one[1])
    ),
    max_size=90,
)
LINES = st.lists(
    st.integers(-20, 1100).map(lambda days: PhaseLine(START + timedelta(days=days), "a new shop")), max_size=6
)


@given(HISTORIES, LINES)
def test_every_history_fits_and_says_as_much_as_it_draws(history: list[Alone], events: list[PhaseLine]) -> None:
    chart = independence_chart(history, events)
    check_chart(chart)
    assert bool(chart.pictures) == bool(history)
    for picture in chart.pictures:
        assert len(picture.points) == len(chart.rows)


@given(HISTORIES)
def test_the_band_is_drawn_from_earlier_shifts_alone(history: list[Alone]) -> None:
    ordered = sorted(history, key=lambda point: point.at)
    band = own_band(ordered)
    assert (band is None) == (len(ordered) < 10)
    if band is not None:
        before = [point.percent for point in ordered[-band.later - band.earlier : -band.later]]
        assert min(before) <= band.low <= band.middle <= band.high <= max(before)
        assert band.middle == pytest.approx(median(before))
        # What comes after changes nothing about it.
        changed = [*ordered[: -band.later], *(Alone(one.at, one.tried, one.tried) for one in ordered[-band.later :])]
        again = own_band(changed)
        assert again is not None
        assert (again.low, again.middle, again.high, again.now) == (band.low, band.middle, band.high, 100)


def test_three_shifts_make_a_chart_and_no_comparison() -> None:
    chart = independence_chart(shifts(20, 40, 40))
    assert "Too few shifts" in chart.summary.msgid
    assert [len(picture.points) for picture in chart.pictures] == [3, 3]
    assert not any(isinstance(part, Rect) and part.ink is Ink.BAND for part in parts_of(chart.pictures[0]))


def test_now_stands_beside_then() -> None:
    chart = independence_chart(shifts(20, 40, 40, 20, 40, 60, 60, 80, 80, 80))
    assert (chart.summary.params["now"], chart.summary.params["then"]) == (80, 40)
    assert any(isinstance(part, Rect) and part.ink is Ink.BAND for part in chart.pictures[1].parts)


def test_past_sixty_shifts_weeks_are_drawn_and_that_is_said() -> None:
    many = shifts(*(nth % 5 * 25 for nth in range(MOST_POINTS + 1)), every=2)
    chart = independence_chart(many)
    assert any("one week" in note.msgid for note in chart.notes)
    assert len(chart.rows) < 30
    assert chart.columns[0].msgid == "Week from"
    assert not independence_chart(many[:-1]).notes[0].msgid.startswith("Each point")


def test_nothing_tried_is_refused() -> None:
    with pytest.raises(ValueError, match="tried"):
        independence_chart([Alone(START, 0, 0)])


def test_one_task_speaks_of_shifts() -> None:
    weeks = [Alone(START + timedelta(weeks=nth), nth // 5, 2) for nth in range(10)]
    chart = independence_chart(weeks, of=Of.SHIFTS)
    assert chart.summary.params == {"later": 5, "now": 50, "earlier": 5, "then": 0}
    assert chart.columns[-1].msgid == "Shifts"
    assert "shifts on which" in chart.notes[0].msgid
