"""The program's lists about entry and exit, for its admins."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.enrollments import ListKind, list_words
from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.enrollments.choices import list_entries
from placement.usecases.enrollments.lists import add_list_entry, archive_list_entry
from placement.web.current import actor, reads, work
from placement.web.enrollments.blueprint import enrollments
from placement.web.enrollments.forms import ListEntryForm
from placement.web.gate import requires
from placement.web.undo import flash_undo
from placement.web.words import say


@enrollments.route("/program/lists", methods=["GET", "POST"])
@requires(Permission.CATALOG_EDIT)
def lists() -> ResponseReturnValue:
    """All lists, and a form for a new entry."""
    form = ListEntryForm()
    form.kind.choices = [(kind.value, say(list_words(kind))) for kind in ListKind]
    if form.validate_on_submit():
        try:
            add_list_entry(work(), actor(), ListKind(form.kind.data), form.name)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Added."))
            return redirect(url_for("enrollments.lists"), 303)
    rows = list(list_entries(reads(), actor()).values())
    return render_template(
        "enrollments/lists.html", form=form, rows=rows, kinds=list(ListKind), list_words=list_words
    ), 422 if form.errors else 200


@enrollments.post("/program/lists/<public_id>/archive")
@requires(Permission.CATALOG_EDIT)
def list_archive(public_id: str) -> ResponseReturnValue:
    """No longer offered; ``again``: offered again."""
    again = request.form.get("again") == "1"
    archive_list_entry(work(), actor(), public_id, archived=not again)
    if again:
        flash(_("It is offered again."))
    else:
        undo = url_for("enrollments.list_archive", public_id=public_id)
        flash_undo(_("It is no longer offered. Where it was chosen, it stays."), undo, again="1")
    return redirect(url_for("enrollments.lists"), 303)
