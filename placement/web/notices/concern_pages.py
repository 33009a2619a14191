"""A concern about somebody: written down by staff, owned by one of them until a day."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.notices.concerns import concern_form, concerns_page
from placement.usecases.notices.concern import WriteConcern, write_concern
from placement.web.current import actor, now, reads, today, work
from placement.web.gate import record, requires
from placement.web.lists import cursor, neighbors
from placement.web.notices.blueprint import notices
from placement.web.notices.forms import ConcernForm


@notices.get("/concerns")
@requires(Permission.CONCERN_SEE)
def concerns() -> ResponseReturnValue:
    page = concerns_page(reads(), actor(), cursor())
    record()
    return render_template("notices/concerns.html", page=page, now=now(), **neighbors(page))


@notices.route("/participants/<public_id>/concerns/new", methods=["GET", "POST"])
@requires(Permission.CONCERN_WRITE)
def concern(public_id: str) -> ResponseReturnValue:
    found = concern_form(reads(), actor(), public_id, today())
    record(found.participant_id)
    form = ConcernForm(data={"key": str(uuid4()), "due_on": today() + timedelta(days=1)})
    form.offer(found.owners)
    if form.validate_on_submit():
        command = WriteConcern(public_id, form.owner.data, form.due_on.data, form.text.data or "", form.key.data or "")
        try:
            write_concern(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("It is written down, and whoever takes care of it knows."))
            return redirect(url_for("notices.concerns"), 303)
    return render_template("notices/concern.html", form=form, found=found), 422 if form.errors else 200
