"""Whether somebody is ill now, as they said themself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from placement.domain.absences import BusySource
from placement.domain.shifts import Attendance
from placement.models.shifts.absence import Busy
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope


@dataclass(frozen=True, slots=True)
class Illness:
    """``until``: the last day. ``told_today``: it can be taken back as if it had not been said."""

    public_id: str
    until: date
    told_today: bool


def illness_of(db: Session, actor: Actor, participant_id: int | None, now: datetime) -> Illness | None:
    """The running one of a visible participant, or None; one statement."""
    row = db.execute(
        select(Busy.public_id, Busy.ends_at, Busy.created_at)
        .where(
            scope.absences(actor),
            Busy.participant_id == participant_id,
            Busy.source == BusySource.ILL,
            Busy.ends_at > now,
        )
        .order_by(Busy.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    last = actor.today(row.ends_at - timedelta(seconds=1))
    return Illness(row.public_id, last, actor.today(row.created_at) == actor.today(now))


@dataclass(frozen=True, slots=True)
class Ahead:
    """``today``: how many shifts are still ahead today; ``later``: the day of the first one after today, if any."""

    today: int
    later: date | None


def shifts_ahead(db: Session, actor: Actor, now: datetime) -> Ahead:
    """Of the participant who asks; one statement. A night that began yesterday and still runs is one of today.

    Counted as :func:`placement.usecases.notices.ill.tell_ill` excuses them: what runs or begins before midnight by
    the reader's clock, whatever day the shop's clock shows.
    """
    midnight = datetime.combine(actor.today(now) + timedelta(days=1), time(), ZoneInfo(actor.zone))
    before = Occasion.starts_at < midnight
    row = db.execute(
        select(
            func.count(case((before, Occasion.id))),
            func.min(case((and_(~before, Occasion.attendance != Attendance.EXCUSED), Occasion.starts_at))),
        )
        .join(Shift, Shift.id == Occasion.id)
        .where(
            scope.in_program(actor, Occasion.program_id),
            Occasion.participant_id == actor.participant_id,
            Occasion.ends_at > now,
            Shift.cancelled_at.is_(None),
        )
    ).one()
    return Ahead(int(row[0]), None if row[1] is None else actor.today(row[1]))
