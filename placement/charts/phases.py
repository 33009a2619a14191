"""Phase lines: what changed from a day on (new site, new supervisor, coaching step), and where its label fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from placement.charts.axis import TimeAxis
from placement.charts.scale import Words
from placement.domain.words import Say

#: Width of a letter at the charts' text size, on the generous side; translations may be longer than the source.
LETTER = 7.0
LONGER = 1.3
LANE = 17


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """From ``day`` on something was different."""

    day: date
    words: Words


@dataclass(frozen=True, slots=True)
class Flag:
    """A phase line at ``x``, its label at ``label_x``, ``label_y``; ``number`` stands for words that don't fit."""

    x: float
    label_x: float
    label_y: float
    anchor: str
    number: int
    day: date
    words: Words


def phase_flags(
    events: Sequence[PhaseLine], axis: TimeAxis, left: float, width: float
) -> tuple[tuple[Flag, ...], int, bool]:
    """Flags in order of time, the lanes they need above the plot, and whether numbers had to replace the words.

    Words are kept when all of them fit into two lanes beside their lines;
    otherwise every line gets a number and the page lists them below.
    """
    for lanes in (1, 2):
        flags = _in_words(events, axis, left, width, lanes)
        if flags is not None:
            return flags, lanes if events else 0, False
    return _numbered(events, axis)


def _in_words(
    events: Sequence[PhaseLine], axis: TimeAxis, left: float, width: float, lanes: int
) -> tuple[Flag, ...] | None:
    flags: list[Flag] = []
    taken: list[tuple[int, float, float]] = []  # lane and stretch of every label so far
    for number, event in enumerate(events, 1):
        x, length = axis.x(event.day), _length(event.words)
        for lane, start in ((lane, start) for lane in range(lanes) for start in (x + 5, x - 5 - length)):
            if left <= start and start + length <= width and _free(lane, x, start, start + length, taken, flags):
                break
        else:
            return None
        taken.append((lane, start, start + length))
        anchor = "start" if start > x else "end"
        at = x + 5 if start > x else x - 5
        flags.append(Flag(x, at, _lane_y(lane), anchor, number, event.day, event.words))
    return tuple(flags)


def _free(
    lane: int, x: float, start: float, end: float, taken: Sequence[tuple[int, float, float]], flags: Sequence[Flag]
) -> bool:
    """Whether a label touches no other, crosses no line before it, and its own line crosses no label."""
    return not (
        any(lane == other and start < last + 8 and first < end + 8 for other, first, last in taken)
        or any(other >= lane and first - 2 < x < last + 2 for other, first, last in taken)
        or any(flag.label_y <= _lane_y(lane) and start - 2 < flag.x < end + 2 for flag in flags)
    )


def _lane_y(lane: int) -> float:
    return 12.0 + LANE * lane


def _numbered(events: Sequence[PhaseLine], axis: TimeAxis) -> tuple[tuple[Flag, ...], int, bool]:
    """Neighbors closer than a number is wide take turns in up to three lanes."""
    taken: list[float] = []
    flags = []
    for number, event in enumerate(events, 1):
        x = axis.x(event.day)
        lane = next((i for i, end in enumerate(taken) if end <= x), len(taken))
        if lane == 3:
            lane = min(range(3), key=taken.__getitem__)
        if lane == len(taken):
            taken.append(0.0)
        taken[lane] = x + 19
        flags.append(Flag(x, x, _lane_y(lane), "middle", number, event.day, event.words))
    return tuple(flags), len(taken), True


def _length(words: Words) -> float:
    """Pixels the longest language may need."""
    if isinstance(words, Say):
        return len(words.msgid) * LETTER * LONGER
    if isinstance(words, Mapping):
        return max((len(text) for text in words.values()), default=0) * LETTER
    return len(words) * LETTER
