"""The page of phase lines."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.events import EventKind, event_words
from placement.policy.permissions import Permission
from placement.queries.progress.events import events_of
from placement.usecases.progress.events import AddEvent, add_event, remove_event
from placement.web.current import actor, reads, work
from placement.web.gate import record, requires
from placement.web.progress.blueprint import progress
from placement.web.progress.forms import EventForm


@progress.route("/participants/<public_id>/progress/events", methods=["GET", "POST"])
@requires(Permission.PROGRESS_EVENTS)
def events(public_id: str) -> ResponseReturnValue:
    """Phase lines: see them, add one."""
    found = events_of(reads(), actor(), public_id)
    record(found.participant_id)
    form = EventForm() if request.method == "POST" else EventForm(request.args)
    form.offer(found.tasks)
    if form.validate_on_submit() and form.day.data is not None:
        command = AddEvent(
            public_id, EventKind(form.kind.data), form.day.data, form.task.data or None, form.text.data or ""
        )
        try:
            add_event(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The line stands on the chart."))
            return redirect(url_for("progress.events", public_id=public_id), 303)
    return render_template(
        "progress/events.html", form=form, found=found, event_words=event_words
    ), 422 if form.errors else 200


@progress.post("/participants/<public_id>/progress/events/<event>/remove")
@requires(Permission.PROGRESS_EVENTS)
def remove(public_id: str, event: str) -> ResponseReturnValue:
    """Take a line away; the answer offers to set it again."""
    said = remove_event(work(), actor(), public_id, event)
    flash(_("The line is gone. To set it again, send the form below."))
    again = url_for(
        "progress.events",
        public_id=public_id,
        day=said.day.isoformat(),
        kind=said.kind.value,
        task=said.task,
        text=said.text or None,
    )
    return redirect(again, 303)
