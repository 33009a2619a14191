"""Whose lines a page of the caseload shows, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, exists, or_, select
from sqlalchemy.orm import Session

from placement.domain.fading import FadingState
from placement.domain.text import fold
from placement.domain.verdict import Trend
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.progress.plan import FadingStep
from placement.models.progress.summary import TaskSummary
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.pages import Page, fetch_page, starts_with
from placement.queries.progress.caseload_places import RUNNING
from placement.queries.progress.caseload_tasks import CURRENT

SIZE = 25
SORTS = ("look", "name", "-name")
SHOWS = ("growing", "steady", "needs_more_help", "owed", "watched")


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """``whose``: "", "mine" or "covering"; ``show``: "" or one of ``SHOWS``; ``sort``: one of ``SORTS``."""

    search: str = ""
    whose: str = ""
    show: str = ""
    sort: str = "look"


def page_of_people(db: Session, actor: Actor, wanted: CaseFilter, now: datetime, cursor: str | None) -> Page[Any]:
    """One page of the people on placement: keys and names."""
    statement: Any = select(
        Participant.id, Participant.public_id, Participant.preferred_name, Participant.family_name
    ).where(scope.participants(actor), Participant.archived_at.is_(None), *_conditions(actor, wanted, now))
    keys: list[Any] = [Participant.sort_key, Participant.id]
    if wanted.sort == "look":
        slips = _has_trend(actor, Trend.NEEDS_MORE_HELP, now)
        keys.insert(0, case((slips, 0), else_=1).label("turn"))
    return fetch_page(db, statement, keys, cursor, descending=wanted.sort == "-name", size=SIZE)


def _conditions(actor: Actor, wanted: CaseFilter, now: datetime) -> list[ColumnElement[bool]]:
    running = (Placement.participant_id == Participant.id) & Placement.state.in_(RUNNING)
    conditions: list[ColumnElement[bool]] = [exists().where(running)]
    if wanted.whose:
        people = actor.covering if wanted.whose == "covering" else actor.caseload
        conditions.append(Participant.id.in_(sorted(people)))
    folded = fold(wanted.search)
    if folded:
        key: Any = Participant.sort_key
        conditions.append(or_(starts_with(key, folded), key.contains(" " + folded, autoescape=True)))
    if wanted.show == "owed":
        owed = (Shift.placement_id == Placement.id) & (Shift.feedback_due_at <= now) & Shift.cancelled_at.is_(None)
        conditions.append(exists().where(running, owed))
    elif wanted.show == "watched":
        watched = (FadingStep.placement_id == Placement.id) & (FadingStep.state == FadingState.WATCHING)
        conditions.append(exists().where(running, watched))
    elif wanted.show:
        conditions.append(_has_trend(actor, Trend(wanted.show), now))
    return conditions


def _has_trend(actor: Actor, trend: Trend, now: datetime) -> ColumnElement[bool]:
    return exists().where(
        TaskSummary.participant_id == Participant.id,
        TaskSummary.trend == trend,
        TaskSummary.last_day >= actor.today(now) - CURRENT,
        Task.id == TaskSummary.task_id,
        scope.tasks(actor),
    )
