"""What comes next for the people a therapist or coach looks after, and what waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Date, Time, and_, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from placement.domain.notices import NoticeKind
from placement.domain.shifts import Attendance
from placement.models.employers.employer import Employer, Site
from placement.models.feedback.observation import Feedback
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.day.waiting import OpenNotice, open_notices, urgency
from placement.queries.feedback.waiting_words import are_waiting


@dataclass(frozen=True, slots=True)
class NextOne:
    """When and where somebody works next; local day and time."""

    day: date
    start: time
    employer: str
    site: str


def coming_up(db: Session, actor: Actor, now: datetime) -> tuple[dict[int, NextOne], tuple[OpenNotice, ...], int]:
    """Each person's next shift, what waits for the actor's care, how many words to read together; one statement."""
    first = (
        select(Occasion.participant_id, func.min(Occasion.starts_at).label("starts_at"))
        .join(Shift, Shift.id == Occasion.id)
        .where(
            scope.in_program(actor, Occasion.program_id),
            Occasion.participant_id.in_(sorted(actor.caseload)),
            Occasion.starts_at > now,
            Occasion.attendance.not_in((Attendance.ABSENT, Attendance.EXCUSED)),
            Shift.cancelled_at.is_(None),
        )
        .group_by(Occasion.participant_id)
        .subquery()
    )
    shifts = (
        select(literal("shift"), Occasion.participant_id, Shift.day, Shift.start, Employer.name, Site.name, literal(""))
        .join(
            first,
            and_(first.c.participant_id == Occasion.participant_id, first.c.starts_at == Occasion.starts_at),
        )
        .join(Shift, Shift.id == Occasion.id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Shift.cancelled_at.is_(None))
    )
    notice = open_notices(actor, None).subquery()
    told = select(
        literal("notice"), literal(0), cast(null(), Date), cast(null(), Time), notice.c.public_id, notice.c.name,
        notice.c.kind,
    )  # fmt: skip
    words = (
        select(
            literal("words"), func.count(), cast(null(), Date), cast(null(), Time),
            literal(""), literal(""), literal(""),
        )
        .select_from(Participant)
        .join(Occasion, Occasion.participant_id == Participant.id)
        .join(Feedback, Feedback.occasion_id == Occasion.id)
        .join(Shift, Shift.id == Occasion.id)
        .where(
            scope.in_program(actor, Feedback.program_id), Participant.id.in_(sorted(actor.caseload)), are_waiting()
        )
    )  # fmt: skip
    rows = db.execute(union_all(shifts, told, words)).all()
    found = [OpenNotice(row[4], row[5], NoticeKind(row[6])) for row in rows if row[0] == "notice"]
    coming = {row[1]: NextOne(*row[2:6]) for row in rows if row[0] == "shift"}
    return coming, tuple(sorted(found, key=urgency)), next(row[1] for row in rows if row[0] == "words")
