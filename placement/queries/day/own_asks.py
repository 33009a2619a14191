"""What a participant may say something about today: the shift that is just over, goals whose day has come, and what
waits for their yes before a shop reads it; with what was changed in their plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Date, bindparam, cast, exists, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from placement.domain.goals import EARLY, is_due
from placement.domain.placements import PlacementState
from placement.domain.reports import ReportReader
from placement.domain.sealed import Cipher
from placement.domain.shifts import Attendance
from placement.domain.support import RaterKind
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.placements.card import CardLine
from placement.models.placements.placement import Placement
from placement.models.progress.plan import Goal, GoalRating
from placement.models.reports.report import Report
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.day.own_changes import OwnChange, changes, no_times
from placement.queries.day.own_groups import OwnMeeting, next_meeting
from placement.queries.day.own_log import ASKED, OwnLog, log_of, log_parts
from placement.queries.day.own_papers import own_papers
from placement.queries.day.own_practice import OwnPractice, practice_row, to_practice
from placement.queries.day.own_steps import OwnStep, next_steps, step_of
from placement.queries.day.own_talks import OwnAgreed, OwnTalk, agreed, agreed_row, next_talk, no_seal

#: How long after a shift the day page offers one's own view of it; the shift's page offers it longer.
OFFERED = timedelta(hours=36)
MOST_GOALS = 40
#: Statements of so many participants are kept.
KEPT = 256
#: Reports for shops, and placements with lines for the card, at most.
MOST_YESES = 10
_CARD = (PlacementState.ACCEPTED, PlacementState.ACTIVE, PlacementState.PAUSED)


@dataclass(frozen=True, slots=True)
class Ask:
    """A shift, a placement or a report (``name``: the employer's) or a goal (its title), by public id; ``day``: when it
    was, is due, or since when it waits."""

    public_id: str
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class OwnAsks:
    shift: Ask | None
    goals: tuple[Ask, ...]
    #: Placements with lines for the card of the day, and employers' reports, that nobody reads without a yes.
    cards: tuple[Ask, ...]
    reports: tuple[Ask, ...]
    changes: tuple[OwnChange, ...]
    #: The next one-to-one session, and what was agreed until then.
    talk: OwnTalk | None = None
    agreed: tuple[OwnAgreed, ...] = ()
    #: The next session of a group.
    meeting: OwnMeeting | None = None
    log: OwnLog = OwnLog()
    #: Questionnaires that wait to be filled in (``name``: who handed them out).
    handouts: tuple[Ask, ...] = ()
    #: What they practice and said nothing about today.
    practice: tuple[OwnPractice, ...] = ()
    #: Planned steps to face a fear, the longest due first.
    steps: tuple[OwnStep, ...] = ()


def own_asks(db: Session, actor: Actor, now: datetime, cipher: Cipher | None = None) -> OwnAsks:
    """Of the participant who asks, who said nothing about it yet; the longest due first. One statement.

    Without a ``cipher`` what was agreed in sessions is left out.
    """
    moments = {"now": now, "offered_since": now - OFFERED, "asked_since": now - ASKED}
    rows: Sequence[Any] = db.execute(_statement(actor, actor.today(now)), moments).all()
    over = _asks(rows, "shift")
    due = [row for row in rows if row.what == "goal" and is_due(row.day, row.rated_on, actor.today(now))]
    goals = sorted(_asks(due, "goal"), key=lambda ask: ask.day)
    changed = tuple(OwnChange(*row[1:4], *row[5:9]) for row in rows if row.what == "change")
    talk = next((OwnTalk(*row[1:4], *row[5:7]) for row in rows if row.what == "talk"), None)
    meeting = next((OwnMeeting(*row[1:4], *row[5:7]) for row in rows if row.what == "meeting"), None)
    to_do = tuple(agreed_row(cipher, row) for row in rows if row.what == "agreed") if cipher is not None else ()
    practiced = tuple(practice_row(row) for row in rows if row.what == "practice")
    yeses = _asks(rows, "card"), _asks(rows, "report")
    papers = _asks(rows, "handout")
    first = over[0] if over else None
    steps = tuple(step_of(row) for row in rows if row.what == "step")
    return OwnAsks(first, tuple(goals), *yeses, changed, talk, to_do, meeting, log_of(rows), papers, practiced, steps)


@lru_cache(maxsize=KEPT)
def _statement(actor: Actor, today: date) -> CompoundSelect[Any]:
    """Kept for a day: what a moment decides stands in ``now``, ``offered_since`` and ``asked_since``."""
    parts = (_shift(actor), _goals(actor, today), _cards(actor), _reports(actor), own_papers(actor))
    asks = (select(part, *no_times(), no_seal()) for part in parts)
    talks = (select(next_talk(actor)), select(agreed(actor)), select(next_meeting(actor)))
    talks += (*log_parts(actor, today), select(to_practice(actor, today)), select(next_steps(actor, today)))
    return union_all(*asks, select(changes(actor, today), no_seal()), *talks)


def _asks(rows: Sequence[Any], what: str) -> tuple[Ask, ...]:
    return tuple(Ask(*row[1:4]) for row in rows if row.what == what)


def _shift(actor: Actor) -> Any:
    said = (
        exists()
        .where(Observation.occasion_id == Occasion.id, Observation.replaced_at.is_(None))
        .where(Rater.id == Observation.rater_id, Rater.kind == RaterKind.SELF)
    )
    return (
        select(
            literal("shift").label("what"),
            Occasion.public_id,
            Employer.name,
            Shift.day,
            _never(),
        )  # fmt: skip
        .join(Shift, Shift.id == Occasion.id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.in_program(actor, Occasion.program_id),
            Occasion.participant_id == actor.participant_id,
            Occasion.ends_at.between(bindparam("offered_since"), bindparam("now")),
            Occasion.attendance.not_in((Attendance.ABSENT, Attendance.EXCUSED)),
            Shift.cancelled_at.is_(None),
            ~said,
        )
        .order_by(Occasion.ends_at.desc())
        .limit(1)
        .subquery()
    )


def _goals(actor: Actor, today: date) -> Any:
    rated_on = select(func.max(GoalRating.day)).where(GoalRating.goal_id == Goal.id).scalar_subquery().label("rated_on")
    return (
        select(literal("goal").label("what"), Goal.public_id, Goal.title, Goal.due_on.label("day"), rated_on)
        .where(
            scope.goals(actor),
            Goal.participant_id == actor.participant_id,
            Goal.archived_at.is_(None),
            Goal.due_on <= today + EARLY,
        )
        .order_by(Goal.due_on.desc(), Goal.id)
        .limit(MOST_GOALS)
        .subquery()
    )


def _cards(actor: Actor) -> Any:
    """Placements with lines that were suggested and not released."""
    waits = exists().where(
        CardLine.placement_id == Placement.id, CardLine.archived_at.is_(None), CardLine.released_at.is_(None)
    )
    columns = (literal("card").label("what"), Placement.public_id, Employer.name, Placement.first_day, _never())
    return (
        select(*columns)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.placements(actor),
            Placement.participant_id == actor.participant_id,
            Placement.state.in_(_CARD),
            waits,
        )
        .order_by(Placement.id)
        .limit(MOST_YESES)
        .subquery()
    )


def _reports(actor: Actor) -> Any:
    """Employers' reports that were not released."""
    columns = (literal("report").label("what"), Report.public_id, Employer.name, Report.last_day, _never())
    return (
        select(*columns)
        .join(Placement, Placement.id == Report.placement_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.reports(actor),
            Report.participant_id == actor.participant_id,
            Report.reader == ReportReader.EMPLOYER,
            Report.released_at.is_(None),
        )
        .order_by(Report.id)
        .limit(MOST_YESES)
        .subquery()
    )


def _never() -> Any:
    return cast(null(), Date).label("rated_on")
