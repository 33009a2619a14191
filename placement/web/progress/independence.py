"""How much somebody does alone, beside their own earlier shifts, and how long a coach was there."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from placement.charts.independence import Alone, independence_chart
from placement.charts.support import SupportWeek, support_chart
from placement.policy.permissions import Permission
from placement.queries.progress.independence import independence as read_independence
from placement.web.current import actor, reads, today
from placement.web.gate import record, requires
from placement.web.progress.blueprint import progress
from placement.web.progress.phase_lines import phase_line


@progress.get("/participants/<public_id>/progress/independence")
@requires(Permission.FADING_SEE)
def independence(public_id: str) -> ResponseReturnValue:
    found = read_independence(reads(), actor(), public_id, today())
    record(found.participant_id)
    events = [phase_line(event) for event in found.events]
    shares = [Alone(share.day, share.alone, share.tried, share.shift) for share in found.shares]
    pattern = url_for("shifts.show", public_id="-0-")
    return render_template(
        "progress/independence.html",
        found=found,
        own=independence_chart(shares, events, by_week=found.by_week),
        support=support_chart([SupportWeek(week.monday, week.coached, week.alone) for week in found.weeks], events),
        links={share.shift: pattern.replace("-0-", share.shift) for share in found.shares if share.shift},
    )
