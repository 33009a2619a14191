"""A participant's own attendance list."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from placement.domain.shifts import Attendance, attendance_words
from placement.policy.permissions import Permission
from placement.queries.shifts.own_attendance import own_attendance
from placement.web.current import actor, now, reads
from placement.web.gate import record, requires
from placement.web.lists import cursor, neighbors
from placement.web.shifts.blueprint import shifts


@shifts.get("/me/attendance")
@requires(Permission.ATTENDANCE_OWN)
def my_attendance() -> ResponseReturnValue:
    """What stands there about me, before anybody else reads it as a list."""
    found = own_attendance(reads(), actor(), now(), cursor())
    record(actor().participant_id)
    there = found.counts.get(Attendance.HERE, 0) + found.counts.get(Attendance.LATE, 0)
    return render_template(
        "shifts/my_attendance.html", found=found, there=there, attendance_words=attendance_words,
        kinds=tuple(Attendance), **neighbors(found.page),
    )  # fmt: skip
