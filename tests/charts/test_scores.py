"""Scores over time: on their whole scale, gaps where there is no score, milestones on the same axis."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.charts.picture import Circle, Curve
from placement.charts.scores import Mark, Scored, scores_chart
from placement.domain.questionnaires import change_words
from tests.charts.pictures import check_chart

DAY = date(2026, 9, 7)
ENDS = (0.0, 30.0)


def scored(*values: float | None) -> list[Scored]:
    return [Scored(DAY + timedelta(weeks=nth), value, f"s{nth}") for nth, value in enumerate(values)]


def test_without_a_score_nothing_is_drawn_and_nothing_is_said_of_change() -> None:
    for rows in ([], scored(None, None)):
        chart = scores_chart("Own", ENDS, rows, [Mark(DAY, "On time")], [change_words(2.0)])
        check_chart(chart)
        assert (chart.summary.msgid, chart.pictures) == ("No score yet.", ())
        assert "change" not in " ".join(note.msgid for note in chart.notes)


def test_what_the_scale_can_show_is_told_and_milestones_stand_on_the_axis_of_the_scores() -> None:
    marks = [Mark(DAY - timedelta(days=1), "Before"), Mark(DAY + timedelta(days=9), "Alone at the till")]
    chart = scores_chart("Own", ENDS, scored(12, None, 20, 22), marks, [change_words(3.5)])
    check_chart(chart)
    told = [note.msgid for note in chart.notes]
    assert told[0].startswith("A change smaller than")
    assert any(note.startswith("Stars are milestones. That things happen together") for note in told)
    assert chart.summary.params["first"].params == {"number": 12}
    assert chart.summary.params["last"].params == {"number": 22}
    # Newest first; what was before the first score is left out.
    assert [row.cells[1] for row in chart.rows if row.cells[1]] == ["Alone at the till"]
    for picture in chart.pictures:
        # Nothing is drawn across the time without a score.
        assert sum(isinstance(part, Curve) for part in picture.parts) == 1


@given(st.lists(st.none() | st.floats(0, 30), min_size=1, max_size=60), st.lists(st.integers(-9, 500), max_size=12))
def test_higher_scores_stand_higher_and_all_is_inside(values: list[float | None], days: list[int]) -> None:
    marks = [Mark(DAY + timedelta(days=day), f"m{day}") for day in days]
    chart = scores_chart("Own", ENDS, scored(*values), marks)
    check_chart(chart)
    known = [value for value in values if value is not None]
    for picture in chart.pictures:
        dots = [part for point in picture.points for part in point.parts if isinstance(part, Circle)]
        assert len(dots) == len(known)
        by_height = sorted(zip((-dot.y for dot in dots), known, strict=True))
        assert all(one[1] <= other[1] + 0.05 * 30 for one, other in zip(by_height, by_height[1:], strict=False))
