"""What a participant's own taps say about a shift, as long as nobody else has said more."""

from __future__ import annotations

from placement.domain.attendance import may_replace, own_minutes
from placement.domain.roles import Role
from placement.domain.shifts import Attendance
from placement.usecases.effects.shifts import Found


def count_check_in(found: Found) -> bool:
    """Let the taps stand as attendance, with the minutes between them; False if a weightier entry stands.

    Without a tap nobody has said anything: attendance is unknown again. A word that they are ill or excused stays.
    """
    shift, occasion = found.shift, found.occasion
    if not may_replace(Role.PARTICIPANT, shift.attendance_by) or occasion.attendance is Attendance.EXCUSED:
        return False
    came = shift.check_in_at is not None
    attendance = Attendance.HERE if came else Attendance.UNKNOWN
    role = Role.PARTICIPANT if came else None
    minutes = own_minutes(occasion.starts_at, occasion.ends_at, shift.check_in_at, shift.check_out_at)
    if (occasion.attendance, shift.attendance_by, shift.minutes) != (attendance, role, minutes):
        shift.version += 1
    occasion.attendance, shift.attendance_by, shift.minutes = attendance, role, minutes
    return True
