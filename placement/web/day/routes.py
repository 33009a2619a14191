"""One page for everybody's day: each role adds its part."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from placement.domain.shifts import attendance_words
from placement.policy.permissions import Permission
from placement.queries.day.coordinator import Whose, this_month
from placement.web.current import actor, now, reads, today
from placement.web.day.parts import parts_for
from placement.web.day.progress_lines import title_of
from placement.web.gate import record, requires

day = Blueprint("day", __name__)


@day.get("/day")
@requires(Permission.DAY_SEE)
def show() -> ResponseReturnValue:
    """What needs somebody today, by role; several roles add up."""
    who = actor()
    record(who.participant_id)
    parts = parts_for(reads(), who, now(), request.args.get("whose", ""))
    return render_template(
        "day/show.html",
        parts=parts,
        first=parts[0] if parts else None,
        today=today(),
        attendance_words=attendance_words,
    )


@day.get("/day/milestones")
@requires(Permission.PARTICIPANT_LIST)
def milestones() -> ResponseReturnValue:
    """The rows behind the number of this month's milestones."""
    whose = request.args.get("whose", "")
    rows = this_month(reads(), actor(), today(), Whose(whose) if whose in tuple(Whose) else Whose.ALL)
    record()
    return render_template("day/milestones.html", rows=[(row, title_of(row)) for row in rows], month=today())
