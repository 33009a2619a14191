"""Whose word on attendance counts, and the real times somebody enters for a shift."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum

from placement.domain.errors import Refused
from placement.domain.roles import Role
from placement.domain.shifts import Attendance, PlannedTime, PlanProblem, TimeProblem, instants, problems
from placement.domain.words import say

#: Their entries outrank what a supervisor sent.
STAFF = frozenset({Role.COORDINATOR, Role.THERAPIST, Role.COACH})

#: What a rater may say besides the levels; only staff excuse somebody.
RATER_MAY_SAY = frozenset({Attendance.HERE, Attendance.LATE, Attendance.ABSENT})

#: So many absences among so many shifts are a reason to ask how somebody is.
REPEATED, LOOKED_AT = 2, 4


#: Their own tap counts from so long before the plan begins, and until so long after it ends.
EARLY, LATE = timedelta(hours=1), timedelta(hours=2)


class Tap(StrEnum):
    """What a participant can say themself about a shift that goes on."""

    HERE = "here"
    LEAVING = "leaving"


def may_replace(new: Role, old: Role | None) -> bool:
    """Whether an entry by ``new`` replaces one by ``old``.

    Staff outrank the shop, the shop the participant's own check-in; among equals the last one counts.
    """
    return old is None or _weight(new) >= _weight(old)


def next_tap(
    now: datetime, starts_at: datetime, ends_at: datetime, came: datetime | None, left: datetime | None
) -> Tap | None:
    """What the participant can tap now; ``came`` and ``left``: what they tapped already."""
    if came is None:
        return Tap.HERE if starts_at - EARLY <= now < ends_at else None
    return Tap.LEAVING if left is None and now <= ends_at + LATE else None


def own_minutes(starts_at: datetime, ends_at: datetime, came: datetime | None, left: datetime | None) -> int | None:
    """Minutes that the participant's own taps stand for: within the planned time, None without both taps.

    Waiting at the door and a forgotten tap add no hours; whoever worked longer has them entered.
    """
    if came is None or left is None:
        return None
    return max(int((min(left, ends_at) - max(came, starts_at)).total_seconds() // 60), 0)


def is_away(attendance: Attendance) -> bool:
    """Whether somebody said that the participant was not there."""
    return attendance in (Attendance.ABSENT, Attendance.EXCUSED)


def is_repeated(latest: Sequence[Attendance]) -> bool:
    """Whether somebody was not there repeatedly: ``REPEATED`` of their last ``LOOKED_AT`` shifts.

    ``latest``: newest first. Shifts nobody has said anything about don't count, and excused ones are no absence.
    """
    known = [attendance for attendance in latest if attendance is not Attendance.UNKNOWN][:LOOKED_AT]
    return known.count(Attendance.ABSENT) >= REPEATED


def actual_times(
    planned: PlannedTime, start: time, end: time, start_fold: int | None = None, end_fold: int | None = None
) -> tuple[datetime, datetime]:
    """The instants (UTC) of entered local times; the start belongs to the day on which it is nearest to the plan.

    Raises Refused with the field's name on a time that doesn't exist, or exists twice while its fold is None.
    """
    planned_start, planned_end = instants(planned)
    ways = [PlannedTime(planned.day, start, end, planned.zone, start_fold or 0, end_fold or 0)]
    if planned.end_day != planned.day and start < planned.start:
        # Somebody late for a night shift may come after midnight.
        ways.append(PlannedTime(planned.end_day, start, end, planned.zone, start_fold or 0, end_fold or 0))
    ensure_clear(ways[-1], start_fold, end_fold, "actual_start", "actual_end")
    chosen = [(abs(instants(way)[0] - planned_start), instants(way)) for way in ways]
    begun, over = min(chosen)[1]
    if over - begun > max(timedelta(hours=16), planned_end - planned_start):
        raise Refused(say("This is longer than a day's work. Please check both times."), "actual_end")
    return begun, over


def ensure_clear(
    planned: PlannedTime,
    start_fold: int | None,
    end_fold: int | None,
    start_field: str = "start",
    end_field: str = "end",
) -> None:
    """Refuse a time that doesn't exist, and one that comes twice unless its fold says which."""
    for problem in problems(planned):
        at_start = _is_start(planned, problem)
        field, fold = (start_field, start_fold) if at_start else (end_field, end_fold)
        if problem.problem is TimeProblem.NONEXISTENT:
            raise Refused(problem.say, field)
        if fold is None:
            raise Refused(problem.say, f"{field}_fold")


def _weight(role: Role) -> int:
    return 2 if role in STAFF else 0 if role is Role.PARTICIPANT else 1


def _is_start(planned: PlannedTime, problem: PlanProblem) -> bool:
    return problem.day == planned.day and problem.at == planned.start
