"""Entering the program, leaving it, and taking either back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import PlacementState, occupies
from placement.domain.words import say
from placement.models.enrollments.enrollment import Enrollment, FollowUp
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.usecases.effects.enrollments import entry_keys, keep_follow_up, locked_enrollment, written
from placement.usecases.effects.log import audit
from placement.usecases.effects.placement_ends import set_status
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

_OCCUPYING = [state for state in PlacementState if occupies(state)]


@dataclass(frozen=True, slots=True)
class Entry:
    """The day of entry, and the status then: public ids of the lists' entries, empty for unknown."""

    on: date
    work: str = ""
    benefit: str = ""
    insurance: str = ""


@dataclass(frozen=True, slots=True)
class Exit:
    """The day of the exit, why, whether a job was offered (None: unknown), and the status then."""

    on: date
    reason: str = ""
    job_offer: bool | None = None
    work: str = ""
    benefit: str = ""
    insurance: str = ""


def enter(work: Work, actor: Actor, public_id: str, version: int, values: Entry) -> None:
    """Write down, or correct, that and how somebody entered. Raises NotFound, Forbidden, Stale and Refused."""
    with work.transaction() as session:
        row = locked_enrollment(session, actor, public_id)
        if values.on < row.referred_on:
            raise Refused(say("They were referred after that day."), "on")
        if values.on > actor.today(work.clock()):
            raise Refused(say("This day has not come yet."), "on")
        if row.exited_on is not None and values.on > row.exited_on:
            raise Refused(say("They left before that day."), "on")
        check_version(row, version, {"on": row.entered_on})
        chosen = {"work_in": values.work, "benefit_in": values.benefit, "insurance_in": values.insurance}
        written(row, {"entered_on": values.on} | entry_keys(session, actor, chosen))
        audit(session, work, actor, "enrollments.enter", "enrollment", row.id, participant_id=row.participant_id)


def leave(work: Work, actor: Actor, public_id: str, version: int, values: Exit) -> None:
    """Write down, or correct, that and how somebody left; from the waiting list, too.

    Raises NotFound, Forbidden, Stale and Refused: while a placement occupies a place, or with the field's name.
    """
    with work.transaction() as session:
        row = locked_enrollment(session, actor, public_id)
        if values.on < (row.entered_on or row.referred_on):
            raise Refused(say("They came after that day."), "on")
        if values.on > actor.today(work.clock()):
            raise Refused(say("This day has not come yet."), "on")
        if row.exited_on is None and session.scalar(select(_placed(row))):
            raise Refused(say("There is a placement that has not ended. End or withdraw it first."), "on")
        check_version(row, version, {"on": row.exited_on, "job_offer": row.job_offer})
        first_time = row.exited_on is None
        chosen = {
            "exit_reason": values.reason, "work_out": values.work, "benefit_out": values.benefit,
            "insurance_out": values.insurance,
        }  # fmt: skip
        known = {"exited_on": values.on, "job_offer": values.job_offer}
        written(row, known | entry_keys(session, actor, chosen))
        keep_follow_up(session, row)
        if first_time:
            set_status(_person(session, row), ParticipantStatus.FINISHED)
        audit(session, work, actor, "enrollments.leave", "enrollment", row.id, participant_id=row.participant_id)


def come_back(work: Work, actor: Actor, public_id: str) -> None:
    """Take an exit back that was written down by mistake. Follow-ups of it go, too.

    Raises NotFound, Forbidden, and Refused once they were referred again.
    """
    with work.transaction() as session:
        row = locked_enrollment(session, actor, public_id)
        if row.exited_on is None:
            return
        again = (Enrollment.participant_id == row.participant_id, Enrollment.exited_on.is_(None))
        if session.scalar(select(Enrollment.id).where(*again)) is not None:
            raise Refused(say("This person is on the waiting list or in the program already."))
        session.execute(delete(FollowUp).where(FollowUp.enrollment_id == row.id))
        gone = {"exited_on": None, "job_offer": None, "follow_up_on": None}
        gone |= dict.fromkeys(("exit_reason_id", "work_out_id", "benefit_out_id", "insurance_out_id"))
        written(row, gone)
        row.version += 1
        set_status(_person(session, row), ParticipantStatus.WAITING)
        audit(session, work, actor, "enrollments.come_back", "enrollment", row.id, participant_id=row.participant_id)


def _placed(row: Enrollment) -> Any:
    return exists().where(Placement.participant_id == row.participant_id, Placement.state.in_(_OCCUPYING))


def _person(session: Session, row: Enrollment) -> Participant:
    return session.get_one(Participant, row.participant_id, with_for_update={"key_share": True})
