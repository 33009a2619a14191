"""The demo's mails, to be read instead of sent. Outside of the demo there is no such page."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from placement.adapters.outbox import Outbox
from placement.policy.permissions import Permission
from placement.web.gate import requires
from placement.web.static_urls import static_url

#: Registered in the demo alone.
outbox = Blueprint("outbox", __name__)


@outbox.get("/demo/outbox")
@requires(Permission.PUBLIC)
def index() -> ResponseReturnValue:
    """The latest first."""
    return render_template("outbox/index.html", kept=_outbox().latest())


@outbox.get("/demo/outbox/<key>")
@requires(Permission.PUBLIC)
def show(key: str) -> ResponseReturnValue:
    """One mail: its head, the plain text, and a link to the HTML version."""
    return render_template("outbox/show.html", mail=_outbox().read(key) or abort(404))


@outbox.get("/demo/outbox/<key>/html")
@requires(Permission.PUBLIC)
def html(key: str) -> ResponseReturnValue:
    """The HTML version by itself. Pages allow no style inside of them, so here it comes as a file."""
    mail = _outbox().read(key) or abort(404)
    before, _, rest = mail.html.partition("<style>")
    _, _, after = rest.partition("</style>")
    sheet = Markup('<link rel="stylesheet" href="{}">').format(static_url("css/mail.css"))
    # Joined as text: Markup would escape the mail around it.
    return before + str(sheet) + after


def _outbox() -> Outbox:
    folder = current_app.config["OUTBOX"]
    if folder is None:
        # A demo with a mail server of its own keeps nothing.
        abort(404)
    return Outbox(folder)
