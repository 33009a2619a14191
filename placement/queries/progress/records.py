"""What a progress page is made of: one record type per reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from placement.domain.events import EventKind
from placement.domain.maintenance import Standing
from placement.domain.milestones import Reach, RuleKind
from placement.domain.trend import ThenNow
from placement.domain.verdict import Trend
from placement.domain.words import Say

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LevelName:
    """A level of the program's scale; ``rank`` canonical."""

    rank: int
    name: Words


@dataclass(frozen=True, slots=True)
class Drawn:
    """A point of a chart: one occasion with its public id as ``key``, or a week (its Monday) and how many answers."""

    at: date
    rank: float | None
    count: int = 1
    key: str | None = None
    #: What staff wrote at this point.
    note: str = ""
    #: What an occasion that is no shift is called.
    where: Say | None = None


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """One task so far, ``rated`` on so many occasions.

    ``points`` is empty for a task that is listed but not drawn; ``weekly``: points are weeks.
    """

    id: int
    public_id: str
    name: Words
    rated: int
    first_rank: int
    first_day: date
    last_rank: int
    last_day: date
    best_rank: int
    run_alone: int
    #: What its latest stretch says and what that rests on, as in ``domain.verdict``.
    trend: Trend
    trend_since: date | None
    trend_nap: float | None
    trend_size: int
    trend_rated: int
    trend_shifts: int
    weekly: bool
    points: tuple[Drawn, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceDay:
    """An occasion that proves a milestone, a shift by its public id."""

    day: date
    occasion: str | None


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone with what names it. ``evidence`` is empty for older ones; ``raters`` 0 means: unsaid."""

    public_id: str
    kind: RuleKind
    percent: int
    occasions: int
    amount: int
    task_id: int | None
    task: Words | None
    #: The rule's own wording.
    words: Words
    day: date
    evidence: tuple[EvidenceDay, ...]
    raters: int
    #: The checks of a mastered task; None for what has none.
    checks: Standing | None


@dataclass(frozen=True, slots=True)
class StaffReached(Reached):
    """For staff: ``to_tell`` when it was withdrawn, the participant has seen it, and nobody has told them yet."""

    to_tell: bool


@dataclass(frozen=True, slots=True)
class Comment:
    """Words written for the participant about one occasion."""

    day: date
    rater: str
    went_well: str
    try_next: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """A phase line. ``task`` None: for every task."""

    public_id: str
    kind: EventKind
    day: date
    task_id: int | None
    task: Words | None
    text: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal in force. ``now``: where it stands in their own words, empty while unsaid or where nobody wrote any."""

    public_id: str
    title: str
    now: str
    score: int | None
    scored_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the tasks. ``helpers``: names of those who look after the participant today."""

    events: tuple[EventRow, ...]
    goals: tuple[GoalLine, ...]
    helpers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextOne:
    """The nearest milestone of a task."""

    reach: Reach
    task: Words


@dataclass(frozen=True, slots=True)
class Progress:
    """What every reader sees. ``minutes`` worked as far as known, ``since`` the first shift that took place."""

    participant_id: int
    public_id: str
    name: str
    since: date | None
    shifts: int
    minutes: int
    levels: tuple[LevelName, ...]
    change: ThenNow | None
    tasks: tuple[TaskProgress, ...]
    next: NextOne | None
    comments: tuple[Comment, ...]
    events: tuple[EventRow, ...]
    goals: tuple[GoalLine, ...]
    helpers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnProgress(Progress):
    """The participant's own page: a withdrawn milestone they have seen stays until somebody has told them."""

    milestones: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class StaffProgress(Progress):
    """The page for those who look after somebody."""

    milestones: tuple[StaffReached, ...]
