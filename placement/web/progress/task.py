"""One task of one person for staff: chart, phases, figures, the rows behind every point, and notes at points."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.comparison import NO_PROOF
from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.progress.task import MOST, TaskRecord, task_record
from placement.usecases.progress.notes import AddNote, add_note, remove_note
from placement.web.current import actor, reads, work
from placement.web.gate import record, requires
from placement.web.progress.blueprint import progress
from placement.web.progress.task_forms import PHASES, NoteForm, PhaseForm
from placement.web.progress.task_rows import offered, rows_page, shift_links
from placement.web.progress.task_view import (
    chart_of,
    chosen_phases,
    level_words,
    often_of,
    reasons,
    verdict_of,
    views_of,
)


@progress.get("/participants/<public_id>/progress/<task>")
@requires(Permission.PROGRESS_EVENTS)
def task(public_id: str, task: str) -> ResponseReturnValue:
    """Baseline and later phase stand in the query string, so that the page can be sent on."""
    return _page(public_id, task, NoteForm(request.args))


@progress.post("/participants/<public_id>/progress/<task>/notes")
@requires(Permission.PROGRESS_EVENTS)
def note(public_id: str, task: str) -> ResponseReturnValue:
    """A word at a point."""
    found = task_record(reads(), actor(), public_id, task)
    form = NoteForm()
    form.offer(found.points)
    if form.validate_on_submit():
        command = AddNote(public_id, form.point.data, form.text.data or "", None if form.every.data else task)
        try:
            add_note(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The note stands at its point."))
            return redirect(url_for("progress.task", public_id=public_id, task=task, _anchor="rows"), 303)
    return _page(public_id, task, form, 422)


@progress.post("/participants/<public_id>/progress/<task>/notes/<note>/remove")
@requires(Permission.PROGRESS_EVENTS)
def unnote(public_id: str, task: str, note: str) -> ResponseReturnValue:
    """Take a note away; the answer offers to set it again."""
    said = remove_note(work(), actor(), public_id, task, note)
    flash(_("The note is gone. To set it again, send the form below."))
    again = url_for(
        "progress.task", public_id=public_id, task=task, point=said.occasion, text=said.text,
        every=None if said.task else "y", _anchor="note",
    )  # fmt: skip
    return redirect(again, 303)


def _page(public_id: str, task: str, form: NoteForm, status: int = 200) -> ResponseReturnValue:
    found = task_record(reads(), actor(), public_id, task)
    record(found.participant_id)
    phases = PhaseForm(request.args)
    phases.offer(found.events)
    if request.args.keys() & phases.asked:
        phases.validate()
    rows = rows_page(found.points, request.args.get("rows"))
    form.offer(offered(found.points, rows.points))
    chosen = chosen_phases(found, phases)
    page = render_template(
        "progress/task.html",
        found=found,
        chart=chart_of(found, chosen),
        chosen=chosen,
        often=often_of(found),
        views=views_of(found),
        shift_links=shift_links(found),
        rows=rows,
        newer=None if rows.newer is None else _rows_url(found, rows.newer),
        older=None if rows.older is None else _rows_url(found, rows.older),
        verdict=verdict_of(found),
        level_words=level_words(found),
        why=reasons(),
        phases=phases,
        form=form,
        no_proof=NO_PROOF,
        most=MOST,
    )
    return page, status


def _rows_url(found: TaskRecord, first: str) -> str:
    """The same page and phases with other rows; an empty ``first``: the newest."""
    kept: dict[str, Any] = {name: request.args.get(name) for name in PHASES}
    return url_for(
        "progress.task", public_id=found.public_id, task=found.task, rows=first or None, **kept, _anchor="rows"
    )  # fmt: skip
