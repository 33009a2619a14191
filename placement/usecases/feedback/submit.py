"""What one rater says about one shift: attendance, levels of support, comments. Sent again, it corrects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden
from placement.domain.shifts import Attendance
from placement.domain.support import NotTodayReason, RaterKind
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.policy.raters import rating_roles
from placement.usecases.effects.feedback import LONGEST, Given, Unlisted, ensure_answerable, store_feedback
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.observations import Answer
from placement.usecases.effects.raters import RATES_AS, ensure_rater
from placement.usecases.effects.shifts import Found, find_shift
from placement.usecases.transaction import Work

__all__ = ["LONGEST", "Receipt", "SubmitFeedback", "TaskRating", "submit_feedback"]


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
    keep what this rater said before. ``as_kind`` chooses for somebody who may rate in two roles. ``seen``: the version
    of the actor's feedback the form was opened on, 0 for none; None does not ask.
    """

    shift: str
    key: str
    attendance: Attendance | None = None
    ratings: tuple[TaskRating, ...] = ()
    went_well: str = ""
    try_next: str = ""
    note: str = ""
    unlisted: tuple[Unlisted, ...] = ()
    seen: int | None = None
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
    a shift or task out of sight, Forbidden, Stale if other answers were sent since, and Refused with the field's name.
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
        given = _given(command)
        ensure_answerable(found, now, given)
        rater = _rater(session, work, actor, found, command.as_kind)
        stored = store_feedback(session, work, actor, found, rater, given)
        came = stored.refreshed.new + stored.refreshed.restored
        gone = stored.refreshed.withdrawn
        receipt = Receipt(stored.feedback, command.shift, len(command.ratings), came, gone)
        keep_answer(session, work, actor, command.key, body, asdict(receipt))
        return receipt


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


def _given(command: SubmitFeedback) -> Given:
    answers = tuple(
        Answer(one.task, one.level, one.not_today, one.comment.strip(), dict(one.steps)) for one in command.ratings
    )
    return Given(
        command.attendance, answers, command.went_well, command.try_next, command.note, command.unlisted, command.seen
    )
