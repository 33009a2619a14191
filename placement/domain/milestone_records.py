"""What milestones are made of: kinds of rules, points of a history, what it earns, and what is stored of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple

from placement.domain.shifts import Attendance

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


class TaskPoint(NamedTuple):
    """A task rated on an occasion by somebody other than the participant.

    ``percent`` is independence 0-100: of the steps, or 0 or 100 without steps.
    ``rank`` is the canonical rank of the task as a whole (with steps, the
    lowest). Occasions on which the task was not attempted have no point.
    ``site``: the shop, 0 where it was in none. ``start``: local.
    """

    occasion: int
    at: datetime
    day: date
    task: int
    percent: float
    rank: int
    raters: frozenset[int]
    site: int = 0
    start: time = time(9)


class ShiftPoint(NamedTuple):
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
