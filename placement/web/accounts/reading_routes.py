"""How somebody reads: plain language, larger type, pictograms, reading aloud."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.reading import Reading
from placement.policy.permissions import Permission
from placement.usecases.accounts.preferences import set_reading
from placement.web.accounts.blueprint import accounts
from placement.web.accounts.forms import ReadingForm
from placement.web.current import actor, work
from placement.web.gate import requires


@accounts.route("/account/reading", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def reading() -> ResponseReturnValue:
    form = ReadingForm(obj=actor().reading)
    if form.validate_on_submit():
        set_reading(work(), actor(), Reading(**form.values))
        flash(_("Saved. Every page looks like this from now on."))
        return redirect(url_for("accounts.reading"), 303)
    return render_template("accounts/reading.html", form=form), 422 if form.errors else 200
