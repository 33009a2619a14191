"""Abstract pictures drawn from a number: soft shapes without a meaning, for somebody to say what they are for them.

A pure function of the seed. Words are kept with the seed alone, so a seed has to draw the same picture for good:
whoever wants other pictures adds a family, and leaves the drawing of these as it is. Numbers come from a hash and not
from the library's generator, whose sequence is not promised.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from placement.domain.words import Say, say

WIDTH, HEIGHT = 320, 240
#: Shades a shape may have, from 0 (nearest to the ground) up; the style sheet knows their colors, light and dark.
TONES = 5
#: Pictures offered together, and how often others can be asked for.
TOGETHER, SETS = 4, 6
SEEDS = range(1, TOGETHER * SETS + 1)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """``path``: SVG path data in a box of WIDTH × HEIGHT. ``line``: drawn as a line, not filled."""

    path: str
    tone: int
    line: bool = False


@dataclass(frozen=True, slots=True)
class AbstractPicture:
    """``about``: what is drawn, for those who hear the page; nothing of what it could mean."""

    seed: int
    about: Say
    shapes: tuple[Shape, ...]


class _Numbers:
    """Numbers between 0 and 1 that follow from a seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._count = 0

    def between(self, low: float, high: float) -> float:
        self._count += 1
        digest = sha256(f"{self._seed}:{self._count}".encode()).digest()
        return low + (high - low) * int.from_bytes(digest[:6], "big") / 2**48

    def tone(self, lowest: int = 0) -> int:
        return min(int(self.between(lowest, TONES)), TONES - 1)


def draw(seed: int) -> AbstractPicture:
    """The picture of a seed; any whole number draws one."""
    about, family = _FAMILIES[seed % len(_FAMILIES)]
    return AbstractPicture(seed, about, tuple(family(_Numbers(seed))))


def offered(nth: int) -> tuple[int, ...]:
    """The seeds of the ``nth`` set, counted round from 0: one picture of each family."""
    first = SEEDS.start + (nth % SETS) * TOGETHER
    return tuple(range(first, first + TOGETHER))


def _bands(numbers: _Numbers) -> Iterable[Shape]:
    """Wide bands, one above another."""
    count = 5 + int(numbers.between(0, 3))
    top = numbers.between(24, 60)
    for nth in range(count):
        middle = top + (HEIGHT - top) * nth / count
        swing = numbers.between(8, 26)
        edge = [(x, middle + numbers.between(-swing, swing)) for x in (-40, 50, 140, 230, 300, 370)]
        path = f"{_smooth(edge)} L370 {HEIGHT + 10} L-40 {HEIGHT + 10} Z"
        yield Shape(path, nth % TONES)


def _rounds(numbers: _Numbers) -> Iterable[Shape]:
    """Round shapes of several sizes that overlap."""
    for nth in range(8):
        radius = numbers.between(14, 66) if nth % 3 else numbers.between(40, 74)
        x, y = numbers.between(30, WIDTH - 30), numbers.between(30, HEIGHT - 30)
        yield Shape(_circle(x, y, radius), numbers.tone(), line=nth % 4 == 3)


def _threads(numbers: _Numbers) -> Iterable[Shape]:
    """Threads from left to right that come together and part again, over one round shape."""
    yield Shape(_circle(numbers.between(90, 230), numbers.between(80, 160), numbers.between(44, 70)), numbers.tone())
    knots = [(x, numbers.between(60, HEIGHT - 60)) for x in (-20, 70, 160, 250, 340)]
    apart = [numbers.between(4, 20) for _ in knots]
    count = 9
    for nth in range(count):
        side = nth - (count - 1) / 2
        path = _smooth([
            (x, y + side * gap + numbers.between(-3, 3)) for (x, y), gap in zip(knots, apart, strict=True)
        ])  # fmt: skip
        yield Shape(path, nth % (TONES - 1) + 1, line=True)


def _pebbles(numbers: _Numbers) -> Iterable[Shape]:
    """Uneven rounded shapes side by side."""
    for row in range(2):
        for column in range(3):
            x = 60 + 100 * column + numbers.between(-16, 16)
            y = 70 + 100 * row + numbers.between(-16, 16)
            size, turn = numbers.between(30, 56), numbers.between(0, math.tau)
            around = [(turn + math.tau * nth / 7, size * numbers.between(0.72, 1.12)) for nth in range(7)]
            edge = [(x + 1.15 * far * math.cos(angle), y + far * math.sin(angle)) for angle, far in around]
            yield Shape(_blob(edge), numbers.tone(1), line=(row + column) % 4 == 3)


_FAMILIES: tuple[tuple[Say, Callable[[_Numbers], Iterable[Shape]]], ...] = (
    (say("Wide bands, one above another"), _bands),
    (say("Round shapes that overlap"), _rounds),
    (say("Threads from left to right, over a round shape"), _threads),
    (say("Uneven rounded shapes, side by side"), _pebbles),
)


def _circle(x: float, y: float, radius: float) -> str:
    r = _short(radius)
    return f"M{_at((x - radius, y))} a{r} {r} 0 1 0 {_short(2 * radius)} 0 a{r} {r} 0 1 0 {_short(-2 * radius)} 0 Z"


def _smooth(points: Sequence[Point]) -> str:
    """A line through the points without corners, level at each of them."""
    parts = [f"M{_at(points[0])}"]
    for (x, y), (to_x, to_y) in zip(points, points[1:], strict=False):
        middle = (x + to_x) / 2
        parts.append(f"C{_at((middle, y))} {_at((middle, to_y))} {_at((to_x, to_y))}")
    return " ".join(parts)


def _blob(points: Sequence[Point]) -> str:
    """A closed curve through the points (Catmull and Rom, 1974, as Bézier curves)."""
    parts, count = [f"M{_at(points[0])}"], len(points)
    for nth in range(count):
        before, here, there, after = (points[(nth + step) % count] for step in (-1, 0, 1, 2))
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        parts.append(f"C{_at(first)} {_at(second)} {_at(there)}")
    return " ".join([*parts, "Z"])


def _at(point: Point) -> str:
    return f"{_short(point[0])} {_short(point[1])}"


def _short(value: float) -> str:
    """A tenth is finer than anybody sees."""
    return f"{value:.1f}".removesuffix(".0")
