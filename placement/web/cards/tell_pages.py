"""What else a shop can tell from the card: one tap each, or a few words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.catalog.read import help_lines
from placement.domain.errors import Refused
from placement.policy.device import Device
from placement.policy.permissions import Permission
from placement.queries.cards.call import numbers_for
from placement.queries.cards.card import Card, todays_card
from placement.queries.cards.people import names_of_colleagues
from placement.usecases.cards.tell import (
    name_colleague,
    no_longer_mine,
    set_mails,
    tell,
)
from placement.usecases.effects.told import TellIncident, TellWorry
from placement.web.cards.blueprint import cards
from placement.web.cards.forms import AccidentForm, ColleagueForm, WorryForm
from placement.web.cards.gate import for_phone
from placement.web.cards.phone import phone
from placement.web.current import now, reads, work
from placement.web.gate import requires


@cards.route("/card/worried", methods=["GET", "POST"])
@for_phone
def worried(device: Device) -> ResponseReturnValue:
    """A few words, or none: somebody calls back."""
    card, form = _card(device), WorryForm()
    if form.validate_on_submit():
        try:
            tell(work(), device, TellWorry(_shift(card), form.text.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Thank you. The program knows, and will call or write."))
            return redirect(url_for("cards.show"), 303)
    return render_template("cards/worried.html", **_about(device, card), form=form), 422 if form.errors else 200


@cards.route("/card/accident", methods=["GET", "POST"])
@for_phone
def accident(device: Device) -> ResponseReturnValue:
    """What an insurer asks for; the program completes it."""
    at = now().astimezone(ZoneInfo(device.zone))
    card, form = (
        _card(device),
        AccidentForm(data={"day": at.date(), "time": at.time().replace(second=0, microsecond=0)}),
    )
    if form.validate_on_submit() and form.day.data and form.time.data:
        happened = datetime.combine(form.day.data, form.time.data, ZoneInfo(device.zone))
        words = {name: form[name].data or "" for name in ("what", "injury", "first_aid", "witness", "told")}
        try:
            tell(work(), device, TellIncident(_shift(card), happened, **words))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("It is written down. The program takes care of the rest."))
            return redirect(url_for("cards.show"), 303)
    return render_template("cards/accident.html", **_about(device, card), form=form), 422 if form.errors else 200


@cards.route("/card/colleague", methods=["GET", "POST"])
@for_phone
def colleague(device: Device) -> ResponseReturnValue:
    """Who answers today instead, by name; the answers are theirs."""
    form = ColleagueForm()
    if form.validate_on_submit():
        try:
            by = name_colleague(work(), device, form.name.data or "")
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("cards.show", by=by, shift=request.args.get("shift", "")), 303)
    names = names_of_colleagues(reads(), device)
    page = render_template("cards/colleague.html", form=form, names=names, shift=request.args.get("shift", ""))
    return page, 422 if form.errors else 200


@cards.get("/card/help-now")
@requires(Permission.PUBLIC)
def help_now() -> ResponseReturnValue:
    """Whom to call, without a word about who comes to the shop. Phones that are not let in get the general numbers."""
    device = phone()
    if device is None or not device.opens:
        return redirect(url_for("accounts.help_now"))
    today = now().astimezone(ZoneInfo(device.zone)).date()
    call = numbers_for(reads(), device.program_id, device.participant_id, today)
    return render_template("cards/help_now.html", lines=help_lines(device.country), call=call)


@cards.post("/card/not-mine")
@for_phone
def not_mine(device: Device) -> ResponseReturnValue:
    no_longer_mine(work(), device)
    return redirect(url_for("cards.closed", ended=1), 303)


@cards.post("/card/mails")
@for_phone
def mails(device: Device) -> ResponseReturnValue:
    wanted = request.form.get("wanted") == "1"
    set_mails(work(), device, wanted)
    flash(_("You get mails again.") if wanted else _("No more mails. The program knows."))
    return redirect(url_for("cards.show"), 303)


def _card(device: Device) -> Card:
    return todays_card(reads(), device, now())


def _about(device: Device, card: Card) -> dict[str, object]:
    """What the script of both pages needs besides the card."""
    return {"device": device, "card": card, "shift": _shift(card)}


def _shift(card: Card) -> str:
    """The shift of today that has begun, or last night's that still runs, for what happens in it."""
    shift = card.chosen
    return shift.public_id if shift and (shift.runs or (shift.begun and shift.day == card.today)) else ""
