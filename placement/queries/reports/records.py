"""What a report is made of: one record type for each reader, with no field for what that reader may not know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from placement.domain.maintenance import Standing
from placement.domain.milestones import RuleKind
from placement.domain.reports import Course, ReleaseState, ReportReader, release_state
from placement.domain.trend import ThenNow
from placement.domain.verdict import Trend
from placement.queries.progress.records import EventRow, GoalLine, LevelName

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works: the role there, the employer, the site."""

    role: str
    employer: str
    site: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in a list: for whom, about which days, by whom; nothing of what it says."""

    public_id: str
    reader: ReportReader
    first_day: date
    last_day: date
    by: str
    made_at: datetime
    place: Place | None
    released_at: datetime | None
    withdrawn_at: datetime | None
    #: Whether the reader of this line may open it, and remove it.
    opens: bool
    may_remove: bool

    @property
    def state(self) -> ReleaseState:
        return release_state(self.released_at, self.withdrawn_at)


@dataclass(frozen=True, slots=True)
class Head(ReportLine):
    """A report's own page. ``by_participant``, ``by_staff``: who looks at it. ``name`` in full."""

    id: int
    participant_id: int
    placement_id: int | None
    person: str
    name: str
    first_name: str
    by_participant: bool
    by_staff: bool
    may_release: bool
    levels: tuple[LevelName, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone of the period. ``words`` are the rule's own."""

    kind: RuleKind
    percent: int
    occasions: int
    amount: int
    words: Words
    task: Words | None
    task_id: int | None
    day: date
    checks: Standing | None


@dataclass(frozen=True, slots=True)
class Point:
    """A rated occasion, or (rank None) one on which the task was not tried."""

    day: date
    rank: int | None
    key: str | None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task over the period, with what is drawn of it."""

    id: int
    public_id: str
    name: Words
    course: Course
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class StaffTaskLine(TaskLine):
    """For therapists and coaches also what the period's last stretch says, as in ``domain.verdict``."""

    trend: Trend
    trend_nap: float | None
    trend_size: int
    trend_rated: int
    trend_shifts: int


@dataclass(frozen=True, slots=True)
class Said:
    """Words written for the participant about one shift."""

    day: date
    rater: str
    went_well: str
    try_next: str


@dataclass(frozen=True, slots=True)
class Period:
    """Whose report, about which days, and what was done on them. ``minutes`` as far as known."""

    name: str
    program: str
    first_day: date
    last_day: date
    levels: tuple[LevelName, ...]
    shifts: int
    minutes: int
    change: ThenNow | None
    places: tuple[Place, ...]
    events: tuple[EventRow, ...]
    goals: tuple[GoalLine, ...]


@dataclass(frozen=True, slots=True)
class ParticipantReport(Period):
    """What the participant knows already, on paper."""

    tasks: tuple[TaskLine, ...]
    milestones: tuple[Reached, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class TherapistReport(Period):
    """For those who look after somebody: with verdicts, checks and missed shifts."""

    tasks: tuple[StaffTaskLine, ...]
    milestones: tuple[Reached, ...]
    planned: int
    absent: int
    excused: int


@dataclass(frozen=True, slots=True)
class ShopTask:
    """A task as the shop itself saw it: how often, how often alone, how the last time."""

    name: Words
    times: int
    alone: int
    last: int


@dataclass(frozen=True, slots=True)
class ShopMilestone:
    """A task's milestone that the shop's own shifts prove."""

    kind: RuleKind
    percent: int
    occasions: int
    task: Words
    day: date


@dataclass(frozen=True, slots=True)
class EmployerReport:
    """What an employer may know: work in their own shop, as their own people saw it.

    First name only. No verdict and no course, nobody's words, no reason for a shift that did not take place, nothing
    about the kind of placement.
    """

    first_name: str
    program: str
    place: Place
    first_day: date
    last_day: date
    shifts: int
    minutes: int
    levels: tuple[LevelName, ...]
    tasks: tuple[ShopTask, ...]
    milestones: tuple[ShopMilestone, ...]


Report = ParticipantReport | TherapistReport | EmployerReport
