"""Shifts of a day or a week: a list that becomes seven columns where there is room."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.domain.summaries import monday_of
from placement.policy.check import allowed
from placement.policy.permissions import Permission
from placement.queries.shifts.listing import Only, Wanted, list_shifts, sites_between
from placement.web.current import actor, now, reads, today, work
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, given, neighbors
from placement.web.shifts.blueprint import shifts

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


@shifts.get("/shifts")
@requires(Permission.SHIFT_SEE)
def index() -> ResponseReturnValue:
    """``day``: any day of the week; ``span``: day (a coordinator's first choice) or week."""
    who = actor()
    record(who.participant_id)
    many = allowed(who, Permission.SHIFT_PLAN)
    day = _day(request.args.get("day"))
    span = asked("span", ("day", "week")) or ("day" if many else "week")
    first = day if span == "day" else monday_of(day)
    step = A_DAY if span == "day" else A_WEEK
    last = first + step - A_DAY
    wanted = Wanted(asked("q"), Only(asked("only", [only.value for only in Only])), asked("site"), cursor())
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


def _day(text: str | None) -> date:
    """The asked day, today if it is none; far from the calendar's ends, so that a week fits around it."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return today()
    return day if date(1900, 1, 1) <= day <= date(2200, 1, 1) else today()
