"""Milestones: rules as data, and what a history earns by them.

:func:`detect` looks at nothing but the history it is given. It is
deterministic, doesn't depend on the order of its input, and a later occasion
never takes back what earlier ones earned; only a correction does, and undoing
the correction restores it exactly (:func:`changes`).

Mastery: at least X % independence on N consecutive rated occasions (90 % on 3
held a month later, 80 % fell away: PMC9120273), seen by R raters where there
are that many. "Not attempted" is missing and does not break a run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

from placement.domain.generalization import CIRCUMSTANCES, mastered, shown_elsewhere
from placement.domain.milestone_records import (
    GIVEN,
    Changes,
    Earned,
    History,
    MilestoneKey,
    Reach,
    Rule,
    RuleKind,
    ShiftPoint,
    StoredMilestone,
    TaskPoint,
)
from placement.domain.runs import RunPoint, RunRule, current_run, first_run, raters_asked
from placement.domain.shifts import Attendance, was_present
from placement.domain.support import is_alone

__all__ = [
    "Changes",
    "Earned",
    "GIVEN",
    "History",
    "MilestoneKey",
    "Reach",
    "Rule",
    "RuleKind",
    "ShiftPoint",
    "StoredMilestone",
    "TaskPoint",
    "changes",
    "detect",
    "in_first_week",
    "within_reach",
]

Point = TaskPoint | ShiftPoint
P = TypeVar("P", TaskPoint, ShiftPoint)
_WHEN = attrgetter("at", "occasion")


def in_first_week(agreed_day: date, week_day0: date) -> bool:
    """Whether a shift agreed for this day belongs to the placement's first seven days."""
    return 0 <= (agreed_day - week_day0).days < 7


def detect(history: History, rules: Iterable[Rule]) -> tuple[Earned, ...]:
    """Everything the history earns by these rules, each key once, ordered by when it was reached."""
    tasks = _by_task(history.tasks)
    shifts = _in_order(history.shifts)
    found = [
        earned for rule in set(rules) for earned in _DETECTORS.get(rule.kind, _never)(rule, _about(rule, tasks), shifts)
    ]
    return tuple(sorted(found, key=lambda e: (e.reached_at, e.rule, e.task or 0, e.placement or 0)))


def changes(
    stored: Iterable[StoredMilestone], earned: Iterable[Earned], rules: Iterable[Rule] | None = None
) -> Changes:
    """The difference between what is stored and what is earned now.

    Pass only stored milestones of what was detected: the same participant and
    tasks. With ``rules`` given, milestones of other rule versions are left
    alone, for a new version withdraws nothing.
    """
    checked = None if rules is None else {rule.id for rule in rules}
    before = {milestone.key: milestone for milestone in stored if checked is None or milestone.key[0] in checked}
    now = {milestone.key: milestone for milestone in earned}
    standing = [(milestone, before.get(milestone.key)) for milestone in now.values()]
    return Changes(
        new=tuple(milestone for milestone, old in standing if old is None),
        withdrawn=tuple(old for key, old in before.items() if key not in now and not old.withdrawn),
        restored=tuple(milestone for milestone, old in standing if old is not None and old.withdrawn),
        kept=tuple(milestone for milestone, old in standing if old is not None and not old.withdrawn),
    )


def within_reach(history: History, rules: Iterable[Rule], task: int) -> Reach | None:
    """The nearest consecutive-task milestone that more occasions like the task's last one would reach.

    None if the last one would not count, or if all of them are reached.
    """
    points = [point for point in _in_order(history.tasks) if point.task == task]
    reaches = []
    for rule in set(rules):
        if rule.kind is not RuleKind.CONSECUTIVE_TASK or rule.task not in (None, task):
            continue
        if first_run(points, _run_rule(rule)) is not None:
            continue
        length, seen_by = current_run(points, rule.percent)
        if length:
            missing = max(0, raters_asked(points, len(points) - 1, _run_rule(rule)) - len(seen_by))
            reaches.append(Reach(rule.id, task, min(length, rule.occasions), rule.occasions, missing))
    return min(reaches, key=lambda reach: (reach.more, reach.rule), default=None)


def _about(rule: Rule, tasks: dict[int, list[TaskPoint]]) -> dict[int, list[TaskPoint]]:
    """The tasks a rule speaks of."""
    return tasks if rule.task is None else {task: points for task, points in tasks.items() if task == rule.task}


def _first_alone(rule: Rule, tasks: dict[int, list[TaskPoint]], _: list[ShiftPoint]) -> Iterator[Earned]:
    for task, points in tasks.items():
        first = next((point for point in points if is_alone(point.rank)), None)
        if first is not None:
            yield _earned(rule, [first], task=task)


def _consecutive_task(rule: Rule, tasks: dict[int, list[TaskPoint]], _: list[ShiftPoint]) -> Iterator[Earned]:
    for task, points in tasks.items():
        run = mastered(rule, points)
        if run is not None:
            yield _earned(rule, points[run[0] : run[1] + 1], task=task)


def _elsewhere(rule: Rule, tasks: dict[int, list[TaskPoint]], _: list[ShiftPoint]) -> Iterator[Earned]:
    for task, points in tasks.items():
        point = shown_elsewhere(rule, points)
        if point is not None:
            yield _earned(rule, [point], task=task)


def _consecutive_shift(rule: Rule, _: dict[int, list[TaskPoint]], shifts: list[ShiftPoint]) -> Iterator[Earned]:
    rated = [shift for shift in shifts if shift.independence is not None]
    run = first_run([_run_point(shift) for shift in rated], _run_rule(rule))
    if run is not None:
        yield _earned(rule, rated[run[0] : run[1] + 1])


def _hours_completed(rule: Rule, _: dict[int, list[TaskPoint]], shifts: list[ShiftPoint]) -> Iterator[Earned]:
    yield from _mark(rule, shifts, lambda shift: shift.minutes or 0, rule.amount * 60)


def _shifts_completed(rule: Rule, _: dict[int, list[TaskPoint]], shifts: list[ShiftPoint]) -> Iterator[Earned]:
    yield from _mark(rule, shifts, lambda shift: int(was_present(shift.attendance)), rule.amount)


def _first_week(rule: Rule, _: dict[int, list[TaskPoint]], shifts: list[ShiftPoint]) -> Iterator[Earned]:
    weeks: dict[int, list[ShiftPoint]] = defaultdict(list)
    for shift in shifts:
        if shift.agreed_first_week:
            weeks[shift.placement].append(shift)
    for placement, agreed in weeks.items():
        # An absence breaks the agreement, an unconfirmed shift leaves it open; excused, moved and shortened ones don't.
        broken_or_open = any(shift.attendance in (Attendance.ABSENT, Attendance.UNKNOWN) for shift in agreed)
        came = [shift for shift in agreed if was_present(shift.attendance)]
        if came and not broken_or_open:
            yield _earned(rule, came, placement=placement)


def _never(_rule: Rule, _tasks: dict[int, list[TaskPoint]], _shifts: list[ShiftPoint]) -> Iterator[Earned]:
    """Kinds that no rated occasion earns."""
    return iter(())


_DETECTORS: dict[RuleKind, Callable[[Rule, dict[int, list[TaskPoint]], list[ShiftPoint]], Iterator[Earned]]] = {
    RuleKind.FIRST_ALONE: _first_alone,
    RuleKind.CONSECUTIVE_TASK: _consecutive_task,
    RuleKind.CONSECUTIVE_SHIFT: _consecutive_shift,
    RuleKind.HOURS_COMPLETED: _hours_completed,
    RuleKind.SHIFTS_COMPLETED: _shifts_completed,
    RuleKind.FIRST_WEEK: _first_week,
    **dict.fromkeys(CIRCUMSTANCES, _elsewhere),
}


def _mark(rule: Rule, shifts: list[ShiftPoint], worth: Callable[[ShiftPoint], int], goal: int) -> Iterator[Earned]:
    total = 0
    for shift in shifts:
        total += worth(shift)
        if total >= goal > 0:
            yield _earned(rule, [shift])
            return


def _earned(rule: Rule, proof: Sequence[Point], *, task: int | None = None, placement: int | None = None) -> Earned:
    last = proof[-1]
    return Earned(rule.id, task, placement, last.at, last.day, tuple(point.occasion for point in proof))


def _run_rule(rule: Rule) -> RunRule:
    return RunRule(rule.percent, rule.occasions, rule.raters)


def _run_point(shift: ShiftPoint) -> RunPoint:
    return RunPoint(shift.occasion, shift.at, shift.independence or 0.0, shift.raters)


def _by_task(points: Iterable[TaskPoint]) -> dict[int, list[TaskPoint]]:
    tasks: dict[int, list[TaskPoint]] = defaultdict(list)
    for point in points:
        tasks[point.task].append(point)
    return {task: _in_order(of_task) for task, of_task in tasks.items()}


def _in_order(points: Iterable[P]) -> list[P]:
    """Each once, by time. Looking for the same twice costs more than all the rest, so only where there may be some."""
    ordered = sorted(points, key=_WHEN)
    if any(one.occasion == other.occasion for one, other in pairwise(ordered)):
        return sorted(set(ordered), key=_WHEN)
    return ordered
