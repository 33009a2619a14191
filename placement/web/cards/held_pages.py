"""Feedback that could not be taken as it came: look, then take it or let it go."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import NotFound, Refused
from placement.policy.permissions import Permission
from placement.queries.cards.held import HeldOne, held_entries, held_entry
from placement.usecases.cards.held import discard_held, take_held, take_told
from placement.web.answers import reasons
from placement.web.cards.blueprint import cards
from placement.web.cards.told_wire import told_in
from placement.web.cards.wire import given_of
from placement.web.current import actor, reads, work
from placement.web.gate import record, requires
from placement.web.words import say


@cards.get("/held-feedback")
@requires(Permission.CARD_MANAGE)
def held() -> ResponseReturnValue:
    record()
    page = held_entries(reads(), actor(), request.args.get("cursor"))
    return render_template("cards/held.html", page=page)


@cards.get("/held-feedback/<public_id>")
@requires(Permission.CARD_MANAGE)
def held_one(public_id: str) -> ResponseReturnValue:
    entry = held_entry(reads(), actor(), public_id)
    record(entry.participant_id)
    return render_template("cards/held_one.html", entry=entry, reasons=dict(reasons()))


@cards.post("/held-feedback/<public_id>/take")
@requires(Permission.CARD_MANAGE)
def held_take(public_id: str) -> ResponseReturnValue:
    """In the rater's name, whatever was sent since: that is what somebody has looked at it for."""
    entry = held_entry(reads(), actor(), public_id)
    try:
        _take(entry)
    except Refused as error:
        flash(say(error.reason), "error")
    except NotFound:
        flash(_("A task or an answer in it is no longer there: it can be read, not taken."), "error")
    else:
        done = _("Taken. It counts as feedback of %(rater)s.", rater=entry.rater)
        flash(
            done
            if entry.kind == "feedback"
            else _("Taken. It is written down as told by %(rater)s.", rater=entry.rater)
        )
        return redirect(url_for("cards.held"), 303)
    return redirect(url_for("cards.held_one", public_id=public_id), 303)


def _take(entry: HeldOne) -> None:
    body = entry.body
    if entry.kind != "feedback":
        take_told(work(), actor(), entry.public_id, told_in(body))
        return
    given = replace(given_of(body), seen=None)
    take_held(work(), actor(), entry.public_id, given, str(body.get("by", "")), str(body.get("by_name", "")))


@cards.post("/held-feedback/<public_id>/discard")
@requires(Permission.CARD_MANAGE)
def held_discard(public_id: str) -> ResponseReturnValue:
    try:
        discard_held(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("Seen and not taken."))
    return redirect(url_for("cards.held"), 303)
