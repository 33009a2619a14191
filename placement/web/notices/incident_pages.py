"""Accidents: the list, writing one down, completing it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.contacts.one import about_whom
from placement.queries.notices.incidents import IncidentRow, incidents_page, one_incident
from placement.usecases.notices.incidents import (
    AddIncident,
    EditIncident,
    IncidentValues,
    add_incident,
    close_incident,
    edit_incident,
)
from placement.web.current import actor, now, reads, today, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, neighbors
from placement.web.notices.blueprint import notices
from placement.web.notices.forms import IncidentForm
from placement.web.words import say

TEXTS = ("what", "injury", "first_aid", "witness", "told", "note")


@notices.get("/accidents")
@requires(Permission.INCIDENT_LIST)
def incidents() -> ResponseReturnValue:
    show = asked("show", ("closed",))
    page = incidents_page(reads(), actor(), closed=show == "closed", cursor=cursor())
    record()
    return render_template("notices/incidents.html", page=page, show=show, today=today(), **neighbors(page, show=show))


@notices.route("/participants/<public_id>/accidents/new", methods=["GET", "POST"])
@requires(Permission.INCIDENT_ADD)
def incident_new(public_id: str) -> ResponseReturnValue:
    whom = about_whom(reads(), actor(), public_id)
    record(whom.participant_id)
    form = IncidentForm(data={"key": str(uuid4()), "day": today(), "time": _local(now()).time()})
    if form.validate_on_submit():
        try:
            made = add_incident(work(), actor(), AddIncident(public_id, form.key.data or "", _values(form)))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Written down."))
            return redirect(_after(made), 303)
    return render_template("notices/incident_new.html", form=form, whom=whom), 422 if form.errors else 200


@notices.route("/accidents/<public_id>", methods=["GET", "POST"])
@requires(Permission.INCIDENT_SEE)
def incident(public_id: str) -> ResponseReturnValue:
    """Staff read it; coordinators complete it."""
    row = one_incident(reads(), actor(), public_id)
    record(row.participant_id)
    form = IncidentForm(data=_data(row))
    if form.validate_on_submit():
        try:
            edit_incident(work(), actor(), EditIncident(public_id, form.seen_version, _values(form)))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, _shown(error), url_for("notices.incident", public_id=public_id))
        else:
            flash(_("Saved."))
            return redirect(url_for("notices.incident", public_id=public_id), 303)
    return render_template("notices/incident.html", form=form, row=row, today=today()), 422 if form.errors else 200


@notices.post("/accidents/<public_id>/close")
@requires(Permission.INCIDENT_EDIT)
def incident_close(public_id: str) -> ResponseReturnValue:
    """``open``: not after all."""
    opens = request.form.get("open") == "1"
    try:
        close_incident(work(), actor(), public_id, closed=not opens)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("It is open again.") if opens else _("It is closed."))
    return redirect(url_for("notices.incident", public_id=public_id), 303)


def _values(form: IncidentForm) -> IncidentValues:
    at = datetime.combine(form.day.data, form.time.data, ZoneInfo(actor().zone))
    texts = {name: form[name].data or "" for name in TEXTS}
    return IncidentValues(happened_at=at, reported_on=form.reported_on.data, **texts)


def _data(row: IncidentRow) -> dict[str, Any]:
    at = _local(row.happened_at)
    texts = {name: getattr(row, name) for name in TEXTS}
    return texts | {"version": row.version, "day": at.date(), "time": at.time(), "reported_on": row.reported_on}


def _shown(error: Stale) -> Stale:
    """The other version in the form's own fields."""
    current = dict(error.current)
    at = _local(current.pop("happened_at"))
    return Stale(error.version, current | {"day": at.date(), "time": at.time()})


def _local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(actor().zone)).replace(second=0, microsecond=0, tzinfo=None)


def _after(made: str) -> str:
    return url_for("notices.incident", public_id=made)
