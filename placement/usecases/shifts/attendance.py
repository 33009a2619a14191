"""Attendance and real times, as staff enter or correct them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from placement.domain.attendance import actual_times, is_away
from placement.domain.errors import Refused
from placement.domain.shifts import Attendance, was_present
from placement.domain.words import say
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.policy.raters import staff_role
from placement.usecases.effects.absences import heed_attendance
from placement.usecases.effects.log import audit
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.effects.shifts import Found, find_shift, is_rated, set_attendance_of, set_due
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class SetAttendance:
    """``shift``: public id. Real times are local times of the site, both or none; folds for times that come twice."""

    shift: str
    version: int
    attendance: Attendance
    actual_start: time | None = None
    actual_end: time | None = None
    start_fold: int | None = None
    end_fold: int | None = None


def set_attendance(work: Work, actor: Actor, command: SetAttendance) -> None:
    """Say whether the participant came, and when really; hours follow. *Unknown* takes an entry back.

    Raises NotFound, Forbidden, Stale, and Refused with the field's name.
    """
    with work.transaction() as session:
        found = find_shift(session, actor, work.clock(), command.shift)
        ensure(actor, Permission.SHIFT_ATTENDANCE, found.facts)
        check_version(found.shift, command.version, _values(found))
        version, was = found.shift.version, found.occasion.attendance
        _ensure_possible(session, work, found, command.attendance)
        found.shift.actual_start, found.shift.actual_end = _times(work, found, command)
        unknown = command.attendance is Attendance.UNKNOWN
        set_attendance_of(found, command.attendance, None if unknown else staff_role(actor))
        found.shift.version = version
        set_due(session, found)
        heed_attendance(session, work, found, was, account_id=actor.account_id)
        detail = {"attendance": command.attendance.value, "placement_id": found.shift.placement_id}
        audit(session, work, actor, "shift.attendance", "shift", found.shift.id, **detail)
        refresh_progress(session, work, actor, found.occasion.participant_id, (), found.shift.placement_id)


def _ensure_possible(session: Session, work: Work, found: Found, attendance: Attendance) -> None:
    if found.shift.cancelled_at is not None:
        raise Refused(say("This shift was cancelled."))
    if found.occasion.starts_at > work.clock() and attendance not in (Attendance.EXCUSED, Attendance.UNKNOWN):
        raise Refused(say("This shift has not begun yet."), "attendance")
    if not was_present(attendance) and is_rated(session, found.shift.id):
        raise Refused(say("Somebody has seen tasks done on this shift. Withdraw that feedback first."), "attendance")


def _times(work: Work, found: Found, command: SetAttendance) -> tuple[datetime | None, datetime | None]:
    start, end = command.actual_start, command.actual_end
    if start is None and end is None:
        return None, None
    if start is None or end is None:
        raise Refused(say("Please enter both times, or none."), "actual_end" if end is None else "actual_start")
    if is_away(command.attendance) or command.attendance is Attendance.UNKNOWN:
        raise Refused(say("Times belong to somebody who came."), "actual_start")
    begun, over = actual_times(found.planned, start, end, command.start_fold, command.end_fold)
    if over > work.clock():
        raise Refused(say("This time is still to come."), "actual_end")
    return begun, over


def _values(found: Found) -> Mapping[str, Any]:
    zone, shift = ZoneInfo(found.occasion.zone), found.shift
    start, end = (None if at is None else at.astimezone(zone).time() for at in (shift.actual_start, shift.actual_end))
    return {"attendance": found.occasion.attendance, "actual_start": start, "actual_end": end}
