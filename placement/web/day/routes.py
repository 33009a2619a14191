"""One page for everybody's day: each role adds its part."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from placement.policy.permissions import Permission
from placement.web.current import actor, now, reads, today
from placement.web.day.links import link
from placement.web.day.parts import parts_for
from placement.web.gate import record, requires

day = Blueprint("day", __name__)


@day.get("/day")
@requires(Permission.DAY_SEE)
def show() -> ResponseReturnValue:
    """What needs somebody today, by role; several roles add up."""
    who = actor()
    record(who.participant_id)
    parts = parts_for(reads(), who, now(), request.args.get("whose", ""))
    return render_template("day/show.html", parts=parts, first=parts[0] if parts else None, today=today(), link=link)
