"""What is written into a chart in one go: escaped, in words, and one stop for the Tab key."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from placement.charts.levels import Level, LevelPoint, level_chart
from placement.web.drawings import dots, frame, lines, told

LEVELS = [Level(6, "<b>alone</b>"), Level(4, "after a hint & a look"), Level(2, '"together"')]
START = date(2026, 9, 7)


def test_words_are_escaped_wherever_they_stand(app: Flask) -> None:
    with app.test_request_context():
        chart = level_chart([LevelPoint(START + timedelta(days=n), rank) for n, rank in enumerate((2, 4, 6))], LEVELS)
        said = lines(told(chart))
        for drawing in chart.drawings:
            drawn = dots(drawing, said) + frame(drawing)
            assert "<b>" not in drawn
            assert "&lt;b&gt;alone" in drawn
            assert "&amp; a look" in drawn
            assert '""' not in drawn


def test_every_point_says_its_day_its_answer_and_how_many_they_are(app: Flask) -> None:
    points = [LevelPoint(START, 2, count=1), LevelPoint(START + timedelta(days=7), None, count=0),
              LevelPoint(START + timedelta(days=14), 6, count=3)]  # fmt: skip
    with app.test_request_context():
        rows = told(level_chart(points, [Level(6, "alone"), Level(2, "together")], weekly=True))
        assert [row.words for row in rows] == ["alone", "", "together"]
        assert lines(rows) == ["Sep 7, 2026: together, 1 answer", "Sep 21, 2026: alone, 3 answers"]


def test_the_tab_key_stops_once_at_the_last_point(app: Flask) -> None:
    with app.test_request_context():
        chart = level_chart([LevelPoint(START + timedelta(days=n), 4) for n in range(3)], LEVELS)
        drawn = dots(chart.drawings[0], lines(told(chart)))
        assert drawn.count('tabindex="-1"') == 2
        assert drawn.rindex('tabindex="0"') > drawn.rindex('tabindex="-1"')


def test_a_chart_without_answers_draws_nothing(app: Flask) -> None:
    with app.test_request_context():
        assert told(level_chart([], LEVELS)) == []
        assert lines([]) == []
