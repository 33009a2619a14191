"""The course of one point of the check-in: heights, gaps, the same answers as a table."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.charts.picture import Circle, Curve
from placement.charts.together import Answered, together_chart
from placement.domain.sessions import answer_words
from placement.domain.words import say

WORDS = {value: answer_words(value) for value in range(5, 0, -1)}
DAY = date(2026, 9, 7)


def said(*values: int | None) -> list[Answered]:
    return [Answered(DAY + timedelta(weeks=nth), value, f"s{nth}") for nth, value in enumerate(values)]


def test_nothing_said_draws_nothing() -> None:
    for answers in ([], said(None, None)):
        chart = together_chart(say("I felt heard."), WORDS, answers)
        assert (chart.summary.msgid, chart.pictures, chart.notes) == ("No answers yet.", (), ())


def test_a_skipped_question_breaks_the_line_and_is_told() -> None:
    chart = together_chart(say("I felt heard."), WORDS, said(2, 3, None, 4, 5))
    assert [note.params["n"] for note in chart.notes] == [1]
    for picture in chart.pictures:
        assert sum(isinstance(part, Curve) for part in picture.parts) == 2
        assert len(picture.points) == 4
    assert [row.key for row in chart.rows] == ["s4", "s3", "s2", "s1", "s0"]
    assert chart.rows[2].cells == (None,)
    assert chart.summary.params == {"first": WORDS[2], "last": WORDS[5]}


@given(st.lists(st.none() | st.integers(1, 5), min_size=1, max_size=100))
def test_higher_answers_stand_higher_inside_the_picture(values: list[int | None]) -> None:
    known = [value for value in values if value is not None]
    for picture in together_chart(say("x"), WORDS, said(*values)).pictures:
        dots = [part for point in picture.points for part in point.parts if isinstance(part, Circle)]
        assert len(dots) == len(known)
        assert all(0 <= dot.x <= picture.width and 0 <= dot.y <= picture.height for dot in dots)
        by_height = sorted(zip(known, (-dot.y for dot in dots), strict=True))
        assert [height for _, height in by_height] == sorted(height for _, height in by_height)
