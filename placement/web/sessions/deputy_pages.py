"""Who may open whose notes in their absence."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.sessions.deputies import deputies_page
from placement.usecases.sessions.deputies import NameDeputy, end_deputy, name_deputy
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.sessions.blueprint import sessions
from placement.web.sessions.forms import DeputyForm


@sessions.route("/sessions/deputies", methods=["GET", "POST"])
@requires(Permission.DEPUTY_NAME)
def deputies() -> ResponseReturnValue:
    found = deputies_page(reads(), actor(), today())
    record()
    form = DeputyForm(data={"first_day": today()})
    form.offer(found.clinicians, for_all=found.all_of_them)
    if form.validate_on_submit():
        first, last = form.days
        try:
            name_deputy(work(), actor(), NameDeputy(form.deputy.data, first, last, form.whose))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The deputy is named."))
            return redirect(url_for("sessions.deputies"), 303)
    page = render_template("sessions/deputies.html", form=form, found=found, today=today())
    return page, 422 if form.errors else 200


@sessions.post("/sessions/deputies/<public_id>/end")
@requires(Permission.DEPUTY_NAME)
def end(public_id: str) -> ResponseReturnValue:
    """No longer, from now on; naming them again is one step."""
    end_deputy(work(), actor(), public_id)
    flash(_("Ended. From now on the notes are closed to them."))
    return redirect(url_for("sessions.deputies"), 303)
