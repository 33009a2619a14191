"""What charts are made of: parts in pixels, points that can be walked along, and the same numbers as a table.

A chart says nothing about colors. Each part has an :class:`Ink`; the style sheet
of a page or a palette (see :mod:`placement.charts.palette`) gives it one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from placement.charts.axis import Tick
from placement.charts.level_drawing import Shape
from placement.charts.phases import Flag
from placement.charts.scale import Words, path
from placement.domain.words import Say

#: Panels whose axis is in numbers need less room at the left than levels in words.
PANEL_NARROW = Shape("narrow", 300, 46, 14, 4)
PANEL_WIDE = Shape("wide", 640, 56, 22, 7)
#: Room below a panel for the time axis and the line that says what the point in focus is.
FOOT = 46.0


class Ink(StrEnum):
    """What a part means, and its class on a page."""

    GRID = "gridline"
    TRACE = "trace"
    MEDIAN = "median"
    BAND = "band"
    PHASE = "phase-line"
    FLAG = "flag"
    LINK = "link"
    TEXT = "words"
    STRONG = "strong"
    NUMBER = "nr"
    HELP_0 = "help-0"
    HELP_1 = "help-1"
    HELP_2 = "help-2"
    HELP_3 = "help-3"
    HELP_4 = "help-4"
    #: Only its edge: planned, missed, or somebody's own word.
    OPEN = "open"
    STAR = "star"


HELP = (Ink.HELP_0, Ink.HELP_1, Ink.HELP_2, Ink.HELP_3, Ink.HELP_4)


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    ink: Ink
    round: float = 0.0


@dataclass(frozen=True, slots=True)
class Circle:
    x: float
    y: float
    r: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Curve:
    """An SVG path."""

    d: str
    ink: Ink


@dataclass(frozen=True, slots=True)
class Star:
    x: float
    y: float
    size: float
    ink: Ink = Ink.STAR


@dataclass(frozen=True, slots=True)
class Text:
    """``anchor``: start, middle or end. With ``chars``, at most two lines of about so many letters around ``y``."""

    x: float
    y: float
    words: Words | Tick
    anchor: str = "middle"
    ink: Ink = Ink.TEXT
    chars: int = 0


Part = Line | Rect | Circle | Curve | Star | Text


@dataclass(frozen=True, slots=True)
class Point:
    """Something with a value: its marks, the stretch that takes the pointer (x, y, width, height), what it says."""

    parts: tuple[Part, ...]
    hit: tuple[float, float, float, float]
    day: date | None
    words: Words


@dataclass(frozen=True, slots=True)
class Picture:
    """One SVG in pixels. ``legend``: phase lines whose words did not fit, by number.

    ``name`` is narrow or wide: a page shows one of the two. Points in order of time.
    """

    name: str
    width: float
    height: float
    parts: tuple[Part, ...]
    points: tuple[Point, ...]
    legend: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Percent:
    value: float


@dataclass(frozen=True, slots=True)
class Minutes:
    value: int


#: A cell of a table; None is written as nothing said.
Cell = Words | date | Percent | Minutes | int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; ``key`` is whatever the caller needs to link it."""

    head: date | Words
    cells: tuple[Cell, ...]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A sentence first, then pictures (none without numbers), what one must know to read them, and the numbers.

    ``title`` names the chart, ``columns`` the table's columns with the first one for ``Row.head``.
    """

    title: Say
    summary: Say
    notes: tuple[Say, ...]
    pictures: tuple[Picture, ...]
    columns: tuple[Say, ...]
    rows: tuple[Row, ...]


def diamond(x: float, y: float, r: float, ink: Ink) -> Curve:
    """A mark told from a circle by its shape."""
    return Curve(path([(x, y - r), (x + r, y), (x, y + r), (x - r, y)]) + "Z", ink)


def phase_parts(flags: tuple[Flag, ...], numbered: bool, bottom: float) -> list[Part]:
    """Phase lines down to ``bottom``, with their words or, where those don't fit, a number each."""
    parts: list[Part] = []
    for flag in flags:
        top = flag.label_y + 4 if numbered else flag.label_y - 10
        parts.append(Line(flag.x, top, flag.x, bottom, Ink.PHASE))
        if numbered:
            parts.append(Circle(flag.label_x, flag.label_y - 4, 8, Ink.FLAG))
            parts.append(Text(flag.label_x, flag.label_y, str(flag.number), "middle", Ink.NUMBER))
        else:
            parts.append(Text(flag.label_x, flag.label_y, flag.words, flag.anchor, Ink.TEXT))
    return parts


def tick_parts(ticks: tuple[Tick, ...], y: float) -> list[Part]:
    """The labels of a time axis."""
    return [Text(tick.x, y, tick) for tick in ticks]
