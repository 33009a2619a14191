"""Shifts of a day or a week: a list that becomes seven columns where there is room."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from placement.policy.check import allowed
from placement.policy.permissions import Permission
from placement.queries.shifts.listing import list_shifts, sites_between
from placement.web.current import actor, now, reads, today, work
from placement.web.gate import record, requires
from placement.web.list_filters import shift_days, shift_filter
from placement.web.lists import given, neighbors
from placement.web.shifts.blueprint import shifts

A_DAY = timedelta(days=1)


@shifts.get("/shifts")
@requires(Permission.SHIFT_SEE)
def index() -> ResponseReturnValue:
    """``day``: any day of the week; ``span``: day (a coordinator's first choice) or week."""
    who = actor()
    record(who.participant_id)
    many = allowed(who, Permission.SHIFT_PLAN)
    day, span, first, last = shift_days(who)
    step = last - first + A_DAY
    wanted = shift_filter()
    page = list_shifts(reads(), who, now(), first, last, wanted)
    kept = given(span=span, q=wanted.search, only=wanted.only.value, site=wanted.site)
    return render_template(
        "shifts/index.html",
        page=page,
        first=first,
        last=last,
        days=[first + timedelta(days=number) for number in range(step.days)],
        span=span,
        many=many,
        sites=sites_between(reads(), who, now(), first, last),
        wanted=wanted,
        today=today(),
        holidays=work().holidays(who.program_country, first, last, who.locale),
        **_ways(first, step, kept),
        **neighbors(page, day=day.isoformat(), **kept),
    )


def _ways(first: date, step: timedelta, kept: dict[str, Any]) -> dict[str, str]:
    """Addresses of the time before and after, of today, and of the other way to look at it."""
    other = "week" if kept.get("span") == "day" else "day"
    return {
        "earlier": url_for("shifts.index", day=(first - step).isoformat(), **kept),
        "later": url_for("shifts.index", day=(first + step).isoformat(), **kept),
        "now_url": url_for("shifts.index", **kept),
        "other": url_for("shifts.index", **(kept | {"day": first.isoformat(), "span": other})),
    }
