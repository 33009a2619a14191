"""What holds for every picture of every chart."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from placement.charts.axis import Tick
from placement.charts.palette import GREY, PRINT
from placement.charts.picture import Chart, Circle, Curve, Line, Part, Picture, Point, Rect, Star, Text
from placement.charts.scale import Words
from placement.charts.svg import svg


def write(words: Words | Tick) -> str:
    """Not a language, but enough to draw."""
    return words if isinstance(words, str) else type(words).__name__


def places(part: Part) -> list[tuple[float, float]]:
    """Every pixel a part names."""
    match part:
        case Line(x1, y1, x2, y2):
            return [(x1, y1), (x2, y2)]
        case Rect(x, y, width, height):
            return [(x, y), (x + width, y + height)]
        case Circle(x, y, r):
            return [(x - r, y - r), (x + r, y + r)]
        case Curve(d):
            numbers = [float(number) for number in re.findall(r"-?[\d.]+", d)]
            return list(zip(numbers[::2], numbers[1::2], strict=True))
        case Star(x, y, size):
            return [(x - size / 2, y - size / 2), (x + size / 2, y + size / 2)]
        case Text(x, y):
            return [(x, y)]
    raise AssertionError(part)


def parts_of(picture: Picture) -> list[Part]:
    return [*picture.parts, *(part for point in picture.points for part in point.parts)]


def check(picture: Picture) -> None:
    """Inside its frame, well-formed with and without colors, as many stops as points."""
    for part in parts_of(picture):
        for x, y in places(part):
            assert -4 <= x <= picture.width + 4, part
            assert -4 <= y <= picture.height + 4, part
    tell = said
    screen = svg(picture, write, tell, title="<title>", about="a & b", key="k")
    ElementTree.fromstring(screen)
    assert screen.count('class="dot"') == len(picture.points)
    assert screen.count('tabindex="0"') == min(1, len(picture.points))
    for palette in (PRINT, GREY):
        paper = svg(picture, write, tell, title="t", about="a", key="k", palette=palette)
        ElementTree.fromstring(paper)
        assert "class=" not in paper
        assert "var(" not in paper
        assert "tabindex" not in paper
        # The same marks in the same places.
        assert re.findall(r" d=\"[^\"]+\"", paper) == re.findall(r" d=\"[^\"]+\"", screen)


def said(point: Point) -> str:
    return write(point.words)


def check_chart(chart: Chart) -> None:
    """Two pictures or none, a sentence always, rows as wide as the columns."""
    assert len(chart.pictures) in (0, 2)
    assert all(len(row.cells) == len(chart.columns) - 1 for row in chart.rows)
    for picture in chart.pictures:
        check(picture)
