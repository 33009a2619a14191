"""Contacts: those with a participant, and one's own of a week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from placement.domain.contacts import ContactKind, contact_words
from placement.domain.summaries import monday_of
from placement.policy.permissions import Permission
from placement.queries.contacts.listing import ContactFilter, contacts_of
from placement.queries.contacts.own import follow_ups, own_week
from placement.queries.day.coordinator import Whose, people_of
from placement.web.contacts import follow_up_pages, write_pages
from placement.web.contacts.blueprint import contacts
from placement.web.current import actor, reads, today
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, neighbors
from placement.web.words import say

__all__ = ["contacts", "follow_up_pages", "write_pages"]

_WEEK = timedelta(days=7)


@contacts.get("/participants/<public_id>/contacts")
@requires(Permission.CONTACT_SEE)
def index(public_id: str) -> ResponseReturnValue:
    kind, by = asked("kind", list(ContactKind)), asked("by")
    wanted = ContactFilter(ContactKind(kind) if kind else None, by)
    found = contacts_of(reads(), actor(), public_id, wanted, cursor())
    record(found.participant_id)
    return render_template(
        "contacts/index.html",
        found=found,
        kind=kind,
        by=by,
        kinds=[(one.value, say(contact_words(one))) for one in ContactKind],
        contact_words=contact_words,
        **neighbors(found.page, kind=kind, by=by),
    )


@contacts.get("/contacts")
@requires(Permission.CONTACT_ADD)
def mine() -> ResponseReturnValue:
    """What one wrote down in a week, with sums."""
    monday = monday_of(_day(asked("day")))
    week = own_week(reads(), actor(), monday)
    record()
    links: dict[str, Any] = {
        "earlier": url_for("contacts.mine", day=(monday - _WEEK).isoformat()),
        "later": url_for("contacts.mine", day=(monday + _WEEK).isoformat()) if monday + _WEEK <= today() else None,
    }
    return render_template(
        "contacts/mine.html", week=week, last=monday + timedelta(days=6), contact_words=contact_words, **links
    )


@contacts.get("/contacts/follow-ups")
@requires(Permission.CONTACT_ADD)
def due() -> ResponseReturnValue:
    """What somebody wanted to come back to by today; ``whose`` as on the day page."""
    whose = asked("whose", list(Whose))
    rows = follow_ups(reads(), actor(), today(), people_of(actor(), Whose(whose)) if whose else None)
    record()
    return render_template("contacts/due.html", rows=rows, today=today(), contact_words=contact_words)


def _day(text: str) -> date:
    """The asked day; today if it is none, or too far from the calendar's ends."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today()
    return day if date(1900, 1, 8) <= day <= date(2200, 1, 1) else today()
