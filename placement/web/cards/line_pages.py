"""The lines of a card: coordinators write, the participant says yes or no to each."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.cards.lines import CardLines, card_lines
from placement.usecases.cards.lines import add_line, release_line, remove_line
from placement.web.cards.blueprint import cards
from placement.web.cards.forms import LineForm
from placement.web.current import actor, reads, work
from placement.web.gate import record, requires


@cards.route("/placements/<public_id>/card-lines", methods=["GET", "POST"])
@requires(Permission.CARD_MANAGE)
def lines(public_id: str) -> ResponseReturnValue:
    found = card_lines(reads(), actor(), public_id)
    record(found.participant_id)
    form = LineForm()
    if form.validate_on_submit():
        try:
            add_line(work(), actor(), public_id, form.text.data or "")
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Noted. The shop sees it once %(name)s says yes.", name=found.name))
            return redirect(url_for("cards.lines", public_id=public_id), 303)
    return render_template("cards/lines.html", found=found, form=form), 422 if form.errors else 200


@cards.post("/placements/<public_id>/card-lines/<line>/remove")
@requires(Permission.CARD_MANAGE)
def line_remove(public_id: str, line: str) -> ResponseReturnValue:
    _its_line(card_lines(reads(), actor(), public_id), line)
    remove_line(work(), actor(), line)
    flash(_("Removed from the card."))
    return redirect(url_for("cards.lines", public_id=public_id), 303)


@cards.get("/placements/<public_id>/my-card")
@requires(Permission.CARD_RELEASE)
def my_lines(public_id: str) -> ResponseReturnValue:
    """What the shop may read about what is good for me; nothing until I say so."""
    found = card_lines(reads(), actor(), public_id)
    record(found.participant_id)
    return render_template("cards/my_lines.html", found=found)


@cards.post("/placements/<public_id>/my-card/<line>")
@requires(Permission.CARD_RELEASE)
def line_release(public_id: str, line: str) -> ResponseReturnValue:
    _its_line(card_lines(reads(), actor(), public_id), line)
    released = request.form.get("released") == "1"
    release_line(work(), actor(), line, released)
    flash(_("The shop can read it now.") if released else _("The shop no longer reads it."))
    return redirect(url_for("cards.my_lines", public_id=public_id), 303)


def _its_line(found: CardLines, line: str) -> None:
    """404 for a line of another card."""
    if line not in {one.public_id for one in found.lines}:
        abort(404)
