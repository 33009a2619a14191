"""Shifts in a time of illness: excused while it lasts, planned again when it is over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.roles import Role
from placement.domain.shifts import Attendance
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.facts import Facts
from placement.usecases.effects.absences import heed_attendance
from placement.usecases.effects.log import audit
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.effects.shifts import Found, set_attendance_of, set_due
from placement.usecases.transaction import Work


def excuse_shifts(
    session: Session, work: Work, actor: Actor, participant_id: int, since: datetime, until: datetime
) -> int:
    """Excuse what is planned then and nobody has said anything about; how many. The shops learn "not today".

    A shift somebody has checked in for is left alone: they were there for a while.
    """
    unknown = (Occasion.attendance == Attendance.UNKNOWN, Shift.check_in_at.is_(None))
    return _change(session, work, actor, participant_id, since, until, unknown, Attendance.EXCUSED)


def plan_again(
    session: Session, work: Work, actor: Actor, participant_id: int, since: datetime, until: datetime
) -> int:
    """Take back what :func:`excuse_shifts` did in that time; what staff entered stays. How many."""
    by_them = (Occasion.attendance == Attendance.EXCUSED, Shift.attendance_by == Role.PARTICIPANT)
    return _change(session, work, actor, participant_id, since, until, by_them, Attendance.UNKNOWN)


def _change(
    session: Session,
    work: Work,
    actor: Actor,
    participant_id: int,
    since: datetime,
    until: datetime,
    which: tuple[ColumnElement[bool], ...],
    to: Attendance,
) -> int:
    rows = session.execute(
        select(Shift, Occasion)
        .join(Occasion, Occasion.id == Shift.id)
        .where(
            Occasion.participant_id == participant_id,
            Occasion.ends_at > since,
            Occasion.starts_at < until,
            Shift.cancelled_at.is_(None),
            *which,
        )
        .order_by(Shift.id)
        .with_for_update(of=[Shift, Occasion], key_share=True)
    ).all()
    for shift, occasion in rows:
        found = Found(shift, occasion, Facts(shift.program_id, participant_id, shift.site_id))
        was = occasion.attendance
        set_attendance_of(found, to, Role.PARTICIPANT if to is Attendance.EXCUSED else None)
        set_due(session, found)
        heed_attendance(session, work, found, was, account_id=actor.account_id)
        audit(session, work, actor, "shift.attendance", "shift", shift.id, attendance=to.value)
    for placement_id in sorted({shift.placement_id for shift, _ in rows}):
        refresh_progress(session, work, actor, participant_id, (), placement_id)
    return len(rows)
