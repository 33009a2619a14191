"""Moving a placement on: every move is asked about once, with what it brings along."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import NotFound, Refused, Stale
from placement.domain.placement_moves import is_final, mover, moves_from, next_state
from placement.domain.placement_words import state_words
from placement.domain.placements import Move, Mover, PlacementState
from placement.policy.permissions import Permission
from placement.queries.placements.record import PlacementFacts, placement_record
from placement.usecases.placements.move import MovePlacement, move_placement
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.placements.blueprint import placements
from placement.web.placements.forms import MoveForm
from placement.web.refusals import error_page
from placement.web.words import say

#: Address part → move; only what is a coordinator's to record or decide.
MOVES = {move.value.replace("_", "-"): move for move in Move if mover(move) is not Mover.PARTICIPANT}
_DATED = (Move.START, Move.COMPLETE, Move.END_EARLY)


@placements.route("/placements/<public_id>/moves/<move>", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_MANAGE)
def move(public_id: str, move: str) -> ResponseReturnValue:
    found = placement_record(reads(), actor(), public_id, today())
    record(found.facts.participant_id)
    wanted = MOVES.get(move)
    if wanted is None:
        raise NotFound
    back = url_for("placements.show", public_id=public_id)
    form = MoveForm(version=getattr(found, "version", 0), on=today() if wanted in _DATED else None, cancel_shifts=True)
    if form.validate_on_submit():
        try:
            command = MovePlacement(
                public_id, form.seen_version, wanted, form.on.data, form.note.data or "", form.cancel_shifts.data
            )
            move_placement(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        except Stale:
            return error_page(409)
        else:
            flash(_("Saved. Now: %(state)s.", state=_state(next_state(found.facts.state, wanted))))
            return redirect(back, 303)
    elif wanted not in moves_from(found.facts.state):
        flash(_("That is no longer possible: %(state)s.", state=_state(found.facts.state)), "error")
        return redirect(back, 303)
    page = render_template(
        "placements/move.html", form=form, facts=found.facts, back=back, move=wanted, dated=wanted in _DATED,
        consequences=consequences(found.facts, wanted), title=question(found.facts, wanted),
    )  # fmt: skip
    return page, 422 if form.errors else 200


def question(facts: PlacementFacts, move: Move) -> str:
    """The move as a question with the person's name."""
    name, shop = facts.preferred_name, facts.employer
    return {
        Move.EMPLOYER_YES: _("Did %(shop)s say yes to %(name)s?", shop=shop, name=name),
        Move.EMPLOYER_NO: _("Did %(shop)s say no?", shop=shop),
        Move.START: _("Does %(name)s start?", name=name),
        Move.PAUSE: _("Pause the placement of %(name)s?", name=name),
        Move.RESUME: _("Go on with the placement of %(name)s?", name=name),
        Move.COMPLETE: _("Complete the placement of %(name)s?", name=name),
        Move.END_EARLY: _("End the placement of %(name)s early?", name=name),
        Move.WITHDRAW: _("Withdraw the placement of %(name)s?", name=name),
    }[move]


def consequences(facts: PlacementFacts, move: Move) -> list[str]:
    """What follows from a move, in words."""
    if move is Move.EMPLOYER_YES:
        return [_("Both have agreed. Next: a first meeting, a plan of shifts, and the start.")]
    if move is Move.START:
        return [
            _("%(name)s is shown as on placement.", name=facts.preferred_name),
            _("The new shop gets a line in the progress chart on that day."),
        ]
    if move is Move.PAUSE:
        return [_("The place stays taken. It can go on at any time.")]
    if move is Move.RESUME:
        return [_("Shifts that the pause cancelled are planned again, as far as they are still to come.")]
    lines = []
    if facts.state in moves_ending(move):
        lines = [
            _("The place is free for somebody else."),
            _("Shifts planned after it are cancelled, and no feedback is asked for them."),
        ]
        if facts.state in (PlacementState.ACTIVE, PlacementState.PAUSED):
            lines.append(_("%(name)s is shown as waiting for a place again.", name=facts.preferred_name))
        lines.append(_("It cannot be taken up again; a new placement can be proposed."))
    return lines


def moves_ending(move: Move) -> list[PlacementState]:
    """States from which this move ends a placement."""
    return [state for state in PlacementState if move in moves_from(state) and is_final(next_state(state, move))]


def _state(state: PlacementState) -> str:
    return say(state_words(state))
