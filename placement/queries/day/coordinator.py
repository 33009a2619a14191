"""What needs a coordinator today, in six statements that read current rows only, whatever the history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from placement.policy.actor import Actor
from placement.queries.day import current, news
from placement.queries.day.decisions import Decision, decision, waits
from placement.queries.day.figures import Figures, figures_of
from placement.queries.day.progress_lines import (
    Celebration,
    KeptCheck,
    Slip,
    Watched,
    celebration,
    checks_of,
    in_this_month,
    is_news,
    slips_of,
    to_look_at,
    watched,
)
from placement.queries.day.spark_lines import CaseloadRow, mondays_to, once_each, rows_of
from placement.queries.day.waiting import DueIncident, Ending, Missing, OpenNotice, waiting
from placement.queries.programs.scale import LevelRow, current_levels

#: People shown in the caseload.
MOST_PEOPLE = 10


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
    endings: tuple[Ending, ...] = ()


def coordinator_day(db: Session, actor: Actor, now: datetime, whose: Whose) -> CoordinatorDay:
    """The coordinator's day for the participants the filter leaves."""
    today = actor.today(now)
    people = people_of(actor, whose)
    figures = figures_of(db, actor, now, people)
    placements = current.placements(db, actor, today, people)
    marks, due = news.marks(db, actor, today, people)
    active = [row for row in placements if row.state in current.RUNNING]
    caseload = once_each(active)[:MOST_PEOPLE]
    open_now = waiting(db, actor, now, people)
    weeks = current.weeks(db, actor, [row.participant_id for row in caseload], mondays_to(today)[0])
    return CoordinatorDay(
        people=len({row.participant_id for row in active}),
        figures=replace(figures, milestones=sum(in_this_month(row, today) for row in marks)),
        owed=tuple(OwedAt(site, name, employer, n, day) for site, name, employer, n, day in open_now.owed),
        notices=open_now.notices,
        incidents=open_now.incidents,
        missing=open_now.missing,
        endings=open_now.endings,
        slips=slips_of(active),
        decisions=tuple(decision(row, today) for row in placements if waits(row, today)),
        milestones=tuple(celebration(row) for row in marks if is_news(row, today)),
        checks=checks_of(due),
        watched=tuple(watched(row) for row in active if to_look_at(row, today)),
        caseload=rows_of(caseload, weeks, today),
        levels=tuple(current_levels(db, actor.program)),
    )


def this_month(db: Session, actor: Actor, today: date, whose: Whose) -> list[Celebration]:
    """Milestones since the first of the month, newest first; one statement."""
    rows = news.milestones(db, actor, today, people_of(actor, whose))
    return [celebration(row) for row in rows if in_this_month(row, today)]
