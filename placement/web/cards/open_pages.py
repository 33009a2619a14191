"""Getting in: the landing page of a link, and what to do when it no longer opens."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import LinkEnded
from placement.domain.tokens import token_hash
from placement.policy.permissions import Permission
from placement.queries.cards.device import open_link
from placement.usecases.cards.open import forget_device, let_in
from placement.usecases.cards.send_new import send_new_link
from placement.usecases.cards.tell import mine_after_all
from placement.web.cards.blueprint import cards
from placement.web.cards.phone import forget, phone, remember
from placement.web.current import now, reads, work
from placement.web.gate import requires


@cards.route("/card/open/<token>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def landing(token: str) -> ResponseReturnValue:
    """Looking uses nothing up: mail programs look at links before people do. The button lets the phone in."""
    if request.method == "POST":
        try:
            secret = let_in(work(), token)
        except LinkEnded:
            return _ended(token)
        return remember(make_response(redirect(url_for("cards.show"), 303)), secret)
    if open_link(reads(), token_hash(token), now()) is None:
        return _ended(token)
    return render_template("cards/landing.html")


@cards.get("/card/closed")
@requires(Permission.PUBLIC)
def closed() -> ResponseReturnValue:
    """For a phone we don't know, or whose link has ended."""
    device = phone()
    if device is not None and device.opens:
        return redirect(url_for("cards.show"))
    return render_template("cards/closed.html", device=device, token="")


@cards.post("/card/new-link")
@requires(Permission.PUBLIC)
def new_link() -> ResponseReturnValue:
    """ "Send me a new one". The same answer for everybody."""
    send_new_link(work(), request.remote_addr or "", request.form.get("token", "")[:100], phone())
    flash(
        _(
            "If the program still lets you in and knows your e-mail address, a link is on its way. "
            "Without a mail in a few minutes, please call the program."
        )
    )
    return redirect(url_for("cards.closed"), 303)


@cards.post("/card/forget")
@requires(Permission.PUBLIC)
def not_my_phone() -> ResponseReturnValue:
    """The cookie goes, whatever it was worth."""
    device = phone()
    if device is not None:
        forget_device(work(), device)
    flash(_("This phone is no longer let in. To open the card again, use the link or the code."))
    return forget(make_response(redirect(url_for("cards.closed", forgotten=1), 303)))


@cards.post("/card/mine-after-all")
@requires(Permission.PUBLIC)
def undo_not_mine() -> ResponseReturnValue:
    """The tap before was a mistake."""
    device = phone()
    if device is not None:
        try:
            mine_after_all(work(), device)
        except LinkEnded:
            flash(_("That can no longer be taken back here. Please call the program."), "error")
        else:
            flash(_("Good. Everything is as before."))
    return redirect(url_for("cards.show"), 303)


def _ended(token: str) -> ResponseReturnValue:
    return render_template("cards/closed.html", device=None, token=token), 404
