"""What one rater says about one shift: attendance, levels of support, comments. Sent again, it corrects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.attendance import RATER_MAY_SAY, is_away
from placement.domain.errors import Forbidden, Refused
from placement.domain.shifts import Attendance, attendance_words
from placement.domain.support import NotTodayReason, RaterKind
from placement.domain.words import say
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.policy.raters import rating_roles
from placement.queries.scope import REOPEN
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.observations import Answer, drop_observations, write_observations
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.effects.raters import RATES_AS, ensure_rater
from placement.usecases.effects.shifts import Found, find_shift, is_rated, set_attendance_of, set_due
from placement.usecases.transaction import Work

#: Longest text of one field, in characters.
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class TaskRating:
    """One task's answer: ``level`` (public id) or ``not_today``. ``steps``: position → level, where steps were rated;
    the lowest of them is then the task's level."""

    task: str
    level: str | None = None
    not_today: NotTodayReason | None = None
    comment: str = ""
    steps: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SubmitFeedback:
    """``shift``: its public id. ``key``: the client's UUID for this sending. ``attendance`` None: say nothing new.

    ``went_well`` and ``try_next`` are for the participant, ``note`` for the coordinator. Tasks that are not named
    keep what this rater said before. ``as_kind`` chooses for somebody who may rate in two roles.
    """

    shift: str
    key: str
    attendance: Attendance | None = None
    ratings: tuple[TaskRating, ...] = ()
    went_well: str = ""
    try_next: str = ""
    note: str = ""
    as_kind: RaterKind | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Public ids, how many tasks were answered, and how many milestones came and went by it."""

    feedback: str
    shift: str
    rated: int
    milestones: int = 0
    withdrawn: int = 0


def submit_feedback(work: Work, actor: Actor, command: SubmitFeedback) -> Receipt:
    """Store feedback about a shift, or correct the actor's own of the last 7 days.

    Idempotent by ``key``: the same body gets the first answer again. Raises KeyReused for another body, NotFound for
    a shift or task out of sight, Forbidden, and Refused with the field's name.
    """
    return again_if_taken(_submit, work, actor, command)


def _submit(work: Work, actor: Actor, command: SubmitFeedback) -> Receipt:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return Receipt(**known)
        now = work.clock()
        found = find_shift(session, actor, now, command.shift)
        ensure(actor, Permission.FEEDBACK_SUBMIT, found.facts)
        # Whoever waited for the lock may find that their own double click was faster.
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return Receipt(**known)
        _ensure_open(found, now, command)
        rater = _rater(session, work, actor, found, command.as_kind)
        receipt = _store(session, work, actor, found, rater, command)
        keep_answer(session, work, actor, command.key, body, asdict(receipt))
        return receipt


def _ensure_open(found: Found, now: datetime, command: SubmitFeedback) -> None:
    if found.shift.cancelled_at is not None:
        raise Refused(say("This shift was cancelled."))
    if found.occasion.starts_at > now:
        raise Refused(say("This shift has not begun yet."))
    if command.attendance is not None and command.attendance not in RATER_MAY_SAY:
        raise Refused(say("Choose one of the answers."), "attendance")
    if command.attendance is Attendance.ABSENT and command.ratings:
        raise Refused(say("Somebody who did not come has no answers about tasks."), "attendance")
    texts = {"went_well": command.went_well, "try_next": command.try_next, "note": command.note}
    if not (command.attendance or command.ratings or any(text.strip() for text in texts.values())):
        raise Refused(say("Please answer for at least one task."))
    for name, text in texts.items():
        if len(text) > LONGEST:
            raise Refused(say("Please write at most %(count)s characters.", count=LONGEST), name)


def _rater(session: Session, work: Work, actor: Actor, found: Found, as_kind: RaterKind | None) -> Rater:
    """The actor as a rater here: as they rated this shift before, as they chose, or in their first role."""
    roles = rating_roles(actor, found.shift.site_id, found.occasion.participant_id)
    kinds = {RATES_AS[role]: role for role in roles}
    if as_kind is None:
        before = session.scalar(
            select(Rater.kind)
            .join(Feedback, Feedback.rater_id == Rater.id)
            .where(Feedback.occasion_id == found.occasion.id, Rater.account_id == actor.account_id)
            .order_by(Feedback.id)
            .limit(1)
        )
        as_kind = before if before in kinds else next(iter(kinds), None)
    if as_kind not in kinds:
        raise Forbidden(Permission.FEEDBACK_SUBMIT)
    rater = ensure_rater(session, work, actor.program, actor.account_id, kinds[as_kind], actor.name)
    if rater is None:
        raise Forbidden(Permission.FEEDBACK_SUBMIT)
    return rater


def _store(session: Session, work: Work, actor: Actor, found: Found, rater: Rater, command: SubmitFeedback) -> Receipt:
    feedback, verb = _feedback(session, work, found, rater, command)
    if command.attendance is Attendance.ABSENT:
        touched = drop_observations(session, work, found.occasion.id, rater.id)
    else:
        answers = [_answer(rating) for rating in command.ratings]
        touched = write_observations(session, work, actor, found.occasion, rater, answers)
    seen = any(rating.not_today is None for rating in command.ratings)
    _attend(session, found, rater, command.attendance, seen)
    set_due(session, found)
    detail = {"occasion_id": found.occasion.id, "tasks": sorted(touched)}
    audit(session, work, actor, f"feedback.{verb}", "feedback", feedback.id, **detail)
    refreshed = refresh_progress(session, work, actor, found.occasion.participant_id, touched, found.shift.placement_id)
    return Receipt(
        feedback.public_id, command.shift, len(command.ratings), refreshed.new + refreshed.restored, refreshed.withdrawn
    )


def _feedback(
    session: Session, work: Work, found: Found, rater: Rater, command: SubmitFeedback
) -> tuple[Feedback, str]:
    """The row of this rater about this shift, new, corrected or sent again after it was withdrawn."""
    now = work.clock()
    row = session.scalar(
        select(Feedback).where(Feedback.occasion_id == found.occasion.id, Feedback.rater_id == rater.id)
    )
    verb = "correct"
    if row is None or row.withdrawn_at is not None:
        verb = "submit"
        if row is None:
            row = Feedback(program_id=found.shift.program_id, occasion_id=found.occasion.id, rater_id=rater.id)
            row.created_at = now
            session.add(row)
        row.sent_at, row.changed_at, row.withdrawn_at = now, None, None
    elif row.sent_at < now - REOPEN:
        raise Refused(say("Feedback can be changed for 7 days. Please call the program if something is wrong."))
    else:
        row.changed_at = now
        row.version += 1
    row.went_well, row.try_next, row.note = command.went_well.strip(), command.try_next.strip(), command.note.strip()
    session.flush()
    return row, verb


def _answer(rating: TaskRating) -> Answer:
    return Answer(rating.task, rating.level, rating.not_today, rating.comment.strip(), dict(rating.steps))


def _attend(session: Session, found: Found, rater: Rater, said: Attendance | None, seen: bool) -> None:
    """A task seen says *was here*, unless *came later* is said or known; nothing else invents presence."""
    role = next(role for role, kind in RATES_AS.items() if kind is rater.kind)
    known = found.occasion.attendance
    if said is Attendance.ABSENT and is_rated(session, found.occasion.id, but_by=rater.id):
        raise Refused(say("Somebody else has noted tasks of this shift. Please call the program."), "attendance")
    if said is not None:
        stands = set_attendance_of(found, said, role)
    elif seen and (known is Attendance.UNKNOWN or is_away(known)):
        stands = set_attendance_of(found, Attendance.HERE, role)
    else:
        return
    if seen and not stands and is_away(known):
        raise Refused(
            say(
                "The program has noted “%(attendance)s” for this shift. Please call them, so that they can correct it.",
                attendance=attendance_words(known),
            )
        )
