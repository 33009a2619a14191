"""The other side of the table: a shop reads of somebody what they agreed to, and answers."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.week import hours
from placement.policy.permissions import Permission
from placement.queries.placements.offer import Standing, shop_offer, shop_sheet
from placement.usecases.placements.shop_answer import ShopAnswer, answer_for_shop
from placement.web.current import actor, now, reads, today, work
from placement.web.gate import record, requires
from placement.web.placements.blueprint import placements
from placement.web.placements.forms import ShopAnswerForm
from placement.web.weeks import week_triples
from placement.web.words import say


@placements.get("/proposals/<public_id>")
@requires(Permission.PLACEMENT_SHOP_ANSWER)
def offer(public_id: str) -> ResponseReturnValue:
    """Somebody would like to start: the place, the times, and what they want the shop to know."""
    whose, found = shop_offer(reads(), actor(), public_id, now())
    record(whose)
    return render_template(
        "placements/offer.html", offer=found, spans=week_triples(found.pattern), weekly=hours(found.pattern)
    )


@placements.route("/proposals/<public_id>/yes", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_SHOP_ANSWER)
def offer_yes(public_id: str) -> ResponseReturnValue:
    return _answer(public_id, True)


@placements.route("/proposals/<public_id>/no", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_SHOP_ANSWER)
def offer_no(public_id: str) -> ResponseReturnValue:
    return _answer(public_id, False)


@placements.get("/placements/<public_id>/shop-sheet")
@requires(Permission.PLACEMENT_MANAGE)
def sheet(public_id: str) -> ResponseReturnValue:
    """The same for shops without an account, to print or to send."""
    whose, found = shop_sheet(reads(), actor(), public_id)
    record(whose)
    if found is None:
        flash(_("There is a sheet for the shop only while its answer is awaited: after the participant’s own yes."))
        return redirect(url_for("placements.show", public_id=public_id), 303)
    return render_template(
        "placements/sheet.html", offer=found, spans=week_triples(found.pattern), weekly=hours(found.pattern),
        today=today(), by=actor(),
    )  # fmt: skip


def _answer(public_id: str, yes: bool) -> ResponseReturnValue:
    """Ask once more, with room for a word to the coordinator."""
    whose, found = shop_offer(reads(), actor(), public_id, now())
    record(whose)
    back = url_for("placements.offer", public_id=public_id)
    form = ShopAnswerForm()
    if form.validate_on_submit():
        try:
            answer_for_shop(work(), actor(), ShopAnswer(public_id, yes, form.note.data or ""))
        except Refused as error:
            flash(say(error.reason), "error")
        else:
            flash(_("Thank you. The program has your answer."))
        return redirect(back, 303)
    if found.standing is not Standing.WAITS:
        return redirect(back, 303)
    page = render_template("placements/offer_answer.html", form=form, offer=found, yes=yes, back=back)
    return page, 422 if form.errors else 200
