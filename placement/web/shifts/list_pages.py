"""The list of shifts: a day or a week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.domain.summaries import monday_of
from placement.policy.check import allowed
from placement.policy.permissions import Permission
from placement.queries.shifts.listing import Only, list_shifts
from placement.web.current import actor, now, reads, today
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, neighbors
from placement.web.shifts.blueprint import shifts


@shifts.get("/shifts")
@requires(Permission.SHIFT_SEE)
def index() -> ResponseReturnValue:
    """``day``: any day of the week; ``span``: day (a coordinator's first choice) or week."""
    who = actor()
    record(who.participant_id)
    many = allowed(who, Permission.SHIFT_PLAN)
    day = _day(request.args.get("day"))
    span = asked("span", ("day", "week")) or ("day" if many else "week")
    search, only = asked("q"), asked("only", [only.value for only in Only])
    step = timedelta(days=1 if span == "day" else 7)
    first = day if span == "day" else monday_of(day)
    last = first + step - timedelta(days=1)
    page = list_shifts(reads(), who, now(), first, last, search=search, only=Only(only), cursor=cursor())
    kept: dict[str, Any] = {name: value for name, value in (("span", span), ("q", search), ("only", only)) if value}
    return render_template(
        "shifts/index.html",
        page=page,
        first=first,
        last=last,
        span=span,
        many=many,
        q=search,
        only=only,
        today=today(),
        earlier=url_for("shifts.index", day=_iso(first, -step), **kept),
        later=url_for("shifts.index", day=_iso(first, step), **kept),
        other=url_for("shifts.index", **(kept | {"day": first.isoformat(), "span": _other(span)})),
        **neighbors(page, day=day.isoformat(), **kept),
    )


def _other(span: str) -> str:
    return "week" if span == "day" else "day"


def _iso(day: date, step: timedelta) -> str:
    return (day + step).isoformat()


def _day(text: str | None) -> date:
    """The asked day, today if it is none; far from the calendar's ends, so that a week fits around it."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return today()
    return day if date(1900, 1, 1) <= day <= date(2200, 1, 1) else today()
