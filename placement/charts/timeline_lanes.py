"""The lanes of a placement's timeline: what stands in them, turned into pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from placement.charts.axis import TimeAxis
from placement.charts.picture import Circle, Ink, Part, Point, Rect, Star, Text, diamond
from placement.charts.scale import Words
from placement.domain.placements import PlacementState
from placement.domain.words import Say, say, say_n

#: Marks closer than this many pixels become one.
NEAR = 19.0
_TALL, _BARS = 20.0, 24.0


class Lane(StrEnum):
    """From top to bottom."""

    STATES = "states"
    STEPS = "steps"
    SHIFTS = "shifts"
    MILESTONES = "milestones"
    COACH = "coach"


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``first`` to ``last`` day the placement stood so; None: still does."""

    first: date
    last: date | None
    state: PlacementState


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on a day. ``label``: a few letters below its mark. Not ``done``: ahead, or taken back."""

    day: date
    lane: Lane
    words: Words
    done: bool = True
    label: Words | None = None


@dataclass(frozen=True, slots=True)
class ShiftSpan:
    """Shifts of a week (or four), ``until`` the last shift of all."""

    first: date
    last: date
    until: date
    done: int
    missed: int
    planned: int

    @property
    def words(self) -> Say:
        parts = [
            (self.done, say_n("%(n)s shift took place", "%(n)s shifts took place", self.done)),
            (self.missed, say_n("%(n)s was missed", "%(n)s were missed", self.missed)),
            (self.planned, say_n("%(n)s planned or open", "%(n)s planned or open", self.planned)),
        ]
        said = [words for count, words in parts if count]
        if len(said) == 1:
            return said[0]
        if len(said) == 2:
            return say("%(one)s, %(other)s", one=said[0], other=said[1])
        return say("%(one)s, %(other)s, %(third)s", one=said[0], other=said[1], third=said[2])


def stretch_words(state: PlacementState) -> Say:
    """A state in two or three words."""
    return _STATES[state]


def stretch_points(stretches: Sequence[Stretch], axis: TimeAxis, y: float) -> list[Point]:
    """A bar each with its words where they fit; an end is a mark."""
    points = []
    for one in stretches:
        x, end = axis.x(one.first), axis.x(one.last or axis.last)
        words = stretch_words(one.state)
        ink = _INKS.get(one.state)
        if ink is None:
            parts: tuple[Part, ...] = (diamond(x, y + _TALL / 2, 7, Ink.HELP_3),)
            points.append(Point(parts, (x - 10, y - 4, 20, _TALL + 8), one.first, words))
            continue
        wide = round(max(3.0, end - x - 1), 1)
        parts = (Rect(x, y, wide, _TALL, ink, 4),)
        if len(words.msgid) * 9 < wide:
            parts = (*parts, Text(round(x + 8, 1), y + 14.5, words, "start", Ink.STRONG))
        points.append(Point(parts, (x, y - 4, wide, _TALL + 8), one.first, words))
    return points


def shift_points(spans: Sequence[ShiftSpan], axis: TimeAxis, y: float) -> list[Point]:
    """Bars from below: what took place, then what was missed, then what is planned."""
    if not spans:
        return []
    unit = _BARS / max(span.done + span.missed + span.planned for span in spans)
    points = []
    for span in spans:
        x, end = axis.x(max(span.first, axis.first)), axis.x(min(span.last + timedelta(days=1), axis.last))
        wide = round(min(22.0, max(1.6, (end - x) * 0.8)), 1)
        bottom, parts = y + _BARS, list[Part]()
        for count, ink in ((span.done, Ink.HELP_3), (span.missed, Ink.OPEN), (span.planned, Ink.HELP_0)):
            if count:
                tall = unit * count
                bottom -= tall
                parts.append(Rect(x, round(bottom, 1), wide, round(max(1.0, tall - 1), 1), ink, 1))
        points.append(Point(tuple(parts), (x - 1, y - 2, max(4.0, wide + 2), _BARS + 6), span.first, span.words))
    return points


def moment_points(moments: Sequence[Moment], axis: TimeAxis, y: float) -> list[Point]:
    """Marks on the lane's line; those too near to each other become one that says all of it."""
    points: list[Point] = []
    free = 0.0
    for group in _near(moments, axis):
        first, last = group[0], group[-1]
        x = axis.x(first.day)
        parts: list[Part] = [_mark(last, x, y)]
        several = last.lane is Lane.MILESTONES and len(group) > 1
        label = str(len(group)) if several else last.label
        if label is not None and x - 14 >= free:
            parts.append(Text(x, y + 21, label))
            free = x + (0 if several else 18)
        words = group[0].words
        for moment in group[1:]:
            words = say("%(one)s; %(other)s", one=words, other=moment.words)
        points.append(Point(tuple(parts), (x - 10, y - 14, 20, 28), first.day, words))
    return points


def _near(moments: Sequence[Moment], axis: TimeAxis) -> list[list[Moment]]:
    groups: list[list[Moment]] = []
    for moment in moments:
        if groups and axis.x(moment.day) - axis.x(groups[-1][0].day) < NEAR:
            groups[-1].append(moment)
        else:
            groups.append([moment])
    return groups


def _mark(moment: Moment, x: float, y: float) -> Part:
    if moment.lane is Lane.MILESTONES:
        return Star(x, y, 20)
    ink = Ink.HELP_4 if moment.done else Ink.OPEN
    return diamond(x, y, 7, ink) if moment.lane is Lane.COACH else Circle(x, y, 6, ink)


_S = PlacementState
_BEFORE = say("before the start")
_STATES = {
    _S.PROPOSED: say("proposed"),
    _S.OFFERED: say("shop is asked"),
    _S.ACCEPTED: _BEFORE,
    _S.ACTIVE: say("active"),
    _S.PAUSED: say("paused"),
    _S.COMPLETED: say("completed"),
    _S.ENDED_EARLY: say("ended early"),
    _S.DECLINED: say("did not come about"),
    _S.WITHDRAWN: say("withdrawn"),
}
_INKS = {
    _S.PROPOSED: Ink.OPEN, _S.OFFERED: Ink.OPEN, _S.ACCEPTED: Ink.HELP_0, _S.ACTIVE: Ink.HELP_1, _S.PAUSED: Ink.OPEN,
}  # fmt: skip
