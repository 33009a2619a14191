"""Shifts somebody can rate now: today's, last night's that still run, and those whose feedback is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from placement.domain.shifts import Attendance
from placement.models.employers.employer import Employer, Site
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope

#: What is owed for longer, nobody remembers well enough to rate; the coordinator decides about it.
OWED_FOR = timedelta(weeks=6)
#: More than anybody can rate in a day; the page says when there are more.
MOST = 60


class Waits(StrEnum):
    """What a shift waits for: its end, feedback that is owed, or nothing any more."""

    LATER = "later"
    OWED = "owed"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ShopShift:
    """Local day and times. ``name`` is the preferred name and nothing else."""

    public_id: str
    name: str
    day: date
    start: time
    end: time
    employer: str
    site: str
    attendance: Attendance
    waits: Waits


def at_my_sites(db: Session, actor: Actor, now: datetime) -> list[ShopShift]:
    """A supervisor's shifts of today and owed ones, the longest owed first."""
    if not actor.sites:
        return []
    recent = Shift.day >= actor.today(now) - OWED_FOR
    return _shifts(db, actor, now, and_(Shift.site_id.in_(sorted(actor.sites)), recent))


def of_my_people(db: Session, actor: Actor, now: datetime) -> list[ShopShift]:
    """The same for the participants a therapist or coach looks after."""
    if not actor.caseload:
        return []
    recent = Occasion.starts_at >= now - OWED_FOR
    return _shifts(db, actor, now, and_(Occasion.participant_id.in_(sorted(actor.caseload)), recent))


def _shifts(db: Session, actor: Actor, now: datetime, whose: ColumnElement[bool]) -> list[ShopShift]:
    today = actor.today(now)
    # A night's shift is not over at midnight.
    runs = and_(Shift.day == today - timedelta(days=1), Occasion.starts_at <= now, Occasion.ends_at > now)
    rows = db.execute(
        select(
            Occasion.public_id, Participant.preferred_name, Shift.day, Shift.start, Shift.end,
            Employer.name, Site.name, Occasion.attendance, Shift.feedback_due_at,
        )
        .join(Occasion, Occasion.id == Shift.id)
        .join(Participant, Participant.id == Occasion.participant_id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.shifts(actor, now),
            whose,
            Shift.cancelled_at.is_(None),
            or_(Shift.day == today, runs, Shift.feedback_due_at <= now),
        )
        .order_by(Occasion.starts_at, Occasion.id)
        .limit(MOST + 1)
    )  # fmt: skip
    return [ShopShift(*row[:-1], _waits(row[-1], now)) for row in rows]


def _waits(due_at: datetime | None, now: datetime) -> Waits:
    if due_at is None:
        return Waits.NOTHING
    return Waits.OWED if due_at <= now else Waits.LATER
