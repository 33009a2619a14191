"""The course of one placement on one axis of time: states and pauses, steps, shifts, milestones, steps of the coach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from placement.charts.axis import TimeAxis
from placement.charts.level_drawing import Shape
from placement.charts.picture import FOOT, Chart, Ink, Line, Part, Picture, Row, Text, tick_parts
from placement.charts.timeline_lanes import (
    Lane,
    Moment,
    ShiftSpan,
    Stretch,
    moment_points,
    shift_points,
    stretch_points,
    stretch_words,
)
from placement.domain.summaries import monday_of
from placement.domain.words import Say, say, say_n

__all__ = ["Came", "Lane", "Moment", "ShiftDay", "ShiftSpan", "Stretch", "timeline_chart"]

#: More weeks than this are drawn four at a time.
MOST_WEEKS = 60
NARROW, WIDE = Shape("narrow", 300, 10, 14, 4), Shape("wide", 640, 10, 22, 7)
_LANE = 52.0


class Came(StrEnum):
    """What became of a shift; planned also where nobody has said anything yet."""

    DONE = "done"
    MISSED = "missed"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class ShiftDay:
    """A shift on its day."""

    day: date
    came: Came


def timeline_chart(
    stretches: Sequence[Stretch],
    shifts: Sequence[ShiftDay],
    moments: Sequence[Moment],
    today: date,
    *,
    shapes: Sequence[Shape] = (NARROW, WIDE),
) -> Chart:
    """Stretches in order of time; the last one may be open, which lasts until ``today``. The rest in any order."""
    closed = [Stretch(one.first, one.last or max(today, one.first), one.state) for one in stretches]
    marks = sorted(moments, key=lambda moment: moment.day)
    spans = _spans(shifts)
    fours = any((span.last - span.first).days > 6 for span in spans)
    days = [*(one.first for one in closed), *(one.last for one in closed if one.last), *(one.day for one in marks)]
    days += [day for span in spans for day in (span.first, min(span.last, span.until))]
    notes = []
    if spans:
        notes.append(
            say("Bars are four weeks of shifts: filled took place, an outline was missed, pale is planned or open.")
            if fours
            else say("Bars are a week of shifts: filled took place, an outline was missed, pale is planned or open.")
        )
    if any(not moment.done for moment in marks):
        notes.append(say("An open mark is still ahead, or was taken back."))
    return Chart(
        title=say("The course so far"),
        summary=_summary(shifts, marks),
        notes=tuple(notes),
        pictures=tuple(_draw(shape, closed, spans, marks, (min(days), max(days)), today) for shape in shapes)
        if days
        else (),
        columns=(say("Day"), say("What")),
        rows=_rows(closed, spans, marks),
    )


def _spans(shifts: Sequence[ShiftDay]) -> list[ShiftSpan]:
    """Shifts by weeks, or by four weeks past :data:`MOST_WEEKS`; only those that have any."""
    if not shifts:
        return []
    first = monday_of(min(shift.day for shift in shifts))
    last = max(shift.day for shift in shifts)
    step = 7 if (last - first).days < 7 * MOST_WEEKS else 28
    counts: dict[int, list[ShiftDay]] = {}
    for shift in shifts:
        counts.setdefault((shift.day - first).days // step, []).append(shift)
    return [
        ShiftSpan(
            first + timedelta(days=step * nth),
            first + timedelta(days=step * nth + step - 1),
            last,
            *(sum(shift.came is came for shift in counts[nth]) for came in Came),
        )
        for nth in sorted(counts)
    ]


def _summary(shifts: Sequence[ShiftDay], moments: Sequence[Moment]) -> Say:
    """Counts that can only be read one way."""
    done = sum(shift.came is Came.DONE for shift in shifts)
    missed = sum(shift.came is Came.MISSED for shift in shifts)
    stars = sum(moment.lane is Lane.MILESTONES for moment in moments)
    return say(
        "%(done)s, %(missed)s, %(milestones)s.",
        done=say_n("%(n)s shift took place", "%(n)s shifts took place", done),
        missed=say_n("%(n)s was missed", "%(n)s were missed", missed),
        milestones=say_n("%(n)s milestone", "%(n)s milestones", stars),
    )


def _rows(stretches: Sequence[Stretch], spans: Sequence[ShiftSpan], moments: Sequence[Moment]) -> tuple[Row, ...]:
    """Newest first."""
    found = [(one.first, Row(one.first, (stretch_words(one.state),))) for one in stretches]
    found += [(span.first, Row(say("Week from %(day)s", day=span.first) if (span.last - span.first).days == 6
               else say("Four weeks from %(day)s", day=span.first), (span.words,))) for span in spans]  # fmt: skip
    found += [(moment.day, Row(moment.day, (moment.words,))) for moment in moments]
    return tuple(row for _day, row in sorted(found, key=lambda pair: pair[0], reverse=True))


def _draw(
    shape: Shape,
    stretches: Sequence[Stretch],
    spans: Sequence[ShiftSpan],
    moments: Sequence[Moment],
    ends: tuple[date, date],
    today: date,
) -> Picture:
    axis = TimeAxis(ends[0], ends[1], shape.left + 8.0, shape.width - 12.0)
    parts: list[Part] = []
    points = []
    y = 18.0
    for lane in Lane:
        of_lane = [moment for moment in moments if moment.lane is lane]
        if lane is Lane.STATES:
            found = stretch_points(stretches, axis, y + 10)
        elif lane is Lane.SHIFTS:
            found = shift_points(spans, axis, y + 10)
        else:
            found = moment_points(of_lane, axis, y + 22)
        if not found:
            continue
        parts.append(Text(shape.left, y, _LANES[lane], "start", Ink.STRONG))
        if lane is not Lane.STATES:
            floor = y + (34 if lane is Lane.SHIFTS else 22)
            parts.append(Line(shape.left, floor, shape.width - 4, floor, Ink.GRID))
        points += found
        # How many milestones share a place stands below them.
        y += _LANE + (10 if lane is Lane.MILESTONES else 0)
    bottom = y - 10
    if ends[0] < today < ends[1]:
        parts.insert(0, Line(axis.x(today), 6, axis.x(today), bottom, Ink.PHASE))
        parts.append(Text(min(axis.x(today), shape.width - 30.0), bottom + 11, say("today")))
        bottom += 14
    parts += tick_parts(axis.ticks(shape.most_ticks), bottom + 14)
    return Picture(shape.name, shape.width, bottom + FOOT - 8, tuple(parts), tuple(points))


_LANES = {
    Lane.STATES: say("Where it stood"),
    Lane.STEPS: say("Steps and reviews"),
    Lane.SHIFTS: say("Shifts"),
    Lane.MILESTONES: say("Milestones"),
    Lane.COACH: say("Coach’s share of the hours"),
}
