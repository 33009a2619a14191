"""What is written into a chart in one go: escaped, in words, and one stop for the Tab key."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask
from markupsafe import Markup

from placement.charts.levels import Level, LevelPoint, Mark, PhaseLine, level_chart
from placement.web.drawings import answers, dots, frame, lines, phases, stars, told

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


def test_the_table_says_every_answer_and_leads_to_its_occasion(app: Flask) -> None:
    points = [LevelPoint(START, 2, key="one", note="<i>noisy</i>"), LevelPoint(START + timedelta(days=1), None),
              LevelPoint(START + timedelta(days=2), 6, key="else")]  # fmt: skip
    with app.test_request_context():
        chart = level_chart(points, LEVELS, [Mark(START + timedelta(days=2), "<u>first</u>")])
        rows = answers(told(chart), {"one": "/shifts/one?a=1&b=2"}, "not tried", Markup("<svg/>")).split("</tr>")
    assert rows[0] == (
        '<tr><th scope="row">Sep 9, 2026</th><td>&lt;b&gt;alone&lt;/b&gt; '
        '<span class="tag sun">&lt;u&gt;first&lt;/u&gt;</span></td>'
    )
    assert rows[1] == '<tr><th scope="row">Sep 8, 2026</th><td><span class="soft">not tried</span></td>'
    assert rows[2] == (
        '<tr><th scope="row"><a href="/shifts/one?a=1&amp;b=2">Sep 7, 2026</a></th>'
        '<td>&#34;together&#34;<br><span class="note"><svg/> &lt;i&gt;noisy&lt;/i&gt;</span></td>'
    )


def test_stars_and_phase_lines_stand_where_their_drawing_has_them(app: Flask) -> None:
    points = [LevelPoint(START + timedelta(days=n), 4) for n in range(5)]
    with app.test_request_context():
        chart = level_chart(
            points, LEVELS, [Mark(START, "first")], [PhaseLine(START + timedelta(days=2), "<b>new</b>")]
        )
        for drawing in chart.drawings:
            star, flag = drawing.stars[0], drawing.flags[0]
            assert f"translate({star.x - 10:g} {star.y - 10:g})" in stars(drawing)
            assert f'<line x1="{flag.x}" x2="{flag.x}"' in phases(drawing)
            assert "&lt;b&gt;new&lt;/b&gt;" in phases(drawing)
            assert "<b>" not in phases(drawing)
