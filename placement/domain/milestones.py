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
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from placement.domain.runs import RunPoint, RunRule, current_run, first_run, raters_asked
from placement.domain.shifts import Attendance, was_present
from placement.domain.support import is_alone
from placement.domain.words import Say, Wording, say, say_n

#: Rule, task, placement: what a participant can earn once.
MilestoneKey = tuple[int, int | None, int | None]


class RuleKind(StrEnum):
    """What a rule looks at."""

    FIRST_ALONE = "first_alone"
    CONSECUTIVE_TASK = "consecutive_task"
    CONSECUTIVE_SHIFT = "consecutive_shift"
    HOURS_COMPLETED = "hours_completed"
    SHIFTS_COMPLETED = "shifts_completed"
    FIRST_WEEK = "first_week"
    #: A mastered task done alone at another site, seen by another person, at another time of day.
    ANOTHER_SITE = "another_site"
    ANOTHER_RATER = "another_rater"
    ANOTHER_TIME = "another_time"
    #: The coach stepped back, and it held.
    FADING_HELD = "fading_held"
    GOAL_ATTAINED = "goal_attained"
    #: In the participant's own words; they say themselves when it is reached.
    OWN_WORDS = "own_words"


#: Kinds that no rated occasion earns: each comes from a fact of its own.
GIVEN = frozenset({RuleKind.FADING_HELD, RuleKind.GOAL_ATTAINED, RuleKind.OWN_WORDS})


@dataclass(frozen=True, slots=True)
class Rule:
    """One immutable rule version; its id names the version.

    ``percent``, ``occasions`` and ``raters`` belong to the consecutive kinds,
    ``amount`` (hours or shifts, at least 1) to the completed kinds. ``task``: about this task only.
    """

    id: int
    kind: RuleKind
    percent: int = 90
    occasions: int = 3
    raters: int = 1
    amount: int = 0
    task: int | None = None


@dataclass(frozen=True, slots=True)
class TaskPoint:
    """A task rated on an occasion by somebody other than the participant.

    ``percent`` is independence 0-100: of the steps, or 0 or 100 without steps.
    ``rank`` is the canonical rank of the task as a whole (with steps, the
    lowest). Occasions on which the task was not attempted have no point.
    """

    occasion: int
    at: datetime
    day: date
    task: int
    percent: float
    rank: int
    raters: frozenset[int]


@dataclass(frozen=True, slots=True)
class ShiftPoint:
    """A shift of a placement, unconfirmed ones included.

    ``minutes`` is None while unknown, ``independence`` (0-100) while no task
    is rated. ``agreed_first_week``: its place in the plan, as agreed before any
    move, is in the seven days from ``week_day0`` (see :func:`in_first_week`).
    """

    occasion: int
    at: datetime
    day: date
    attendance: Attendance
    minutes: int | None
    independence: float | None
    raters: frozenset[int]
    agreed_first_week: bool
    placement: int
    week_day0: date


@dataclass(frozen=True, slots=True)
class History:
    """What one participant has done: rated tasks (all, or the affected ones whole) and shifts."""

    tasks: Sequence[TaskPoint]
    shifts: Sequence[ShiftPoint]


@dataclass(frozen=True, slots=True)
class Earned:
    """A milestone the history proves.

    ``evidence`` holds the occasions that prove it, oldest first; for hours and
    shifts completed, the one shift that reached the mark. ``reached_at`` is
    the start of the last of them, which is earlier than its feedback.
    """

    rule: int
    task: int | None
    placement: int | None
    reached_at: datetime
    day: date
    evidence: tuple[int, ...]

    @property
    def key(self) -> MilestoneKey:
        """What it is, apart from when and why."""
        return self.rule, self.task, self.placement


@dataclass(frozen=True, slots=True)
class StoredMilestone:
    """A milestone as the database has it."""

    key: MilestoneKey
    withdrawn: bool
    id: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What storing the detected milestones means: kept ones carry their current day and evidence."""

    new: tuple[Earned, ...]
    withdrawn: tuple[StoredMilestone, ...]
    restored: tuple[Earned, ...]
    kept: tuple[Earned, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """A task's milestone not far away: ``done`` of ``needed`` occasions running, the last one included.

    ``other_raters``: how many more people must see it. With it, the run may be
    complete already (``done == needed``).
    """

    rule: int
    task: int
    done: int
    needed: int
    other_raters: int = 0

    @property
    def more(self) -> int:
        """How many more occasions like the last one, at least 1."""
        return max(self.needed - self.done, self.other_raters)


Point = TaskPoint | ShiftPoint
P = TypeVar("P", TaskPoint, ShiftPoint)


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
    points = [_run_point(point, point.percent) for point in _in_order(history.tasks) if point.task == task]
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


def milestone_words(
    kind: RuleKind, *, task: Wording | None = None, percent: int = 90, occasions: int = 3, amount: int = 0
) -> Say:
    """A milestone's title. ``task`` is the task's wording, for kinds that have one; the rest as in :class:`Rule`."""
    match kind:
        case RuleKind.FIRST_ALONE:
            return say("%(task)s: alone for the first time", task=task)
        case RuleKind.CONSECUTIVE_TASK if percent >= 90:
            return say_n("%(task)s: alone", "%(task)s: alone, %(n)s times running", occasions, task=task)
        case RuleKind.CONSECUTIVE_TASK:
            return say_n("%(task)s: mostly alone", "%(task)s: mostly alone, %(n)s times running", occasions, task=task)
        case RuleKind.CONSECUTIVE_SHIFT if percent >= 100:
            return say_n("A whole shift alone", "%(n)s whole shifts running alone", occasions)
        case RuleKind.CONSECUTIVE_SHIFT:
            return say_n("Most of a shift alone", "Most of the shift alone, %(n)s shifts running", occasions)
        case RuleKind.HOURS_COMPLETED:
            return say_n("%(n)s hour worked", "%(n)s hours worked", amount)
        case RuleKind.SHIFTS_COMPLETED:
            return say_n("%(n)s shift done", "%(n)s shifts done", amount)
        case RuleKind.FIRST_WEEK:
            return say("First week as agreed")
        case RuleKind.ANOTHER_SITE:
            return say("%(task)s: alone in another shop too", task=task)
        case RuleKind.ANOTHER_RATER:
            return say("%(task)s: alone, and somebody else has seen it too", task=task)
        case RuleKind.ANOTHER_TIME:
            return say("%(task)s: alone at another time of day too", task=task)
        case RuleKind.FADING_HELD:
            return say("Working with less company, and it holds")
        case RuleKind.GOAL_ATTAINED:
            return say("A goal of one's own reached")
        case RuleKind.OWN_WORDS:
            return say("Reached, in one's own words")


def evidence_words(kind: RuleKind, days: Sequence[date], raters: int = 0) -> Say:
    """What proves a milestone: the evidence's days, oldest first (at least one), and how many saw it (0: unsaid)."""
    if kind in (RuleKind.HOURS_COMPLETED, RuleKind.SHIFTS_COMPLETED):
        return say("Reached with the shift on %(day)s.", day=days[-1])
    when = _days_words(days)
    if kind is RuleKind.FIRST_WEEK:
        return say("There as agreed: %(when)s.", when=when)
    if not raters:
        return say("Seen on %(when)s.", when=when)
    return say_n("Seen on %(when)s, by one person.", "Seen on %(when)s, by %(n)s different people.", raters, when=when)


def reach_words(reach: Reach, task: Wording) -> Say:
    """What is still missing, to the participant."""
    if reach.done >= reach.needed:
        return say("Once somebody else has seen it too, “%(task)s” is yours.", task=task)
    return say_n(
        "One more shift like the last one, and “%(task)s” is yours.",
        "%(n)s more shifts like the last one, and “%(task)s” is yours.",
        reach.more,
        task=task,
    )


def _days_words(days: Sequence[date]) -> Say:
    match days:
        case [day]:
            return say("%(day)s", day=day)
        case [first, second]:
            return say("%(first)s and %(second)s", first=first, second=second)
        case [first, second, third]:
            return say("%(first)s, %(second)s and %(third)s", first=first, second=second, third=third)
    return say("%(n)s days from %(first)s to %(last)s", n=len(days), first=days[0], last=days[-1])


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
        run = first_run([_run_point(point, point.percent) for point in points], _run_rule(rule))
        if run is not None:
            yield _earned(rule, points[run[0] : run[1] + 1], task=task)


def _consecutive_shift(rule: Rule, _: dict[int, list[TaskPoint]], shifts: list[ShiftPoint]) -> Iterator[Earned]:
    rated = [(shift, shift.independence) for shift in shifts if shift.independence is not None]
    run = first_run([_run_point(shift, percent) for shift, percent in rated], _run_rule(rule))
    if run is not None:
        yield _earned(rule, [shift for shift, _ in rated[run[0] : run[1] + 1]])


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


def _run_point(point: Point, percent: float) -> RunPoint:
    return RunPoint(point.occasion, point.at, percent, point.raters)


def _by_task(points: Iterable[TaskPoint]) -> dict[int, list[TaskPoint]]:
    tasks: dict[int, list[TaskPoint]] = defaultdict(list)
    for point in _in_order(points):
        tasks[point.task].append(point)
    return tasks


def _in_order(points: Iterable[P]) -> list[P]:
    return sorted(set(points), key=lambda point: (point.at, point.occasion))
