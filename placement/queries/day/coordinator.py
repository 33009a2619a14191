"""What needs a coordinator today, in six statements that read current rows only, whatever the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Any

from sqlalchemy.orm import Session

from placement.domain.milestones import RuleKind
from placement.domain.placements import Answer, PlacementState, StepKind
from placement.policy.actor import Actor
from placement.queries.day import current, news
from placement.queries.day.figures import Figures, figures_of
from placement.queries.day.waiting import DueIncident, Missing, OpenNotice, waiting
from placement.queries.programs.scale import LevelRow, current_levels

Words = Mapping[str, str]

#: Placements that end within this time are worth a plan.
ENDS_SOON = timedelta(days=14)
#: Weeks of the small line in the caseload.
SPARK_WEEKS = 8
#: People shown in the caseload.
MOST_PEOPLE = 10


#: Somebody answered, and the next step is the coordinator's; a declined placement is here only while it is news.
_ANSWERED = (PlacementState.OFFERED, PlacementState.ACCEPTED, PlacementState.DECLINED)


class Whose(StrEnum):
    """The filter: those assigned or covered, those covered, everybody."""

    MINE = "mine"
    COVERING = "covering"
    ALL = "all"


def people_of(actor: Actor, whose: Whose) -> frozenset[int] | None:
    """The participants a filter leaves; None for everybody."""
    match whose:
        case Whose.MINE:
            return actor.caseload
        case Whose.COVERING:
            return actor.covering
    return None


@dataclass(frozen=True, slots=True)
class OwedAt:
    """Feedback owed at a shop."""

    site: str
    site_name: str
    employer: str
    shifts: int
    since: date


@dataclass(frozen=True, slots=True)
class Slip:
    """Somebody who needs more help again: with how many ``tasks``, one of them, and since when at the latest."""

    participant: str
    name: str
    tasks: int
    task: Words
    since: date


@dataclass(frozen=True, slots=True)
class Decision:
    """A placement that waits for something, by its state, answer, end, or a step that is due."""

    placement: str
    participant: str
    name: str
    role: str
    employer: str
    site: str
    state: PlacementState
    answer: Answer | None
    ask_again_on: date | None
    first_day: date
    last_day: date | None
    ends_soon: bool
    step: StepKind | None
    step_due: date | None


@dataclass(frozen=True, slots=True)
class Celebration:
    """A milestone of the last days; ``to_tell``: withdrawn, seen, and nobody has told the participant yet."""

    participant: str
    name: str
    kind: RuleKind
    percent: int
    occasions: int
    amount: int
    task: Words | None
    #: The rule's own wording.
    words: Words
    day: date
    to_tell: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """A step back to look at: watched long enough, or (``slips``) help is needed again since. Shares in percent."""

    placement: str
    participant: str
    name: str
    before: int
    after: int
    until: date
    slips: bool


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """Somebody with ``tasks`` mastered tasks to look at, one of them, and the latest day: due, or helped again."""

    participant: str
    name: str
    needs_look: bool
    tasks: int
    task: Words
    day: date


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """A person on placement with the middle answer of each of the last weeks, oldest first; None: no answers."""

    participant: str
    name: str
    employer: str
    site: str
    weeks: tuple[float | None, ...]
    slips: int
    last_day: date | None


@dataclass(frozen=True, slots=True)
class CoordinatorDay:
    people: int
    figures: Figures
    owed: tuple[OwedAt, ...]
    notices: tuple[OpenNotice, ...]
    incidents: tuple[DueIncident, ...]
    missing: tuple[Missing, ...]
    slips: tuple[Slip, ...]
    decisions: tuple[Decision, ...]
    milestones: tuple[Celebration, ...]
    checks: tuple[KeptCheck, ...]
    watched: tuple[Watched, ...]
    caseload: tuple[CaseloadRow, ...]
    levels: tuple[LevelRow, ...]


def coordinator_day(db: Session, actor: Actor, now: datetime, whose: Whose) -> CoordinatorDay:
    """The coordinator's day for the participants the filter leaves."""
    today = actor.today(now)
    people = people_of(actor, whose)
    figures = figures_of(db, actor, now, people)
    placements = current.placements(db, actor, today, people)
    marks, due = news.marks(db, actor, today, people)
    active = [row for row in placements if row.state in current.RUNNING]
    caseload = _caseload(active)[:MOST_PEOPLE]
    waits = waiting(db, actor, now, people)
    weeks = current.weeks(db, actor, [row.participant_id for row in caseload], _mondays(today)[0])
    return CoordinatorDay(
        people=len({row.participant_id for row in active}),
        figures=replace(figures, milestones=sum(_this_month(row, today) for row in marks)),
        owed=tuple(OwedAt(site, name, employer, n, day) for site, name, employer, n, day in waits.owed),
        notices=waits.notices,
        incidents=waits.incidents,
        missing=waits.missing,
        slips=_slips(active),
        decisions=tuple(_decision(row, today) for row in placements if _waits(row, today)),
        milestones=tuple(celebration(row) for row in marks if is_news(row, today)),
        checks=checks_of(due),
        watched=tuple(_watched(row) for row in active if _to_look_at(row, today)),
        caseload=_caseload_rows(caseload, weeks, today),
        levels=tuple(current_levels(db, actor.program)),
    )


def this_month(db: Session, actor: Actor, today: date, whose: Whose) -> list[Celebration]:
    """Milestones since the first of the month, newest first; one statement."""
    rows = news.milestones(db, actor, today, people_of(actor, whose))
    return [celebration(row) for row in rows if _this_month(row, today)]


def _waits(row: Any, today: date) -> bool:
    if row.step is not None:
        return True
    if row.state is PlacementState.PROPOSED:
        return row.answer is None or row.ask_again_on is None or row.ask_again_on <= today
    return _ends_soon(row, today) or row.state in _ANSWERED


def _ends_soon(row: Any, today: date) -> bool:
    running = row.state in current.RUNNING
    return running and row.last_day is not None and bool(row.last_day <= today + ENDS_SOON)


def _decision(row: Any, today: date) -> Decision:
    return Decision(
        row.placement, row.participant, _name(row), row.role, row.employer, row.site, row.state, row.answer,
        row.ask_again_on, row.first_day, row.last_day, _ends_soon(row, today), row.step, row.step_due,
    )  # fmt: skip


def _slips(rows: Sequence[Any]) -> tuple[Slip, ...]:
    """Each person once, the latest first."""
    found = {row.participant_id: row for row in rows if row.slips}
    slips = [Slip(row.participant, _name(row), row.slips, row.slip_name, row.slip_since) for row in found.values()]
    return tuple(sorted(slips, key=lambda slip: slip.since, reverse=True))


def _to_look_at(row: Any, today: date) -> bool:
    return row.watch_until is not None and (row.watch_until <= today or _slipped_since(row))


def _slipped_since(row: Any) -> bool:
    return bool(row.slips) and row.slip_since is not None and bool(row.slip_since >= row.taken_on)


def _watched(row: Any) -> Watched:
    return Watched(
        row.placement, row.participant, _name(row), row.share_before, row.share_after, row.watch_until,
        _slipped_since(row),
    )  # fmt: skip


def _this_month(row: Any, today: date) -> bool:
    return row.withdrawn_at is None and bool(row.reached_on >= today.replace(day=1))


def is_news(row: Any, today: date) -> bool:
    """Whether a row of ``news.milestones`` is worth a word today."""
    if row.withdrawn_at is not None:
        return row.seen_at is not None and row.told_at is None
    return bool(row.reached_on > today - current.NEWS)


def celebration(row: Any) -> Celebration:
    """A row of ``news.milestones``."""
    return Celebration(
        row.participant, _name(row), row.kind, row.percent, row.occasions, row.amount, row.task, row.rule_name,
        row.reached_on, row.withdrawn_at is not None,
    )  # fmt: skip


def checks_of(rows: Sequence[Any]) -> tuple[KeptCheck, ...]:
    """Rows of checks, each person once of a kind; what needs a look first."""
    found: dict[tuple[str, bool], list[Any]] = defaultdict(list)
    for row in rows:
        found[row.participant, row.lost_on is not None].append(row)
    checks = [
        KeptCheck(
            participant, _name(of[0]), lost, len(of), of[-1].task, max(row.lost_on or row.reached_on for row in of)
        )
        for (participant, lost), of in found.items()
    ]
    return tuple(sorted(checks, key=lambda check: (not check.needs_look, check.day)))


def _caseload(rows: Sequence[Any]) -> list[Any]:
    """One row a person, those who need more help again first."""
    once = {row.participant_id: row for row in sorted(rows, key=lambda row: row.slips or 0)}
    return sorted(once.values(), key=lambda row: (-(row.slips or 0), row.sort_key, row.participant_id))


def _caseload_rows(rows: Sequence[Any], weeks: Sequence[Any], today: date) -> tuple[CaseloadRow, ...]:
    ranks: dict[tuple[int, date], list[float]] = defaultdict(list)
    for participant, monday, rank in weeks:
        ranks[participant, monday].append(rank)
    middle = {key: median(found) for key, found in ranks.items()}
    mondays = _mondays(today)
    return tuple(
        CaseloadRow(
            row.participant, _name(row), row.employer, row.site,
            tuple(middle.get((row.participant_id, monday)) for monday in mondays), row.slips or 0, row.last_day,
        )
        for row in rows
    )  # fmt: skip


def _mondays(today: date) -> list[date]:
    this = today - timedelta(days=today.weekday())
    return [this - timedelta(weeks=SPARK_WEEKS - 1 - index) for index in range(SPARK_WEEKS)]


def _name(row: Any) -> str:
    return f"{row.preferred_name} {row.family_name}".strip()
