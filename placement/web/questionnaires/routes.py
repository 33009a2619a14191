"""Questionnaires: the participant's own pages; importing the other files attaches theirs to the blueprint."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.questionnaires import missing_words, state_words
from placement.policy.permissions import Permission
from placement.queries.questionnaires.own import OwnHandout, own_handout, own_handouts
from placement.usecases.questionnaires.answer import FillIn, decline, fill_in, withdraw
from placement.web.current import actor, cipher, reads, today, work
from placement.web.gate import record, requires
from placement.web.questionnaires import catalog_pages, course_pages, give_pages
from placement.web.questionnaires.blueprint import questionnaires
from placement.web.questionnaires.forms import FillForm, answers_given
from placement.web.undo import flash_undo
from placement.web.words import say

__all__ = ["catalog_pages", "course_pages", "give_pages", "questionnaires"]


@questionnaires.get("/questionnaires/mine")
@requires(Permission.HANDOUT_OWN)
def mine() -> ResponseReturnValue:
    """Everything the participant was given."""
    rows = own_handouts(reads(), actor(), today())
    record(actor().participant_id)
    return render_template("questionnaires/mine.html", rows=rows, state_words=state_words)


@questionnaires.route("/questionnaires/handouts/<public_id>/mine", methods=["GET", "POST"])
@requires(Permission.HANDOUT_OWN)
def fill(public_id: str) -> ResponseReturnValue:
    """Fill it in, keep it or hand it in; afterwards one's own answers and the score."""
    found = own_handout(reads(), actor(), cipher(), today(), public_id)
    record(found.participant_id)
    form = FillForm()
    chosen = {key: str(value) for key, value in found.given.values.items()}
    wrong: str | None = None
    if form.validate_on_submit():
        chosen = {item.key: request.form.get(f"a-{item.key}", "") for item in found.asked.scale.items}
        hand_in = request.form.get("do") == "hand_in"
        try:
            fill_in(work(), actor(), FillIn(public_id, answers_given(found.asked.scale, chosen), hand_in))
        except Refused as error:
            form.refuse(error)
            wrong = error.field
        else:
            if hand_in:
                flash(_("Handed in. %(name)s can read it now.", name=found.row.reader))
                return redirect(url_for("questionnaires.fill", public_id=public_id), 303)
            flash(_("Kept for you. Nobody else reads it."))
            return redirect(url_for("questionnaires.mine"), 303)
    return _page(found, form, chosen, wrong)


@questionnaires.post("/questionnaires/handouts/<public_id>/withdraw")
@requires(Permission.HANDOUT_OWN)
def take_out(public_id: str) -> ResponseReturnValue:
    """From now on nobody else reads it; handing it in again is one step."""
    withdraw(work(), actor(), public_id)
    flash(_("Taken back. From now on nobody but you can read it."))
    return redirect(url_for("questionnaires.fill", public_id=public_id), 303)


@questionnaires.post("/questionnaires/handouts/<public_id>/rather-not")
@requires(Permission.HANDOUT_OWN)
def rather_not(public_id: str) -> ResponseReturnValue:
    """Without a reason; the button that undoes it posts here, too."""
    undo = request.form.get("undo") == "1"
    try:
        decline(work(), actor(), public_id, undo=undo)
    except Refused as error:
        flash(say(error.reason), "error")
        return redirect(url_for("questionnaires.mine"), 303)
    if undo:
        flash(_("You can fill it in again."))
        return redirect(url_for("questionnaires.fill", public_id=public_id), 303)
    again = url_for("questionnaires.rather_not", public_id=public_id)
    flash_undo(_("That is fine. You need not say why, and nobody is told."), again, undo="1")
    return redirect(url_for("questionnaires.mine"), 303)


def _page(found: OwnHandout, form: FillForm, chosen: dict[str, str], wrong: str | None) -> ResponseReturnValue:
    """``wrong``: key of the item an error belongs to."""
    page = render_template(
        "questionnaires/fill.html",
        found=found,
        form=form,
        chosen=chosen,
        wrong=wrong,
        state=found.row.state.value,
        options=found.asked.options(actor().locale),
        language=found.asked.language(actor().locale),
        missing=missing_words(found.asked.scale),
    )
    return page, 422 if form.errors else 200
