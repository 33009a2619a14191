"""One shift with what was said about it, as its reader may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.planning import shift_hints
from placement.domain.roles import Role
from placement.domain.shifts import Attendance, PlannedTime
from placement.domain.support import NotTodayReason, RaterKind
from placement.domain.words import Say
from placement.models.employers.employer import Employer, Site
from placement.models.feedback.observation import Feedback, Observation
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.programs.scale import SupportLevel
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.feedback.own_view import TaskViews, side_by_side


@dataclass(frozen=True, slots=True)
class SeenTask:
    """A task's answer; ``level`` None with a reason why not today."""

    name: Mapping[str, str]
    level: Mapping[str, str] | None
    not_today: NotTodayReason | None
    comment: str


@dataclass(frozen=True, slots=True)
class SharedFeedback:
    """What the participant reads of a feedback."""

    rater: str
    kind: RaterKind
    sent_at: datetime
    went_well: str
    try_next: str
    tasks: list[SeenTask]


@dataclass(frozen=True, slots=True)
class FullFeedback(SharedFeedback):
    """What its rater and staff read: also the note for the coordinator."""

    public_id: str
    note: str
    changed_at: datetime | None
    withdrawn_at: datetime | None
    #: The participant's answer to the words.
    answer: str = ""
    #: For staff: the words wait until somebody has read them with the participant.
    waits: bool = False


@dataclass(frozen=True, slots=True)
class ShiftRecord:
    """Day, times and zone are the shop's. The flags say what this reader may do."""

    public_id: str
    version: int
    participant_id: int
    participant: str
    name: str
    placement: str
    day: date
    start: time
    end: time
    start_fold: int
    end_fold: int
    zone: str
    agreed_day: date
    moved: bool
    employer: str
    site: str
    attendance: Attendance
    attendance_by: Role | None
    minutes: int | None
    actual_start: datetime | None
    actual_end: datetime | None
    #: The participant's own taps; they stay beside what others say.
    check_in_at: datetime | None
    check_out_at: datetime | None
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    owed: bool
    own: bool
    sees_placement: bool
    may_plan: bool
    may_attend: bool
    may_rate: bool
    may_withdraw: bool
    may_give_view: bool
    #: For the planner of a shift to come.
    hints: tuple[Say, ...]
    feedback: list[SharedFeedback]
    #: The participant's own view beside the others': for them and those who look after them, never for the shop.
    views: tuple[TaskViews, ...]


#: Fields of the record that are columns of the shift, or of what is found with it.
_OF_SHIFT = (
    "version", "day", "start", "end", "start_fold", "end_fold", "agreed_day", "moved", "attendance_by", "minutes",
    "actual_start", "actual_end",
)  # fmt: skip
_OF_ROW = (
    "participant_id", "participant", "placement", "zone", "employer", "site", "attendance", "starts_at", "ends_at",
)  # fmt: skip


def shift_record(db: Session, actor: Actor, now: datetime, public_id: str) -> ShiftRecord:
    """Raises NotFound for a shift out of sight. Three statements."""
    row = _row(db, actor, now, public_id)
    shift: Shift = row.Shift
    facts = Facts(shift.program_id, row.participant_id, shift.site_id, current=bool(row.current))
    rights = _rights(actor, facts)
    planned = PlannedTime(shift.day, shift.start, shift.end, row.zone, shift.start_fold, shift.end_fold)
    answers = _answers(db, actor, shift.id)
    sees_views = allowed(actor, Permission.OWN_VIEW_SEE, facts)
    own = row.participant_id == actor.participant_id
    # How a person says they came is no matter of the shop's.
    taps = (shift.check_in_at, shift.check_out_at) if own or rights["may_attend"] else (None, None)
    return ShiftRecord(
        public_id=public_id, check_in_at=taps[0], check_out_at=taps[1],
        name=row.preferred_name,
        cancelled=shift.cancelled_at is not None,
        owed=shift.feedback_due_at is not None and shift.feedback_due_at <= now,
        own=own,
        hints=shift_hints(planned, row.availability) if rights["may_plan"] and row.starts_at > now else (),
        feedback=_feedback(db, actor, shift.id, facts, _by_rater(answers)),
        views=side_by_side(answers) if sees_views else (),
        **{name: getattr(shift, name) for name in _OF_SHIFT},
        **{name: getattr(row, name) for name in _OF_ROW},
        **rights,
    )  # fmt: skip


def _row(db: Session, actor: Actor, now: datetime, public_id: str) -> Any:
    row = db.execute(
        select(
            Shift,
            Occasion.participant_id,
            Occasion.zone,
            Occasion.attendance,
            Occasion.starts_at,
            Occasion.ends_at,
            Participant.public_id.label("participant"),
            Participant.preferred_name,
            Participant.availability,
            Placement.public_id.label("placement"),
            Employer.name.label("employer"),
            Site.name.label("site"),
            scope.is_current_for(actor, now).label("current"),
        )
        .join(Occasion, Occasion.id == Shift.id)
        .join(Participant, Participant.id == Occasion.participant_id)
        .join(Placement, Placement.id == Shift.placement_id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Occasion.public_id == public_id, scope.shifts(actor, now))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def _rights(actor: Actor, facts: Facts) -> dict[str, Any]:
    """What this reader may do."""
    return {
        "sees_placement": allowed(actor, Permission.PLACEMENT_SEE, facts),
        "may_plan": allowed(actor, Permission.SHIFT_PLAN, facts),
        "may_attend": allowed(actor, Permission.SHIFT_ATTENDANCE, facts),
        "may_rate": allowed(actor, Permission.FEEDBACK_SUBMIT, facts),
        "may_withdraw": allowed(actor, Permission.FEEDBACK_WITHDRAW, facts),
        "may_give_view": allowed(actor, Permission.OWN_VIEW_GIVE, facts),
    }


def _feedback(
    db: Session, actor: Actor, occasion_id: int, facts: Facts, tasks: Mapping[int, list[SeenTask]]
) -> list[SharedFeedback]:
    """All of it for staff, the shared part for the participant, their own for a supervisor."""
    staff = allowed(actor, Permission.SHIFT_ATTENDANCE, facts)
    own = facts.participant_id == actor.participant_id
    conditions: list[ColumnElement[bool]] = [Feedback.occasion_id == occasion_id]
    if not staff and not own:
        conditions.append(Feedback.rater_id.in_(sorted(actor.rater_ids)))
    if not staff:
        conditions.append(Feedback.withdrawn_at.is_(None))
    rows = db.execute(
        select(Feedback, Rater.name, Rater.kind)
        .join(Rater, Rater.id == Feedback.rater_id)
        .where(*conditions)
        .order_by(Feedback.sent_at, Feedback.id)
    ).all()
    found: list[SharedFeedback] = []
    for row, name, kind in rows:
        seen = tasks.get(row.rater_id, []) if row.withdrawn_at is None else []
        shared = (name, kind, row.sent_at, row.went_well, row.try_next, seen)
        if own and not staff:
            # What they read with their coach first is not here before.
            kept = shared if row.released_at else (name, kind, row.sent_at, "", "", seen)
            found.append(SharedFeedback(*kept))
        else:
            waits = staff and row.released_at is None and bool(row.went_well or row.try_next)
            more = (row.public_id, row.note, row.changed_at, row.withdrawn_at, row.answer, waits)
            found.append(FullFeedback(*shared, *more))
    return found


def _answers(db: Session, actor: Actor, occasion_id: int) -> Sequence[Any]:
    """What everybody said about the tasks, the participant's own view included."""
    return db.execute(
        select(
            Observation.rater_id, Observation.task_id, Task.name, SupportLevel.name.label("level"), Observation.rank,
            Observation.not_today, Observation.comment, Rater.kind, Rater.name.label("rater"),
        )
        .join(Task, Task.id == Observation.task_id)
        .join(Rater, Rater.id == Observation.rater_id)
        .outerjoin(SupportLevel, SupportLevel.id == Observation.level_id)
        .where(Observation.occasion_id == occasion_id, Observation.replaced_at.is_(None), scope.tasks(actor))
        .order_by(Task.id, Rater.id)
    ).all()  # fmt: skip


def _by_rater(answers: Iterable[Any]) -> dict[int, list[SeenTask]]:
    found: dict[int, list[SeenTask]] = defaultdict(list)
    for row in answers:
        if row.kind is not RaterKind.SELF:
            found[row.rater_id].append(SeenTask(row.name, row.level, row.not_today, row.comment))
    return found
