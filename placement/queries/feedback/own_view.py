"""What the participant says themself after a shift: the form, and the same shift seen by both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.attendance import is_away
from placement.domain.errors import NotFound
from placement.domain.support import NotTodayReason, RaterKind
from placement.domain.words import Say, say
from placement.models.employers.employer import Employer, Site
from placement.models.feedback.rater import Rater
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.feedback.form import FormTask, form_tasks
from placement.queries.programs.scale import LevelRow, current_levels

#: How long after a shift one can say how it was.
OPEN_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class OwnViewForm:
    """The supervisors' questions for the participant. ``closed``: why there is nothing to answer, if so."""

    shift: str
    participant_id: int
    day: date
    start: time
    end: time
    employer: str
    closed: Say | None
    given: bool
    tasks: list[FormTask]
    levels: list[LevelRow]


@dataclass(frozen=True, slots=True)
class OneView:
    """What somebody said about a task: a level in words, or why not today."""

    rater: str
    level: Mapping[str, str] | None
    not_today: NotTodayReason | None


@dataclass(frozen=True, slots=True)
class TaskViews:
    """One task of one shift: the participant's own word and the others'. ``same`` None where one side gave no level."""

    name: Mapping[str, str]
    own: OneView
    others: tuple[OneView, ...]
    same: bool | None


def own_view_form(db: Session, actor: Actor, now: datetime, shift: str) -> OwnViewForm:
    """Raises NotFound for a shift out of sight, Forbidden for anybody but its participant. Four statements."""
    row = db.execute(
        select(
            Occasion.id, Occasion.participant_id, Occasion.attendance, Occasion.starts_at, Occasion.ends_at,
            Shift.program_id, Shift.site_id, Shift.day, Shift.start, Shift.end, Shift.cancelled_at,
            Placement.opening_id, Employer.name.label("employer"),
        )
        .join(Shift, Shift.id == Occasion.id)
        .join(Placement, Placement.id == Shift.placement_id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Occasion.public_id == shift, scope.shifts(actor, now))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    ensure(actor, Permission.OWN_VIEW_GIVE, Facts(row.program_id, row.participant_id, row.site_id))
    rater = db.scalar(
        select(Rater.id).where(
            Rater.program_id == row.program_id, Rater.account_id == actor.account_id,
            Rater.kind == RaterKind.SELF, Rater.archived_at.is_(None),
        )
    )  # fmt: skip
    tasks = form_tasks(db, actor, row, rater)
    return OwnViewForm(
        shift=shift,
        participant_id=row.participant_id,
        day=row.day,
        start=row.start,
        end=row.end,
        employer=row.employer,
        closed=closed_words(row.starts_at, row.ends_at, row.cancelled_at is not None, is_away(row.attendance), now),
        given=any(task.answer is not None for task in tasks),
        tasks=tasks,
        levels=current_levels(db, row.program_id),
    )


def closed_words(starts_at: datetime, ends_at: datetime, cancelled: bool, away: bool, now: datetime) -> Say | None:
    """Why a shift takes no view of its participant; None while it does."""
    if cancelled:
        return say("This shift was cancelled. There is nothing to answer.")
    if starts_at > now:
        return say("This shift has not begun yet. Come back when it is over.")
    if away:
        return say("You were not at this shift. There is nothing to answer.")
    if ends_at + OPEN_FOR < now:
        return say("This shift was more than two weeks ago. You can still talk about it with your program.")
    return None


def side_by_side(rows: Iterable[Any]) -> tuple[TaskViews, ...]:
    """The tasks the participant said something about, from rows (task, name, kind, rater, level, rank, not_today)."""
    tasks: dict[int, list[Any]] = {}
    for row in rows:
        tasks.setdefault(row.task_id, []).append(row)
    found = []
    for said in tasks.values():
        own = next((row for row in said if row.kind is RaterKind.SELF), None)
        if own is not None:
            others = [row for row in said if row.kind is not RaterKind.SELF]
            # "Not today" is missing, which is neither the same nor different.
            ranks = {row.rank for row in others if row.rank is not None}
            same = None if own.rank is None or not ranks else ranks == {own.rank}
            found.append(TaskViews(own.name, _view(own), tuple(_view(row) for row in others), same))
    return tuple(found)


def _view(row: Any) -> OneView:
    return OneView(row.rater, row.level, row.not_today)
