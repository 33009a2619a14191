"""Taking back a mistaken feedback, e.g. one about the wrong person."""

from __future__ import annotations

from sqlalchemy import select

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
from placement.usecases.effects.absences import heed_attendance
from placement.usecases.effects.check_ins import count_check_in
from placement.usecases.effects.log import audit
from placement.usecases.effects.observations import drop_observations
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.effects.raters import RATES_AS
from placement.usecases.effects.shifts import Found, find_shift, has_feedback, set_attendance_of, set_due
from placement.usecases.transaction import Work

#: Longest reason, in characters.
LONGEST = 200


def withdraw_feedback(work: Work, actor: Actor, feedback: str, reason: str) -> int:
    """Withdraw feedback by its public id; the milestones it carried are taken back. How many those were.

    Its levels count no longer, and feedback is owed again unless somebody else gave some. Attendance that only this
    feedback had said is unknown again. Withdrawing twice changes nothing. Raises NotFound, Forbidden, and Refused
    without a reason.
    """
    if not 0 < len(reason.strip()) <= LONGEST:
        raise Refused(say("Please say in a few words why."), "reason")
    with work.transaction() as session:
        now = work.clock()
        shift = session.scalar(
            select(Occasion.public_id)
            .join(Feedback, Feedback.occasion_id == Occasion.id)
            .where(Feedback.public_id == feedback, scope.in_program(actor, Feedback.program_id))
        )
        if shift is None:
            raise NotFound
        found = find_shift(session, actor, now, shift)
        ensure(actor, Permission.FEEDBACK_WITHDRAW, found.facts)
        row = session.scalars(select(Feedback).where(Feedback.public_id == feedback)).one()
        if row.withdrawn_at is not None:
            return 0
        row.withdrawn_at = now
        row.version += 1
        touched = drop_observations(session, work, found.occasion.id, row.rater_id)
        session.flush()
        rater, was = session.get_one(Rater, row.rater_id), found.occasion.attendance
        if _said_only_there(found, rater) and not has_feedback(session, found.shift.id):
            set_attendance_of(found, Attendance.UNKNOWN, None)
            count_check_in(found)
        set_due(session, found)
        heed_attendance(session, work, found, was, account_id=actor.account_id, from_shop=True)
        detail = {"occasion_id": found.occasion.id, "tasks": sorted(touched), "reason": reason.strip()}
        audit(session, work, actor, "feedback.withdraw", "feedback", row.id, **detail)
        refreshed = refresh_progress(
            session, work, actor, found.occasion.participant_id, touched, found.shift.placement_id
        )
        return refreshed.withdrawn


def _said_only_there(found: Found, rater: Rater) -> bool:
    """Attendance stands on this feedback: said in this rater's role, and no hours were entered by hand."""
    role = found.shift.attendance_by
    return role is not None and RATES_AS.get(role) is rater.kind and found.shift.actual_start is None
