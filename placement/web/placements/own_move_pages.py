"""Pausing, going on with and ending one's own placement: one page to confirm, no question why."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import NotFound, Refused
from placement.domain.placement_moves import own_moves
from placement.domain.placements import Move
from placement.policy.permissions import Permission
from placement.queries.placements.record import placement_record
from placement.usecases.placements.own_move import own_move
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.placements.blueprint import placements
from placement.web.placements.own_steps import STEPS
from placement.web.undo import flash_undo
from placement.web.words import say


@placements.route("/placements/<public_id>/own/<step>", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_OWN_MOVE)
def own_step(public_id: str, step: str) -> ResponseReturnValue:
    move = STEPS.get(step)
    if move is None:
        abort(404)
    if request.method == "POST":
        return _do(public_id, move)
    found = placement_record(reads(), actor(), public_id, today())
    facts = found.facts
    if facts.participant_id != actor().participant_id:
        raise NotFound
    record(facts.participant_id)
    if move not in own_moves(facts.state):
        return redirect(url_for("placements.show", public_id=public_id))
    return render_template("placements/own_step.html", facts=facts, move=move, step=step)


def _do(public_id: str, move: Move) -> ResponseReturnValue:
    try:
        own_move(work(), actor(), public_id, move)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        _say_done(public_id, move)
    return redirect(url_for("placements.show", public_id=public_id), 303)


def _say_done(public_id: str, move: Move) -> None:
    if move is Move.PAUSE:
        text = _("It is paused. Your program tells the shop.")
        flash_undo(text, url_for("placements.own_step", public_id=public_id, step="go-on"), _("Go on again"))
    elif move is Move.RESUME:
        flash(_("It goes on. Welcome back!"))
    else:
        flash(_("It has ended. Your program knows. You can ask for another place whenever you like."))
