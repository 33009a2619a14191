"""Which mails somebody gets: their own choice, and the signed address that ends one kind."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.mails import mail_words
from placement.domain.stop_mails import ACCOUNT, Stop, read_stop_token
from placement.policy.permissions import Permission
from placement.queries.mails.choices import own_choices, stopped
from placement.usecases.mails.choose import choose_mails
from placement.usecases.mails.stop import stop_mails
from placement.web.current import actor, reads, work
from placement.web.gate import requires
from placement.web.mails import dead_pages
from placement.web.mails.blueprint import mails
from placement.web.mails.forms import MailsForm

__all__ = ["dead_pages", "mails"]


@mails.route("/account/mails", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def preferences() -> ResponseReturnValue:
    """Kinds, quiet hours, language, number."""
    chosen = own_choices(reads(), actor())
    form = MailsForm()
    form.offer(actor().roles, actor().zone, chosen.zone)
    if request.method == "GET":
        form.show(chosen)
    elif form.validate_on_submit():
        try:
            choose_mails(work(), actor(), form.command())
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Your choice is saved."))
            return redirect(url_for("mails.preferences"), 303)
    return render_template("mails/preferences.html", form=form, email=chosen.email), 422 if form.errors else 200


@mails.route("/account/mails/stop/<token>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def stop(token: str) -> ResponseReturnValue:
    """Looking changes nothing (mail scanners look at links); one POST does, as mail programs send it."""
    wanted = read_stop_token(work().link_key, token)
    if wanted is None:
        return _nothing_behind()
    if request.method == "POST":
        stop_mails(work(), wanted, again=request.form.get("again") == "1")
    return _stopped(wanted)


def _stopped(wanted: Stop) -> ResponseReturnValue:
    off = stopped(reads(), wanted)
    if off is None:
        return _nothing_behind()
    kind = mail_words(wanted.kind) if wanted.reader == ACCOUNT else None
    return render_template("mails/stop.html", off=off, kind=kind)


def _nothing_behind() -> ResponseReturnValue:
    """An address that was cut short on its way, or of somebody who is not there any more."""
    return render_template("mails/stop_unknown.html"), 404
