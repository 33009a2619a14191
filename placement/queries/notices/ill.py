"""Whether somebody is ill now, as they said themself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.absences import BusySource
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


def shifts_today(db: Session, actor: Actor, now: datetime) -> int:
    """How many shifts of the participant who asks are still ahead today; one statement."""
    found = db.scalar(
        select(func.count())
        .select_from(Occasion)
        .join(Shift, Shift.id == Occasion.id)
        .where(
            scope.in_program(actor, Occasion.program_id),
            Occasion.participant_id == actor.participant_id,
            Occasion.local_day == actor.today(now),
            Occasion.ends_at > now,
            Shift.cancelled_at.is_(None),
        )
    )
    return int(found or 0)
