"""Who rates at a placement: people, their links, codes to scan and to print."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.adapters.qr import qr_svg
from placement.domain.errors import NotFound, Refused
from placement.domain.tokens import rater_link_token
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries.cards.managed import LinkCode, link_code, who_rates
from placement.usecases.cards.raters import AddRater, add_rater, end_link, renew_link, send_link, show_code
from placement.usecases.transaction import Work
from placement.web.cards.blueprint import cards
from placement.web.cards.forms import RaterForm
from placement.web.current import actor, now, reads, today, work
from placement.web.gate import record, requires
from placement.web.words import say


@cards.route("/placements/<public_id>/raters", methods=["GET", "POST"])
@requires(Permission.CARD_MANAGE)
def raters(public_id: str) -> ResponseReturnValue:
    """With an account, by a link, and a short form to add somebody."""
    found = who_rates(reads(), actor(), public_id, now(), today())
    record(found.place.participant_id)
    form = RaterForm(data={"key": str(uuid4())})
    if form.validate_on_submit():
        try:
            link = add_rater(work(), actor(), _added(public_id, form))
        except Refused as error:
            form.refuse(error)
        else:
            sent = bool(form.email.data)
            flash(_("Added. The link is on its way by mail.") if sent else _("Added. Show or print the code now."))
            back = url_for("cards.raters", public_id=public_id)
            return redirect(back if sent else url_for("cards.code", public_id=link), 303)
    page = render_template("cards/raters.html", found=found, place=found.place, form=form)
    return page, 422 if form.errors else 200


@cards.post("/rater-links/<public_id>/send")
@requires(Permission.CARD_MANAGE)
def link_send(public_id: str) -> ResponseReturnValue:
    return _change(public_id, send_link, _("The link is on its way by mail."))


@cards.post("/rater-links/<public_id>/end")
@requires(Permission.CARD_MANAGE)
def link_end(public_id: str) -> ResponseReturnValue:
    return _change(public_id, end_link, _("The link has ended, on every phone. A new one can be made at any time."))


@cards.post("/rater-links/<public_id>/renew")
@requires(Permission.CARD_MANAGE)
def link_renew(public_id: str) -> ResponseReturnValue:
    done = _("There is a new link; the old one and its phones have ended. Send it or show the code.")
    return _change(public_id, renew_link, done)


@cards.route("/rater-links/<public_id>/code", methods=["GET", "POST"])
@requires(Permission.CARD_MANAGE)
def code(public_id: str) -> ResponseReturnValue:
    """To scan from this screen, or to print; an expired link gets its two weeks anew by a button."""
    if request.method == "POST":
        return _change(public_id, show_code, "", url_for("cards.code", public_id=public_id))
    found = link_code(reads(), actor(), public_id, now())
    record(found.place.participant_id)
    return render_template("cards/code.html", found=found, place=found.place)


@cards.get("/rater-links/<public_id>/sheet")
@requires(Permission.CARD_MANAGE)
def sheet(public_id: str) -> ResponseReturnValue:
    """A sheet for the shop's pinboard: it names nobody but the one who rates."""
    found = link_code(reads(), actor(), public_id, now())
    record(found.place.participant_id)
    if not found.opens:
        return redirect(url_for("cards.code", public_id=public_id))
    return render_template("cards/sheet.html", found=found, place=found.place)


@cards.get("/rater-links/<public_id>/code.svg")
@requires(Permission.CARD_MANAGE)
def code_image(public_id: str) -> ResponseReturnValue:
    """The code alone, as our own SVG file. Raises NotFound for a link that opens nothing."""
    found = link_code(reads(), actor(), public_id, now())
    if not found.opens:
        raise NotFound
    return Response(qr_svg(_address(found)), mimetype="image/svg+xml")


def _address(found: LinkCode) -> str:
    token = rater_link_token(work().link_key, found.id, found.generation)
    return f"{current_app.config['BASE_URL']}{url_for('cards.landing', token=token)}"


def _added(placement: str, form: RaterForm) -> AddRater:
    email = form.email.data or ""
    return AddRater(placement, form.key.data or "", form.name.data or "", email, send=bool(email))


def _change(
    public_id: str, change: Callable[[Work, Actor, str], None], done: str, back: str = ""
) -> ResponseReturnValue:
    found = link_code(reads(), actor(), public_id, now())
    back = back or url_for("cards.raters", public_id=found.place.public_id)
    try:
        change(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
        back = url_for("cards.raters", public_id=found.place.public_id)
    else:
        if done:
            flash(done)
    return redirect(back, 303)
