"""Storing what one rater says about one shift: the same for a signed-in form and for a card without an account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.attendance import RATER_MAY_SAY, is_away
from placement.domain.comments import Reads
from placement.domain.errors import Refused, Stale
from placement.domain.feedback_links import REOPEN
from placement.domain.roles import Role
from placement.domain.shifts import Attendance, attendance_words
from placement.domain.support import RaterKind
from placement.domain.words import say
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.device import Device
from placement.usecases.effects.absences import heed_attendance
from placement.usecases.effects.feedback_notices import tell_about
from placement.usecases.effects.log import audit
from placement.usecases.effects.observations import Answer, drop_observations, write_observations
from placement.usecases.effects.progress import Refreshed, refresh_progress
from placement.usecases.effects.raters import RATES_AS
from placement.usecases.effects.shifts import Found, is_rated, set_attendance_of, set_due
from placement.usecases.transaction import Work

#: Longest text of one field, in characters.
LONGEST = 2000
#: Tasks somebody can add that are not in the list, and their longest name.
MOST_UNLISTED = 3
LONGEST_UNLISTED = 120

_AS_ROLE = {kind: role for role, kind in RATES_AS.items()}


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A task that was seen and is not in the list; ``level``: public id, or "" for not said."""

    name: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What was said. ``attendance`` None: nothing new. Tasks that are not named keep what this rater said before.

    ``seen``: the version of the rater's feedback the form was opened on (0: there was none); None asks nothing.
    """

    attendance: Attendance | None = None
    answers: tuple[Answer, ...] = ()
    went_well: str = ""
    try_next: str = ""
    note: str = ""
    unlisted: tuple[Unlisted, ...] = ()
    seen: int | None = None

    @property
    def texts(self) -> Mapping[str, str]:
        """Field name → text."""
        return {"went_well": self.went_well, "try_next": self.try_next, "note": self.note}


@dataclass(frozen=True, slots=True)
class Stored:
    """The feedback's public id, and what it did to milestones."""

    feedback: str
    refreshed: Refreshed


def ensure_answerable(found: Found, now: datetime, given: Given) -> None:
    """Raise Refused for a shift that can't be answered, for nothing said, and for more than fits."""
    if found.shift.cancelled_at is not None:
        raise Refused(say("This shift was cancelled."))
    if found.occasion.starts_at > now:
        raise Refused(say("This shift has not begun yet."))
    if given.attendance is not None and given.attendance not in RATER_MAY_SAY:
        raise Refused(say("Choose one of the answers."), "attendance")
    if given.attendance is Attendance.ABSENT and (given.answers or given.unlisted):
        raise Refused(say("Somebody who did not come has no answers about tasks."), "attendance")
    if not (given.attendance or given.answers or given.unlisted or any(t.strip() for t in given.texts.values())):
        raise Refused(say("Please answer for at least one task."))
    for name, text in given.texts.items():
        if len(text) > LONGEST:
            raise Refused(say("Please write at most %(count)s characters.", count=LONGEST), name)
    if len(given.unlisted) > MOST_UNLISTED:
        raise Refused(say("Please add at most %(count)s tasks.", count=MOST_UNLISTED), "unlisted")
    if any(len(task.name) > LONGEST_UNLISTED for task in given.unlisted):
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_UNLISTED), "unlisted")


def store_feedback(
    session: Session, work: Work, actor: Actor | Device, found: Found, rater: Rater, given: Given
) -> Stored:
    """Write it in the rater's name, with attendance, what is owed, progress and what others should know.

    The shift is locked and answerable. Raises Refused, Stale and NotFound (a task or level that is not there).
    """
    feedback, verb = _feedback(session, work, found, rater, given)
    if given.attendance is Attendance.ABSENT:
        touched = drop_observations(session, work, found.occasion.id, rater.id)
    else:
        touched = write_observations(session, work, actor, found.occasion, rater, given.answers)
    seen = any(answer.not_today is None for answer in given.answers)
    was = found.occasion.attendance
    _attend(session, found, rater, given.attendance, seen)
    set_due(session, found)
    heed_attendance(session, work, found, was, rater_id=rater.id, from_shop=rater.kind is RaterKind.SUPERVISOR)
    detail = {"occasion_id": found.occasion.id, "tasks": sorted(touched)}
    audit(session, work, actor, f"feedback.{verb}", "feedback", feedback.id, **detail)
    tell_about(session, work, found, rater, feedback)
    only = found.occasion.local_day if is_away(was) == is_away(found.occasion.attendance) else None
    participant, placement = found.occasion.participant_id, found.shift.placement_id
    refreshed = refresh_progress(session, work, actor, participant, touched, placement, only)
    return Stored(feedback.public_id, refreshed)


def _feedback(session: Session, work: Work, found: Found, rater: Rater, given: Given) -> tuple[Feedback, str]:
    """The row of this rater about this shift, new, corrected or sent again after it was withdrawn."""
    now = work.clock()
    row = session.scalar(
        select(Feedback).where(Feedback.occasion_id == found.occasion.id, Feedback.rater_id == rater.id)
    )
    _ensure_seen(row, given)
    verb = "correct"
    if row is None or row.withdrawn_at is not None:
        verb = "submit"
        if row is None:
            row = Feedback(program_id=found.shift.program_id, occasion_id=found.occasion.id, rater_id=rater.id)
            row.created_at = now
            session.add(row)
        else:
            row.version += 1
        row.sent_at, row.changed_at, row.withdrawn_at = now, None, None
    elif row.sent_at < now - REOPEN:
        raise Refused(say("Feedback can be changed for 7 days. Please call the program if something is wrong."))
    else:
        row.changed_at = now
        row.version += 1
    _write_words(session, now, found, row, given)
    session.flush()
    return row, verb


def _ensure_seen(row: Feedback | None, given: Given) -> None:
    """Raise Stale where another page sent something since this one was opened."""
    standing = row.version if row is not None and row.withdrawn_at is None else 0
    if given.seen is not None and given.seen != standing:
        raise Stale(standing, {})


def _write_words(session: Session, now: datetime, found: Found, row: Feedback, given: Given) -> None:
    before = (row.went_well or "", row.try_next or "")
    row.went_well, row.try_next, row.note = (given.texts[name].strip() for name in ("went_well", "try_next", "note"))
    row.unlisted = [asdict(task) for task in given.unlisted]
    if (row.went_well, row.try_next) == before:
        return
    # New words wait again for whoever reads them with their coach first.
    reads = session.scalar(select(Participant.reads_comments).where(Participant.id == found.occasion.participant_id))
    row.released_at = now if reads is Reads.AT_ONCE else None


def _attend(session: Session, found: Found, rater: Rater, said: Attendance | None, seen: bool) -> None:
    """A task seen says *was here*, unless *came later* is said or known; nothing else invents presence."""
    role = role_of(rater.kind)
    known = found.occasion.attendance
    if said is Attendance.ABSENT and is_rated(session, found.occasion.id, but_by=rater.id):
        raise Refused(say("Somebody else has noted tasks of this shift. Please call the program."), "attendance")
    if said is not None:
        stands = set_attendance_of(found, said, role)
    elif seen and (known is Attendance.UNKNOWN or is_away(known) or found.shift.attendance_by is Role.PARTICIPANT):
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


def role_of(kind: RaterKind) -> Role:
    """The role whose word about attendance a rater's is."""
    return _AS_ROLE[kind]
