"""Keeping, removing and putting back pairs of a draft; setting the whole draft aside. All of it can be undone."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.matching.decision import decision
from placement.queries.matching.runs import run_head
from placement.usecases.matching.marks import (
    AllowPair,
    BanPair,
    MarkPair,
    allow_pair,
    ban_pair,
    discard_run,
    mark_pair,
    restore_run,
)
from placement.web.current import actor, reads, work
from placement.web.forms import Form
from placement.web.gate import record, requires
from placement.web.lists import LONGEST, given
from placement.web.matching.blueprint import matching
from placement.web.matching.forms import BanForm
from placement.web.undo import flash_undo
from placement.web.words import say

#: Where on the run's page somebody was, and whose page they came from.
PLACE = ("sort", "q", "show", "page", "person")


@matching.post("/matching/<public_id>/pairs/<proposal>/lock")
@requires(Permission.MATCHING_RUN)
def lock(public_id: str, proposal: str) -> ResponseReturnValue:
    back = url_for("matching.unlock", public_id=public_id, proposal=proposal)
    return _mark(MarkPair(public_id, proposal, True), _("The pair is kept in every further run."), back)


@matching.post("/matching/<public_id>/pairs/<proposal>/unlock")
@requires(Permission.MATCHING_RUN)
def unlock(public_id: str, proposal: str) -> ResponseReturnValue:
    back = url_for("matching.lock", public_id=public_id, proposal=proposal)
    return _mark(MarkPair(public_id, proposal, False), _("The pair is free again."), back)


@matching.route("/matching/<public_id>/people/<participant>/remove/<opening>", methods=["GET", "POST"])
@requires(Permission.MATCHING_RUN)
def remove(public_id: str, participant: str, opening: str) -> ResponseReturnValue:
    """Take a pair out, with a reason if one wants to give it."""
    found = decision(reads(), actor(), public_id, participant, opening)
    record(found.participant_id)
    form = BanForm()
    if form.validate_on_submit():
        try:
            kept = ban_pair(work(), actor(), BanPair(public_id, participant, opening, form.reason.data or ""))
        except Refused as error:
            flash(say(error.reason), "error")
        else:
            flash_undo(
                _("%(name)s is taken out. Run again to look for another place.", name=found.preferred_name),
                url_for("matching.put_back", public_id=public_id, participant=participant, opening=opening),
                keep="1" if kept else "", **_place(),
            )  # fmt: skip
        return _back(public_id)
    back = url_for("matching.pair", public_id=public_id, participant=participant)
    page = render_template("matching/remove.html", form=form, found=found, place=_place(), back=back)
    return page, 422 if form.errors else 200


@matching.post("/matching/<public_id>/people/<participant>/put-back/<opening>")
@requires(Permission.MATCHING_RUN)
def put_back(public_id: str, participant: str, opening: str) -> ResponseReturnValue:
    found = decision(reads(), actor(), public_id, participant, opening)
    record(found.participant_id)
    try:
        allow_pair(work(), actor(), AllowPair(public_id, participant, opening, request.form.get("keep") == "1"))
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash_undo(
            _("%(name)s and %(role)s are possible again.", name=found.preferred_name, role=found.opening.place),
            url_for("matching.remove", public_id=public_id, participant=participant, opening=opening),
            reason=found.ban_reason, **_place(),
        )  # fmt: skip
    return _back(public_id)


@matching.route("/matching/<public_id>/discard", methods=["GET", "POST"])
@requires(Permission.MATCHING_RUN)
def discard(public_id: str) -> ResponseReturnValue:
    run = run_head(reads(), actor(), public_id)
    form = Form()
    if form.validate_on_submit():
        try:
            discard_run(work(), actor(), public_id)
        except Refused as error:
            flash(say(error.reason), "error")
            return redirect(url_for("matching.show", public_id=public_id), 303)
        flash_undo(
            _("%(name)s is discarded. It can still be read.", name=run.name),
            url_for("matching.restore", public_id=public_id), _("Bring it back"),
        )  # fmt: skip
        return redirect(url_for("matching.index"), 303)
    return render_template("matching/discard.html", run=run, back=url_for("matching.show", public_id=public_id))


@matching.post("/matching/<public_id>/restore")
@requires(Permission.MATCHING_RUN)
def restore(public_id: str) -> ResponseReturnValue:
    try:
        restore_run(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("It is a draft again."))
    return redirect(url_for("matching.show", public_id=public_id), 303)


def _mark(command: MarkPair, done: str, undo: str) -> ResponseReturnValue:
    try:
        mark_pair(work(), actor(), command)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash_undo(done, undo, **_place())
    return _back(command.run)


def _place() -> dict[str, Any]:
    return given(**{name: request.values.get(name, "")[: LONGEST * 3] for name in PLACE})


def _back(public_id: str) -> ResponseReturnValue:
    """To where the button was pressed: a person's page, or the run's page with its order and filter."""
    place = _place()
    person = place.pop("person", "")
    if person:
        return redirect(url_for("matching.pair", public_id=public_id, participant=person), 303)
    return redirect(url_for("matching.show", public_id=public_id, **place), 303)
