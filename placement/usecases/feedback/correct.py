"""Putting right a slip in somebody's feedback: the answers about tasks, never the words somebody wrote."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.attendance import is_away
from placement.domain.errors import NotFound, Refused
from placement.domain.shifts import Attendance
from placement.domain.words import say
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.observations import Answer, write_observations
from placement.usecases.effects.over_plan import heed_hours
from placement.usecases.effects.progress import Refreshed, refresh_progress
from placement.usecases.effects.raters import RATES_AS
from placement.usecases.effects.shifts import Found, find_shift, set_attendance_of
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

#: Longest reason, in characters.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class CorrectFeedback:
    """``feedback``: public id; ``answers`` that equal what is there change nothing; tasks left out stay."""

    feedback: str
    version: int
    answers: tuple[Answer, ...]
    reason: str


def correct_feedback(work: Work, actor: Actor, command: CorrectFeedback) -> Refreshed:
    """Replace answers in the rater's name; the old ones are kept as replaced, and milestones follow.

    Raises NotFound, Forbidden, Stale if the feedback changed meanwhile, and Refused without a reason, without an
    answer, or for feedback that was withdrawn.
    """
    if not 0 < len(command.reason.strip()) <= LONGEST:
        raise Refused(say("Please say in a few words why."), "reason")
    if not command.answers:
        raise Refused(say("Please answer for at least one task."))
    with work.transaction() as session:
        shift = session.scalar(
            select(Occasion.public_id)
            .join(Feedback, Feedback.occasion_id == Occasion.id)
            .where(Feedback.public_id == command.feedback, scope.in_program(actor, Feedback.program_id))
        )
        if shift is None:
            raise NotFound
        found = find_shift(session, actor, work.clock(), shift)
        ensure(actor, Permission.FEEDBACK_WITHDRAW, found.facts)
        row = session.scalars(select(Feedback).where(Feedback.public_id == command.feedback)).one()
        if row.withdrawn_at is not None:
            raise Refused(say("This feedback is withdrawn already."))
        check_version(row, command.version, {})
        row.changed_at = work.clock()
        rater = session.get_one(Rater, row.rater_id)
        _ensure_there(session, work, found, rater, command.answers)
        touched = write_observations(session, work, actor, found.occasion, rater, command.answers)
        session.flush()
        detail = {"occasion_id": found.occasion.id, "tasks": sorted(touched), "reason": command.reason.strip()}
        audit(session, work, actor, "feedback.correct_for", "feedback", row.id, **detail)
        participant, placement = found.occasion.participant_id, found.shift.placement_id
        return refresh_progress(session, work, actor, participant, touched, placement, found.occasion.local_day)


def _ensure_there(session: Session, work: Work, found: Found, rater: Rater, answers: tuple[Answer, ...]) -> None:
    """A task that was seen says *was here*; against an entry that nobody came it is refused."""
    if all(answer.level is None for answer in answers):
        return
    if is_away(found.occasion.attendance):
        raise Refused(say("Attendance says that nobody came. Correct that first."))
    if found.occasion.attendance is Attendance.UNKNOWN:
        role = next(role for role, kind in RATES_AS.items() if kind is rater.kind)
        set_attendance_of(found, Attendance.HERE, role)
        heed_hours(session, work, found)
