"""Series of numbers: phases and their middles, gaps, weeks past sixty values, axes that hold every value."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.charts.measured import MOST_POINTS, Measured, measured_chart, phases
from placement.charts.picture import Circle, Curve, Ink, Line
from placement.domain.measures import Unit
from placement.domain.words import say

START = date(2026, 3, 2)
NAME = say("%(name)s", name="On time")


def series(values: list[float | None], phase: str = "A") -> list[Measured]:
    return [Measured(START + timedelta(days=nth), value, phase) for nth, value in enumerate(values)]


def test_a_gap_breaks_the_line_and_is_told() -> None:
    chart = measured_chart(NAME, Unit.PERCENT, series([20, 40, None, 60, 80]))
    for picture in chart.pictures:
        assert len([part for part in picture.parts if isinstance(part, Curve)]) == 2
        assert len(picture.points) == 4
    assert chart.rows[2].cells[0] is None
    assert any("missing" in (note.plural or note.msgid) for note in chart.notes)


def test_each_phase_has_its_middle_and_its_line() -> None:
    points = series([10, 20, 30]) + [
        Measured(START + timedelta(days=10 + nth), value, "B") for nth, value in enumerate((70.0, 90.0, 80.0))
    ]
    chart = measured_chart(NAME, Unit.PERCENT, points)
    wide = chart.pictures[-1]
    middles = [part for part in wide.parts if isinstance(part, Line) and part.ink is Ink.MEDIAN]
    lines = [part for part in wide.parts if isinstance(part, Line) and part.ink is Ink.PHASE]
    assert (len(middles), len(lines)) == (2, 1)
    assert middles[0].y1 > middles[1].y1  # more is higher up
    assert chart.summary.params["now"] == say("%(percent)s %%", percent=80.0)
    assert chart.summary.params["then"] == say("%(percent)s %%", percent=20.0)


def test_a_phase_that_returns_is_another_one() -> None:
    points = [Measured(START + timedelta(days=nth), 1.0, phase) for nth, phase in enumerate("ABA")]
    assert [part[0].phase for part in phases(points)] == ["A", "B", "A"]


def test_many_values_are_drawn_by_weeks_and_it_is_said() -> None:
    few = measured_chart(NAME, Unit.POINTS, series([1.0] * MOST_POINTS))
    many = measured_chart(NAME, Unit.POINTS, series([1.0] * (MOST_POINTS + 1)))
    assert len(few.pictures[0].points) == MOST_POINTS
    assert len(many.pictures[0].points) == 9
    assert many.columns[0] == say("Week from")


def test_no_values_draw_nothing() -> None:
    assert measured_chart(NAME, Unit.PERCENT, []).pictures == ()
    assert measured_chart(NAME, Unit.PERCENT, series([None, None])).pictures == ()


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=80), st.sampled_from(Unit))
def test_every_value_lies_inside_the_drawing(values: list[float], unit: Unit) -> None:
    for picture in measured_chart(NAME, unit, series(list(values))).pictures:
        grid = [part.y1 for part in picture.parts if isinstance(part, Line) and part.ink is Ink.GRID]
        assert 2 <= len(grid) <= 9
        for point in picture.points:
            (dot,) = point.parts
            assert isinstance(dot, Circle)
            assert min(grid) - 0.2 <= dot.y <= max(grid) + 0.2
            assert 0 <= dot.x <= picture.width


@given(st.lists(st.floats(0, 1000), min_size=2, max_size=40))
def test_a_higher_value_is_never_lower_down(values: list[float]) -> None:
    picture = measured_chart(NAME, Unit.POINTS, series(list(values))).pictures[0]
    heights = [part.y for point in picture.points for part in point.parts if isinstance(part, Circle)]
    for (a, y_a), (b, y_b) in zip(
        zip(values, heights, strict=True), list(zip(values, heights, strict=True))[1:], strict=False
    ):
        assert not (a > b and y_a > y_b)
