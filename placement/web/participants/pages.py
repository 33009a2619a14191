"""The list, a whole record, and the participant's own."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.domain.errors import Forbidden
from placement.domain.participants import ParticipantStatus, status_words, travel_words, wish_words
from placement.domain.placement_words import kind_words, state_words
from placement.domain.placements import occupies
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.participants.listing import participants_page
from placement.queries.participants.profile import own_profile, staff_profile
from placement.web import gate
from placement.web.current import actor, reads, today
from placement.web.gate import requires
from placement.web.list_filters import participant_filter
from placement.web.participants.blueprint import participants
from placement.web.participants.record import record_pages
from placement.web.weeks import week_triples
from placement.web.words import say

#: Domain words a profile page says.
WORDS = {
    "status_words": status_words,
    "travel_words": travel_words,
    "wish_words": wish_words,
    "kind_words": kind_words,
    "state_words": state_words,
    "occupies": occupies,
}


@participants.get("/participants")
@requires(Permission.PARTICIPANT_LIST)
def index() -> ResponseReturnValue:
    wanted = participant_filter()
    page = participants_page(reads(), actor(), wanted, today(), request.args.get("page"))
    gate.record()
    kept = {
        "q": wanted.search,
        "status": wanted.status or "",
        "whose": wanted.whose,
        "placed": wanted.placed,
        "archived": "1" if wanted.archived else "",
    }
    return render_template(
        "participants/index.html",
        page=page,
        wanted=wanted,
        kept={name: value for name, value in kept.items() if value},
        statuses=[(status.value, say(status_words(status))) for status in ParticipantStatus],
        **WORDS,
    )


@participants.get("/participants/<public_id>")
@requires(Permission.PARTICIPANT_SEE)
def show(public_id: str) -> ResponseReturnValue:
    try:
        profile = staff_profile(reads(), actor(), public_id)
    except Forbidden:
        # Visible, but not with what staff alone may read: it is the reader's own.
        return redirect(url_for("participants.me"))
    gate.record(profile.id)
    about = Facts(actor().program, participant_id=profile.id)
    return render_template(
        "participants/show.html",
        person=profile,
        spans=week_triples(profile.week),
        today=today(),
        **WORDS,
        pages=record_pages(actor(), profile.id, public_id),
        may_concern=allowed(actor(), Permission.CONCERN_WRITE, about),
    )


@participants.get("/me")
@requires(Permission.PARTICIPANT_SEE)
def me() -> ResponseReturnValue:
    """The participant's own record, in plain words."""
    profile = own_profile(reads(), actor(), today())
    gate.record(profile.id)
    return render_template("participants/me.html", person=profile, spans=week_triples(profile.week), **WORDS)
