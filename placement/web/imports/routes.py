"""Bringing people and employers in from a table: upload, name the columns, look, bring in, take back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from placement.adapters.tables import Problem, Unfit, read_table
from placement.domain.errors import NotFound, Refused
from placement.domain.import_fields import FIELDS, ImportKind, ImportState, check, kind_words
from placement.domain.words import say
from placement.policy.permissions import Permission
from placement.queries.imports.uploads import UploadPage, known, upload_list, upload_page
from placement.usecases.imports.uploads import (
    SaveUpload,
    discard_upload,
    map_columns,
    save_upload,
    start_upload,
    undo_upload,
)
from placement.web.current import actor, reads, work
from placement.web.gate import record, requires
from placement.web.imports.blueprint import imports
from placement.web.imports.forms import LeaveOutForm, UploadForm, chosen_columns, columns_form
from placement.web.lists import cursor, neighbors

__all__ = ["imports"]

_REFUSALS = {
    Problem.EMPTY: say("There is nothing in this file."),
    Problem.TOO_LARGE: say("This file is too large. Please bring it in in parts."),
    Problem.TOO_MANY_ROWS: say("This file has more than 10,000 rows. Please bring it in in parts."),
    Problem.TOO_MANY_COLUMNS: say("This file has more than 60 columns."),
    Problem.UNREADABLE: say("This file can't be read. Please save it as CSV or XLSX."),
}
#: Faults and good rows shown at once.
MOST_FAULTS, MOST_GOOD = 500, 20


@imports.get("/imports")
@requires(Permission.IMPORT_RUN)
def index() -> ResponseReturnValue:
    page = upload_list(reads(), actor(), cursor())
    return render_template("imports/index.html", rows=page.rows, kind_words=kind_words, **neighbors(page))


@imports.route("/imports/new", methods=["GET", "POST"])
@requires(Permission.IMPORT_RUN)
def new() -> ResponseReturnValue:
    form = UploadForm()
    form.offer()
    if form.validate_on_submit():
        try:
            made = _upload(form)
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("imports.columns", public_id=made), 303)
    return render_template("imports/new.html", form=form, back=url_for("imports.index")), 422 if form.errors else 200


@imports.route("/imports/<public_id>/columns", methods=["GET", "POST"])
@requires(Permission.IMPORT_RUN)
def columns(public_id: str) -> ResponseReturnValue:
    """Which field is in which column."""
    found = _found(public_id, ImportState.DRAFT, ImportState.MAPPED)
    form = columns_form(found.line.kind, found.header, found.mapping)
    if form.validate_on_submit():
        try:
            map_columns(work(), actor(), public_id, chosen_columns(found.line.kind, form))
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("imports.preview", public_id=public_id), 303)
    return render_template(
        "imports/columns.html", form=form, found=found, fields=FIELDS[found.line.kind], sample=found.rows[:3],
        back=url_for("imports.index"),
    ), 422 if form.errors else 200  # fmt: skip


@imports.route("/imports/<public_id>/preview", methods=["GET", "POST"])
@requires(Permission.IMPORT_RUN)
def preview(public_id: str) -> ResponseReturnValue:
    """Every fault by row and column, and what would go in; nothing is written yet."""
    found = _found(public_id, ImportState.MAPPED)
    form = LeaveOutForm()
    if form.validate_on_submit():
        try:
            count = start_upload(work(), actor(), public_id, form.numbers)
        except Refused as error:
            form.refuse(error)
        else:
            flash(ngettext("%(num)s row is being brought in.", "%(num)s rows are being brought in.", count))
            return redirect(url_for("imports.show", public_id=public_id), 303)
    looked = check(found.line.kind, found.header, found.rows, found.mapping, known(reads(), actor(), found.line.kind))
    record()
    used = [field for field in FIELDS[found.line.kind] if field.key in found.mapping]
    return render_template(
        "imports/preview.html", form=form, found=found, looked=looked, used=used, most=MOST_FAULTS,
        good=list(looked.good.items())[:MOST_GOOD], faulty=len({fault.row for fault in looked.faults}),
    ), 422 if form.errors else 200  # fmt: skip


@imports.get("/imports/<public_id>")
@requires(Permission.IMPORT_RUN)
def show(public_id: str) -> ResponseReturnValue:
    """How far it is; afterwards, what came of it."""
    found = upload_page(reads(), actor(), public_id)
    if found.line.state in (ImportState.DRAFT, ImportState.MAPPED):
        return redirect(url_for("imports.columns", public_id=public_id))
    return render_template("imports/show.html", line=found.line, kind_words=kind_words)


@imports.post("/imports/<public_id>/undo")
@requires(Permission.IMPORT_RUN)
def undo(public_id: str) -> ResponseReturnValue:
    kept = undo_upload(work(), actor(), public_id)
    if kept:
        flash(
            ngettext(
                "Taken back. %(num)s entry is in use or was changed since, and stays.",
                "Taken back. %(num)s entries are in use or were changed since, and stay.",
                kept,
            )
        )
    else:
        flash(_("Taken back: everything it had brought in is gone."))
    return redirect(url_for("imports.show", public_id=public_id), 303)


@imports.post("/imports/<public_id>/discard")
@requires(Permission.IMPORT_RUN)
def discard(public_id: str) -> ResponseReturnValue:
    discard_upload(work(), actor(), public_id)
    flash(_("The file is thrown away. Nothing was brought in."))
    return redirect(url_for("imports.index"), 303)


def _upload(form: UploadForm) -> str:
    """Raises Refused at the field."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Refused(say("Please choose a file."), "file")
    try:
        table = read_table(sent.read())
    except Unfit as error:
        raise Refused(_REFUSALS[error.problem], "file") from None
    name = sent.filename.replace("\\", "/").rsplit("/", 1)[-1]
    return save_upload(work(), actor(), SaveUpload(ImportKind(form.kind.data), name, table.header, table.rows))


def _found(public_id: str, *states: ImportState) -> UploadPage:
    """Raises NotFound for one that is further, or not so far."""
    found = upload_page(reads(), actor(), public_id)
    if found.line.state not in states:
        raise NotFound
    return found
