"""A picture as SVG: with classes on a page, with literal colors on paper. The geometry is the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import escape
from textwrap import wrap

from placement.charts.axis import Tick
from placement.charts.palette import Palette
from placement.charts.phases import LETTER
from placement.charts.picture import Circle, Curve, Line, Part, Picture, Point, Rect, Star, Text
from placement.charts.scale import Words

#: Text of a label, a tick of the time axis, or a point in the reader's language, not escaped.
Write = Callable[[Words | Tick], str]
Tell = Callable[[Point], str]

#: Circles with a smaller radius lose their edge.
CROWDED = 3.0

_STAR = "M12 2.5l2.9 6.1 6.6.8-4.9 4.5 1.3 6.6L12 17.3l-5.9 3.2 1.3-6.6L2.5 9.4l6.6-.8z"


def svg(
    picture: Picture, write: Write, tell: Tell, *, title: str, about: str, key: str, palette: Palette | None = None
) -> str:
    """The whole tag. ``title`` and ``about`` (a sentence) are read out; ``key`` is unique on the page.

    Without a palette, parts have classes, and each point can be focused and then says what it is. With one, colors
    are literal and nothing moves.
    """
    size = f'viewBox="0 0 {picture.width:g} {picture.height:g}"'
    name = f"{key}-{picture.name}"
    head = f'<title id="{name}">{escape(title)}</title><desc id="{name}-about">{escape(about)}</desc>'
    parts = "".join(part_svg(part, write, palette) for part in picture.parts)
    if palette is not None:
        points = "".join(part_svg(part, write, palette) for point in picture.points for part in point.parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} width="{picture.width:g}" height="{picture.height:g}"'
            f' role="img" aria-labelledby="{name} {name}-about" font-size="12.5">{head}{parts}{points}</svg>'
        )
    last = len(picture.points) - 1
    points = "".join(
        _focusable(point, write, tell(point), nth == last, picture) for nth, point in enumerate(picture.points)
    )
    circles = [part.r for point in picture.points for part in point.parts if isinstance(part, Circle)]
    crowded = " crowded" if circles and min(circles) < CROWDED else ""
    return (
        f'<svg class="chart-{picture.name}{crowded}" {size} role="group" aria-labelledby="{name}"'
        f' aria-describedby="{name}-about">{head}<g aria-hidden="true">{parts}</g>{points}</svg>'
    )


def _focusable(point: Point, write: Write, said: str, last: bool, picture: Picture) -> str:
    x, y, width, height = point.hit
    marks = "".join(part_svg(part, write, None, "" if isinstance(part, Text) else "ring ") for part in point.parts)
    return (
        f'<g class="dot" role="img" tabindex="{0 if last else -1}" aria-label="{escape(said)}">'
        f'<rect class="hit" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"/>{marks}'
        f'<g class="tip" aria-hidden="true">{_tip(said, picture)}</g></g>'
    )


def _tip(said: str, picture: Picture) -> str:
    """What a point says, at the foot of its picture: in two lines at most, since whoever listens hears all of it."""
    small = picture.name == "small"
    at, anchor = (0.0, "start") if small else (picture.width / 2, "middle")
    lines = [said] if small else wrap(said, round(picture.width / LETTER))
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1]} …"]
    first = picture.height - 5 - 15 * (len(lines) - 1)
    return "".join(
        f'<text x="{at:g}" y="{first + 15 * nth:g}" text-anchor="{anchor}">{escape(line)}</text>'
        for nth, line in enumerate(lines)
    )


def part_svg(part: Part, write: Write, palette: Palette | None, also: str = "") -> str:
    """One part. ``also``: further classes, with a space behind them."""
    look = f' class="{also}{part.ink}"' if palette is None else palette[part.ink].attributes()
    match part:
        case Line(x1, y1, x2, y2):
            return f'<line{look} x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}"/>'
        case Rect(x, y, width, height):
            corner = f' rx="{part.round:g}"' if part.round else ""
            return f'<rect{look} x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{corner}/>'
        case Circle(x, y, r):
            return f'<circle{look} cx="{x:g}" cy="{y:g}" r="{r:g}"/>'
        case Curve(d):
            return f'<path{look} d="{d}"/>'
        case Star(x, y, size):
            at = f"translate({x - size / 2:g} {y - size / 2:g}) scale({size / 24:g})"
            return f'<path{look} transform="{at}" d="{_STAR}"/>'
        case Text():
            return _text(part, write(part.words), look)


def _text(part: Text, text: str, look: str) -> str:
    if not part.chars:
        return f'<text{look} x="{part.x:g}" y="{part.y:g}" text-anchor="{part.anchor}">{escape(text)}</text>'
    lines = label_lines(text, part.chars)
    first = part.y - (len(lines) - 1) * 6.5
    spans = "".join(
        f'<tspan x="{part.x:g}" y="{first + 13 * nth:g}">{escape(line)}</tspan>' for nth, line in enumerate(lines)
    )
    return f'<text{look} text-anchor="{part.anchor}">{spans}</text>'


@lru_cache(maxsize=1024)
def label_lines(text: str, chars: int) -> tuple[str, ...]:
    """Two lines of about ``chars`` letters at most; a longer word is not broken."""
    return tuple(wrap(text, chars, break_long_words=False)[:2])
