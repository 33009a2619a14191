"""One-to-one sessions: one's own list, those with one person, one session by reader."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from placement.domain.sessions import agreed_words
from placement.domain.shifts import attendance_words
from placement.policy.permissions import Permission
from placement.queries.sessions.listing import When, session_dates, sessions_page, sessions_with
from placement.queries.sessions.one import session_page
from placement.queries.sessions.practice import practiced_at
from placement.web.current import actor, cipher, now, reads, today
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, neighbors
from placement.web.sessions import (
    agenda_pages,
    agreed_pages,
    check_in_pages,
    deputy_pages,
    hold_pages,
    note_pages,
    plan_pages,
)
from placement.web.sessions.blueprint import sessions

__all__ = [
    "agenda_pages",
    "agreed_pages",
    "check_in_pages",
    "deputy_pages",
    "hold_pages",
    "note_pages",
    "plan_pages",
    "sessions",
]


@sessions.get("/sessions")
@requires(Permission.AGENDA_SEE)
def index() -> ResponseReturnValue:
    """One's own sessions: what comes, or what was."""
    when, search = _when(), asked("q")
    page = sessions_page(reads(), actor(), now(), when, search, cursor())
    record(actor().participant_id)
    return render_template(
        "sessions/index.html",
        page=page,
        when=when.value,
        search=search,
        own=actor().participant_id is not None,
        today=today(),
        attendance_words=attendance_words,
        **neighbors(page, when=when.value, q=search),
    )


@sessions.get("/participants/<public_id>/sessions")
@requires(Permission.SESSION_PLAN)
def with_person(public_id: str) -> ResponseReturnValue:
    """Sessions with somebody one looks after."""
    when = _when()
    found = sessions_with(reads(), actor(), now(), public_id, when, cursor())
    record(found.participant_id)
    return render_template(
        "sessions/with_person.html",
        found=found,
        when=when.value,
        today=today(),
        attendance_words=attendance_words,
        **neighbors(found.page, when=when.value),
    )


@sessions.get("/participants/<public_id>/sessions/dates")
@requires(Permission.SESSION_DATES)
def dates(public_id: str) -> ResponseReturnValue:
    """For coordinators: when sessions were, and whether they took place."""
    found = session_dates(reads(), actor(), public_id, cursor())
    record(found.participant_id)
    return render_template(
        "sessions/dates.html", found=found, attendance_words=attendance_words, **neighbors(found.page)
    )


@sessions.get("/sessions/<public_id>")
@requires(Permission.SESSION_SEE)
def show(public_id: str) -> ResponseReturnValue:
    """What its reader may see of one session."""
    found = session_page(reads(), actor(), cipher(), now(), public_id)
    record(found.head.participant_id)
    return render_template(
        "sessions/show.html",
        found=found,
        practiced=practiced_at(reads(), actor(), found.head.id),
        today=today(),
        attendance_words=attendance_words,
        agreed_words=agreed_words,
    )


def _when() -> When:
    asked_for = asked("when", list(When))
    return When(asked_for) if asked_for else When.COMING
