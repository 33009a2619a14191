"""What the address of a list asks for: read once, for its page and for the file made of it."""

from __future__ import annotations

from datetime import date, timedelta

from flask import request

from placement.domain.participants import ParticipantStatus
from placement.domain.summaries import monday_of
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.permissions import Permission
from placement.queries.employers import employers, openings
from placement.queries.participants import listing as participants
from placement.queries.placements import listing as placements
from placement.queries.shifts.listing import Only, Wanted
from placement.web.current import today
from placement.web.lists import asked, cursor


def participant_filter() -> participants.ParticipantFilter:
    """What the address asks for; anything unknown asks for nothing, here and below."""
    status = asked("status", list(ParticipantStatus))
    return participants.ParticipantFilter(
        search=asked("q"),
        status=ParticipantStatus(status) if status else None,
        whose=asked("whose", ("mine", "covering")),
        placed=asked("placed", ("yes", "no")),
        archived=bool(asked("archived", ("1",))),
        sort=asked("sort", participants.SORTS) or "name",
    )


def employer_filter() -> employers.EmployerFilter:
    show = asked("show", ("open", "archived"))
    return employers.EmployerFilter(asked("q"), show, asked("sort", employers.SORTS) or "name", cursor())


def opening_filter() -> openings.OpeningFilter:
    show, period = asked("show", openings.SHOWS), asked("period", openings.PERIODS)
    sort = asked("sort", openings.SORTS) or "role"
    return openings.OpeningFilter(asked("q"), show, period, asked("employer"), sort, cursor())


def placement_filter() -> placements.PlacementFilter:
    mine, ending = asked("mine", ("1",)), asked("ending", ("1",))
    sort = asked("sort", placements.SORTS) or ("end" if ending else "name")
    show = asked("show", placements.SHOWS)
    return placements.PlacementFilter(asked("q"), show, bool(mine), bool(ending), sort, cursor())


def shift_filter() -> Wanted:
    return Wanted(asked("q"), Only(asked("only", [only.value for only in Only])), asked("site"), cursor())


def shift_days(actor: Actor) -> tuple[date, str, date, date]:
    """The asked day, "day" or "week" (whoever plans looks at a day first), and the first and the last day of it."""
    day = _day(request.args.get("day"))
    span = asked("span", ("day", "week")) or ("day" if allowed(actor, Permission.SHIFT_PLAN) else "week")
    if span == "day":
        return day, span, day, day
    first = monday_of(day)
    return day, span, first, first + timedelta(days=6)


def _day(text: str | None) -> date:
    """The asked day, today if it is none; far from the calendar's ends, so that a week fits around it."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return today()
    return day if date(1900, 1, 1) <= day <= date(2200, 1, 1) else today()
