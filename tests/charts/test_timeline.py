"""The course of a placement."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.charts.picture import Rect, Star
from placement.charts.timeline import Came, Lane, Moment, ShiftDay, Stretch, timeline_chart
from placement.domain.placements import PlacementState
from tests.charts.pictures import check_chart, parts_of

START, TODAY = date(2026, 9, 7), date(2026, 11, 23)
DAYS = st.integers(0, 1090).map(lambda days: START + timedelta(days=days))
STATES = (PlacementState.PROPOSED, PlacementState.ACTIVE, PlacementState.PAUSED, PlacementState.COMPLETED)


def course(days: list[date]) -> list[Stretch]:
    """The states one after the other, the last one open."""
    firsts = sorted(days)
    return [Stretch(*one) for one in zip(firsts, [*firsts[1:], None], STATES, strict=False)]


@given(
    st.lists(DAYS, max_size=4),
    st.lists(st.builds(ShiftDay, DAYS, st.sampled_from(Came)), max_size=120),
    st.lists(st.builds(Moment, DAYS, st.sampled_from([Lane.STEPS, Lane.MILESTONES, Lane.COACH]),
                       st.just("a review"), st.booleans(), st.none() | st.just("40 %")), max_size=25),
)  # fmt: skip
def test_every_course_fits_and_loses_nothing(days: list[date], shifts: list[ShiftDay], moments: list[Moment]) -> None:
    chart = timeline_chart(course(days), shifts, moments, TODAY)
    check_chart(chart)
    assert bool(chart.pictures) == bool(days or shifts or moments)
    assert sum(row.cells == ("a review",) for row in chart.rows) == len(moments)
    for picture in chart.pictures:
        assert len(picture.points) <= 4 + 60 + len(moments)


def test_a_pause_stands_between_and_counts_are_said() -> None:
    stretches = [
        Stretch(START, START + timedelta(days=30), PlacementState.ACTIVE),
        Stretch(START + timedelta(days=30), START + timedelta(days=44), PlacementState.PAUSED),
        Stretch(START + timedelta(days=44), None, PlacementState.ACTIVE),
    ]
    shifts = [ShiftDay(START + timedelta(days=n), Came.MISSED if n == 4 else Came.DONE) for n in (0, 2, 4, 50)]
    moments = [Moment(START + timedelta(days=50), Lane.MILESTONES, "alone")]
    chart = timeline_chart(stretches, shifts, moments, TODAY)
    counts = {name: said.params["n"] for name, said in chart.summary.params.items()}
    assert counts == {"done": 3, "missed": 1, "milestones": 1}
    wide = chart.pictures[1]
    assert sum(isinstance(part, Star) for part in parts_of(wide)) == 1
    first = wide.points[3]
    assert [part for part in first.parts if isinstance(part, Rect)][0].height > 10
    assert "week" in chart.notes[0].msgid


def test_marks_that_would_cover_each_other_become_one_that_says_both() -> None:
    moments = [Moment(START + timedelta(days=n), Lane.STEPS, f"step {n}") for n in (0, 1, 400)]
    picture = timeline_chart([], [], moments, TODAY).pictures[0]
    assert len(picture.points) == 2
    assert picture.points[0].words.params == {"one": "step 0", "other": "step 1"}  # type: ignore[union-attr]


def test_three_years_are_bars_of_four_weeks() -> None:
    shifts = [ShiftDay(START + timedelta(days=3 * n), Came.DONE) for n in range(360)]
    chart = timeline_chart([], shifts, [], START + timedelta(days=1100))
    assert "four weeks" in chart.notes[0].msgid
    assert all(len(picture.points) < 41 for picture in chart.pictures)
