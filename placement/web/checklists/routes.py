"""What must be there before a placement may start: for one placement, and the program's list."""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from placement.adapters.papers import Problem, Unfit, read_paper
from placement.domain.checklists import FileKind
from placement.domain.errors import Refused, Stale
from placement.domain.placement_words import kind_words
from placement.domain.placements import PlacementKind
from placement.domain.week import hours
from placement.domain.words import say
from placement.policy.permissions import Permission
from placement.queries.checklists.page import Checklist, checklist, checklist_of_entry, items, paper_of
from placement.queries.placements.record import placement_record
from placement.usecases.checklists.entries import EntryValues, PaperFile, remove_entry, write_entry
from placement.usecases.checklists.items import add_item, archive_item, take_usual_items
from placement.web import words
from placement.web.checklists.blueprint import checklists
from placement.web.checklists.forms import EntryForm, ItemForm
from placement.web.current import actor, cipher, reads, today, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.lists import asked
from placement.web.locale import LOCALES
from placement.web.paper import pdf_file
from placement.web.undo import flash_undo
from placement.web.weeks import week_triples

__all__ = ["checklists"]

_REFUSALS = {
    Problem.EMPTY: say("This file is empty."),
    Problem.TOO_LARGE: say("This file has more than 5 MB. Please choose a smaller one."),
    Problem.OTHER_KIND: say("Please choose a PDF, JPEG or PNG file."),
}


@checklists.get("/placements/<public_id>/checklist")
@requires(Permission.CHECKLIST_SEE)
def show(public_id: str) -> ResponseReturnValue:
    """Everything the program asks for, and what is there."""
    found = _found(public_id)
    return render_template("checklists/show.html", found=found, today=today())


@checklists.route("/placements/<public_id>/checklist/<item>", methods=["GET", "POST"])
@requires(Permission.CHECKLIST_EDIT)
def edit(public_id: str, item: str) -> ResponseReturnValue:
    found = _found(public_id)
    line, back = found.line(item), url_for("checklists.show", public_id=public_id)
    names = ("done_on", "done_by", "expires_on", "note", "version")
    values = {name: getattr(line.entry, name) for name in names} if line.entry else {"done_on": today(), "version": 0}
    form = EntryForm(data=values)
    if form.validate_on_submit():
        try:
            write_entry(work(), actor(), public_id, item, form.seen_version, _values(form))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Written down."))
            return redirect(back, 303)
    return render_template(
        "checklists/edit.html", form=form, found=found, line=line, back=back
    ), 422 if form.errors else 200


@checklists.post("/checks/<public_id>/remove")
@requires(Permission.CHECKLIST_EDIT)
def remove(public_id: str) -> ResponseReturnValue:
    """Take an entry out; ``again``: bring it back."""
    found, again = checklist_of_entry(reads(), actor(), public_id, today()), request.form.get("again") == "1"
    try:
        remove_entry(work(), actor(), public_id, removed=not again)
    except Refused as error:
        flash(words.say(error.reason), "error")
    else:
        if again:
            flash(_("The entry stands there again."))
        else:
            undo = url_for("checklists.remove", public_id=public_id)
            flash_undo(_("The entry is taken out."), undo, again="1")
    return redirect(url_for("checklists.show", public_id=found.placement), 303)


@checklists.get("/checks/<public_id>/paper")
@requires(Permission.CHECKLIST_SEE)
def paper(public_id: str) -> ResponseReturnValue:
    """The paper itself, to save."""
    found = paper_of(reads(), actor(), public_id, cipher())
    record(found.participant_id)
    answer = send_file(BytesIO(found.content), found.kind.value, as_attachment=True, download_name=found.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@checklists.get("/placements/<public_id>/agreement.pdf")
@requires(Permission.CHECKLIST_SEE)
def agreement(public_id: str) -> ResponseReturnValue:
    """The agreement of the three, made from the record, to be signed on paper; ``language``: en or de."""
    found = placement_record(reads(), actor(), public_id, today())
    record(found.facts.participant_id)
    locale = asked("language", list(LOCALES)) or actor().program_locale
    with force_locale(locale):
        return pdf_file(
            "print/agreement.html", f"{_('agreement')}-{today().isoformat()}",
            url_for("checklists.show", public_id=public_id), facts=found.facts, tasks=found.tasks,
            spans=week_triples(found.facts.pattern), weekly=hours(found.facts.pattern), program=actor().program_name,
            locale=locale, kind_words=kind_words, upper_first=words.upper_first,
        )  # fmt: skip


@checklists.route("/program/checklist", methods=["GET", "POST"])
@requires(Permission.CATALOG_EDIT)
def lines() -> ResponseReturnValue:
    """The program's list, and a form for a new line."""
    form = ItemForm()
    form.offer()
    if form.validate_on_submit():
        try:
            add_item(work(), actor(), form.name, [PlacementKind(kind) for kind in form.kinds.data or ()])
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Added."))
            return redirect(url_for("checklists.lines"), 303)
    return render_template(
        "checklists/lines.html", form=form, rows=items(reads(), actor()), kind_words=kind_words
    ), 422 if form.errors else 200


@checklists.post("/program/checklist/usual")
@requires(Permission.CATALOG_EDIT)
def usual() -> ResponseReturnValue:
    """Take over what programs usually ask for."""
    try:
        count = take_usual_items(work(), actor())
    except Refused as error:
        flash(words.say(error.reason), "error")
    else:
        flash(ngettext("%(num)s line added.", "%(num)s lines added.", count))
    return redirect(url_for("checklists.lines"), 303)


@checklists.post("/program/checklist/<public_id>/archive")
@requires(Permission.CATALOG_EDIT)
def archive(public_id: str) -> ResponseReturnValue:
    """No longer asked for; ``again``: asked for again."""
    again = request.form.get("again") == "1"
    archive_item(work(), actor(), public_id, archived=not again)
    if again:
        flash(_("It is asked for again."))
    else:
        undo = url_for("checklists.archive", public_id=public_id)
        flash_undo(_("It is no longer asked for. What was written down stays."), undo, again="1")
    return redirect(url_for("checklists.lines"), 303)


def _values(form: EntryForm) -> EntryValues:
    """What was filled in, with the paper if one was chosen. Raises Refused at the field."""
    sent, kept = request.files.get("paper"), None
    if sent is not None and sent.filename:
        try:
            found = read_paper(sent.filename, sent.read())
        except Unfit as error:
            raise Refused(_REFUSALS[error.problem], "paper") from None
        kept = PaperFile(found.name, FileKind(found.kind), found.digest, found.content)
    return EntryValues(
        form.done_on.data, form.done_by.data or "", form.expires_on.data, form.note.data or "", kept, form.no_paper.data
    )


def _found(public_id: str) -> Checklist:
    found = checklist(reads(), actor(), public_id, today())
    record(found.participant_id)
    return found
