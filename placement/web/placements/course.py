"""A placement's record turned into its axis of time."""

from __future__ import annotations

from datetime import date

from placement.charts.picture import Chart
from placement.charts.timeline import Came, Lane, Moment, ShiftDay, Stretch, timeline_chart
from placement.domain.attendance import is_away
from placement.domain.fading import FadingState
from placement.domain.milestone_words import milestone_words
from placement.domain.placement_moves import is_final
from placement.domain.placement_words import step_words
from placement.domain.shifts import Attendance
from placement.domain.words import Say, say
from placement.queries.placements.record import ManagedPlacement, StaffPlacement
from placement.queries.placements.timeline import MilestoneMark, ShiftMark, StepMark
from placement.web.words import local_day


def course_chart(record: StaffPlacement | ManagedPlacement, today: date) -> Chart:
    """States and pauses, steps, shifts, milestones, steps back of the coach."""
    shown = record.timeline
    moments = [Moment(step.done_on or step.due_on, Lane.STEPS, step_words(step.kind), step.done_on is not None)
               for step in record.steps]  # fmt: skip
    moments += [Moment(mark.day, Lane.MILESTONES, _title(mark)) for mark in shown.milestones]
    moments += [moment for step in shown.steps for moment in _step(step)]
    return timeline_chart(_stretches(record), [_shift(shift, today) for shift in shown.shifts], moments, today)


def _stretches(record: StaffPlacement | ManagedPlacement) -> list[Stretch]:
    """Each state until the next one; answers that change no state make no new stretch."""
    found: list[Stretch] = []
    for move in reversed(record.moves):
        day = local_day(move.at)
        if found and found[-1].state is move.after:
            continue
        if found:
            found[-1] = Stretch(found[-1].first, day, found[-1].state)
        found.append(Stretch(day, day if is_final(move.after) else None, move.after))
    return found


def _shift(shift: ShiftMark, today: date) -> ShiftDay:
    if is_away(shift.attendance):
        return ShiftDay(shift.day, Came.MISSED)
    unsaid = shift.attendance is Attendance.UNKNOWN
    return ShiftDay(shift.day, Came.PLANNED if unsaid or shift.day > today else Came.DONE)


def _title(mark: MilestoneMark) -> Say:
    return milestone_words(
        mark.kind, task=mark.task, percent=mark.percent, occasions=mark.occasions, amount=mark.amount, name=mark.words
    )


def _step(step: StepMark) -> list[Moment]:
    """Taken, and taken back where it did not hold."""
    share = say("%(percent)s %%", percent=step.after)
    words = say("coach from %(before)s to %(after)s %% of the hours", before=step.before, after=step.after)
    found = [Moment(step.day, Lane.COACH, words, label=share)]
    if step.state is FadingState.TAKEN_BACK and step.ended is not None:
        back = say("taken back: %(before)s %% of the hours again", before=step.before)
        found.append(Moment(step.ended, Lane.COACH, back, False, say("%(percent)s %%", percent=step.before)))
    return found
