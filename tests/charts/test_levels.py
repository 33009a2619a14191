from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.charts.levels import Level, LevelPoint, Mark, PhaseLine, level_chart, weekly_medians
from placement.domain.words import say

LEVELS = [
    Level(6, {"en": "alone"}),
    Level(5, {"en": "after a reminder"}),
    Level(4, {"en": "after a hint"}),
    Level(3, {"en": "after showing"}),
    Level(2, {"en": "together"}),
]
START = date(2026, 9, 7)  # a Monday


def points(*ranks: float | None, every: int = 3) -> list[LevelPoint]:
    return [LevelPoint(START + timedelta(days=every * i), rank, str(i)) for i, rank in enumerate(ranks)]


HISTORIES = st.lists(
    st.tuples(st.integers(0, 1100), st.none() | st.integers(0, 6)).map(
        lambda pair: LevelPoint(START + timedelta(days=pair[0]), pair[1])
    ),
    max_size=150,
)
DAYS = st.integers(-50, 1200).map(lambda days: START + timedelta(days=days))


@given(
    HISTORIES,
    st.lists(st.builds(Mark, DAYS, st.just("kept"), st.sampled_from((None, True, False))), max_size=5),
    st.lists(DAYS.map(lambda day: PhaseLine(day, "a new supervisor")), max_size=12),
)
def test_everything_stays_inside_the_drawing(
    history: list[LevelPoint], marks: list[Mark], events: list[PhaseLine]
) -> None:
    chart = level_chart(history, LEVELS, marks, events)
    assert bool(chart.drawings) == any(point.rank is not None for point in history)
    for drawing in chart.drawings:
        left, right = drawing.shape.left, drawing.shape.width
        assert all(left <= dot.x <= right and 0 <= dot.y <= drawing.bottom for dot in drawing.dots)
        assert all(left <= star.x <= right and 0 <= star.y <= drawing.bottom for star in drawing.stars)
        assert all(left <= flag.x <= right and 0 < flag.label_y < drawing.top for flag in drawing.flags)
        assert all(0 <= tick.x <= right for tick in drawing.ticks)
        corners = [re.findall(r"(-?[\d.]+) (-?[\d.]+)", check.d) for check in drawing.checks]
        assert all(left <= float(x) <= right and 0 <= float(y) <= drawing.bottom for check in corners for x, y in check)
        assert len(drawing.checks) <= sum(mark.kept is not None for mark in marks)
        numbers = [float(n) for trace in drawing.traces for n in re.findall(r"[\d.]+", trace)]
        assert all(0 <= number <= right for number in numbers)


@given(HISTORIES)
def test_a_higher_rank_is_never_drawn_lower_or_lighter(history: list[LevelPoint]) -> None:
    for drawing in level_chart(history, LEVELS).drawings:
        by_height = sorted(drawing.dots, key=lambda dot: -dot.y)
        assert [dot.step for dot in by_height] == sorted(dot.step for dot in by_height)


def test_each_level_has_its_own_line_and_lightness() -> None:
    wide = level_chart(points(2, 3, 4, 5, 6), LEVELS).drawings[1]
    assert [dot.step for dot in wide.dots] == [0, 1, 2, 3, 4]
    assert [dot.y for dot in wide.dots] == [line.y for line in wide.grid]
    assert [line.words for line in wide.grid if line.top] == [{"en": "alone"}]


def test_a_task_not_tried_is_a_gap_and_never_a_zero() -> None:
    chart = level_chart(points(3, 4, None, 5, 6), LEVELS)
    wide = chart.drawings[1]
    assert len(wide.dots) == 4
    assert len(wide.traces) == 2
    assert say("A gap means that the task was not tried.") in chart.notes
    assert [row.words for row in chart.rows][2] is None


def test_the_line_breaks_at_a_phase_line_and_over_a_long_silence() -> None:
    event = PhaseLine(START + timedelta(days=5), "new store")
    assert len(level_chart(points(3, 4, 5, 6), LEVELS, events=[event]).drawings[0].traces) == 2
    assert level_chart(points(3, 4, every=40), LEVELS).drawings[0].traces == ()


def test_what_happened_before_the_first_answer_draws_no_line() -> None:
    event = PhaseLine(START, "new store")
    assert level_chart(points(3, 4), LEVELS, events=[event]).drawings[0].flags == ()


def test_past_sixty_answers_weeks_are_drawn_and_said() -> None:
    sixty = level_chart(points(*[4] * 60), LEVELS)
    assert (sixty.weekly, len(sixty.drawings[0].dots)) == (False, 60)
    more = level_chart(points(*[4] * 61), LEVELS)
    assert more.weekly
    assert len(more.drawings[0].dots) == len(more.rows) == 26
    assert say("Each point is the middle answer of one week.") in more.notes
    assert sum(row.count for row in more.rows) == 61


def test_weekly_medians() -> None:
    days = [(0, 3), (1, 6), (2, None), (6, 4), (7, None), (21, 5), (22, 6)]
    given_points = [LevelPoint(START + timedelta(days=day), rank) for day, rank in days]
    assert [(p.at, p.rank, p.count) for p in weekly_medians(given_points)] == [
        (START, 4, 3),
        (START + timedelta(days=7), None, 0),
        (START + timedelta(days=21), 5.5, 2),
    ]


def test_a_median_between_two_levels_says_so() -> None:
    chart = level_chart([LevelPoint(START, 5.5, count=2)], LEVELS, weekly=True)
    assert chart.rows[0].words == say(
        "between “%(low)s” and “%(high)s”", low={"en": "after a reminder"}, high={"en": "alone"}
    )


def test_a_rank_the_scale_no_longer_has_is_named_by_its_neighbors() -> None:
    short = [LEVELS[0], LEVELS[2], LEVELS[4]]
    rows = level_chart(points(5, 0), short).rows
    assert rows[1].words == say("between “%(low)s” and “%(high)s”", low={"en": "after a hint"}, high={"en": "alone"})
    assert rows[0].words == say("more help than “%(level)s”", level={"en": "together"})


@pytest.mark.parametrize(
    ("ranks", "start"),
    [
        ((), "No answers yet."),
        ((None,), "No answers yet."),
        ((4,), "One answer so far"),
        ((3, None, 6), "From "),
        ((4, 6, 4), "“%(first)s” on %(from_day)s, and"),
        ((6, 4), "“%(first)s” on %(from_day)s, “%(last)s”"),
    ],
)
def test_the_sentence_tells_the_first_and_the_last_answer(ranks: tuple[int | None, ...], start: str) -> None:
    assert level_chart(points(*ranks), LEVELS).summary.msgid.startswith(start)


def test_a_star_sits_on_its_day_and_in_its_row() -> None:
    mark = Mark(START + timedelta(days=6), {"en": "first time alone"})
    chart = level_chart(points(4, 5, 6, 5), LEVELS, [mark])
    wide = chart.drawings[1]
    assert (wide.stars[0].x, wide.stars[0].y) == (wide.dots[2].x, wide.dots[2].y)
    assert [row.marks for row in chart.rows] == [(), (mark,), (), ()]


def test_a_check_stands_above_its_day_and_says_whether_it_was_kept() -> None:
    marks = [
        Mark(START + timedelta(days=3), "check: kept", kept=True),
        Mark(START + timedelta(days=9), "check: needs a look", kept=False),
    ]
    chart = level_chart(points(4, 6, 6, 5), LEVELS, marks)
    for drawing in chart.drawings:
        assert drawing.stars == ()
        assert [check.kept for check in drawing.checks] == [True, False]
        for check, dot in zip(drawing.checks, (drawing.dots[1], drawing.dots[3]), strict=True):
            corners = [tuple(map(float, pair.split())) for pair in check.d.strip("MZ").split("L")]
            assert max(y for _, y in corners) < dot.y - drawing.radius
            assert sum(x for x, _ in corners) / 4 == pytest.approx(dot.x, abs=0.2)
    assert [row.marks for row in chart.rows] == [(marks[1],), (), (marks[0],), ()]
    assert any("diamond" in note.msgid for note in chart.notes)


def test_labels_that_do_not_fit_become_numbers() -> None:
    events = [PhaseLine(START + timedelta(days=2 + i), "a long description of what changed") for i in range(4)]
    narrow, wide = level_chart(points(*[4] * 20), LEVELS, events=events).drawings
    assert narrow.numbered
    assert [flag.number for flag in wide.flags] == [1, 2, 3, 4]
    assert not level_chart(points(*[4] * 20), LEVELS, events=[PhaseLine(events[0].day, "new")]).drawings[0].numbered


def test_a_phase_line_never_crosses_a_label() -> None:
    events = [PhaseLine(START + timedelta(days=day), "coach left") for day in (30, 52, 90, 105)]
    for drawing in level_chart(points(*[4] * 40), LEVELS, events=events).drawings:
        if drawing.numbered:
            continue
        for flag in drawing.flags:
            length = len("coach left") * 7
            start = flag.label_x if flag.anchor == "start" else flag.label_x - length
            crossing = [f for f in drawing.flags if start < f.x < start + length and f.label_y <= flag.label_y]
            assert crossing == []


def test_a_scale_needs_two_different_levels() -> None:
    with pytest.raises(ValueError):
        level_chart([], LEVELS[:1])
    with pytest.raises(ValueError):
        level_chart([], [LEVELS[0], LEVELS[0]])
