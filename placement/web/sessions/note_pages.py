"""The private note: written by its author, opened by a named deputy who says why."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.sessions.note import deputy_note, own_note
from placement.usecases.sessions.note import OpenNote, WriteNote, open_note, write_note
from placement.web.current import actor, cipher, now, reads, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.sessions.blueprint import sessions
from placement.web.sessions.forms import NoteForm, ReasonForm


@sessions.route("/sessions/<public_id>/note", methods=["GET", "POST"])
@requires(Permission.SESSION_NOTE_WRITE)
def note(public_id: str) -> ResponseReturnValue:
    """The author's own."""
    found = own_note(reads(), actor(), cipher(), now(), public_id)
    record(found.head.participant_id)
    back = url_for("sessions.show", public_id=public_id)
    form = NoteForm(data={"text": found.words.text, "version": found.version})
    if form.validate_on_submit():
        try:
            write_note(work(), actor(), WriteNote(public_id, form.seen_version, form.text.data or ""))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Your note is saved."))
            return redirect(back, 303)
    page = render_template("sessions/note.html", form=form, found=found, back=back)
    return page, 422 if form.errors else 200


@sessions.route("/sessions/<public_id>/note/open", methods=["GET", "POST"])
@requires(Permission.SESSION_NOTE_OPEN)
def opened_note(public_id: str) -> ResponseReturnValue:
    """A deputy gives a reason first; then they can read it for some hours."""
    found = deputy_note(reads(), actor(), cipher(), now(), public_id)
    record(found.head.participant_id)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            open_note(work(), actor(), OpenNote(public_id, form.reason.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("sessions.opened_note", public_id=public_id), 303)
    back = url_for("sessions.show", public_id=public_id)
    page = render_template("sessions/opened_note.html", form=form, found=found, back=back)
    return page, 422 if form.errors else 200
