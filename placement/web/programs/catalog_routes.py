"""Tasks, traits and accommodations: three lists of words, edited the same way."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from placement.catalog.read import areas
from placement.domain.catalog import FIELDS, EntryKind
from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.programs.admin import EntryLine, entries, entry
from placement.queries.programs.catalog import traits as trait_rows
from placement.usecases.effects.entries import StepWords
from placement.usecases.programs.entries import (
    EntryWords,
    archive_entry,
    create_entry,
    edit_entry,
    restore_entry,
)
from placement.web.current import actor, reads, work
from placement.web.edits import conflict_page
from placement.web.forms import whole_number
from placement.web.gate import requires
from placement.web.locale import LOCALES
from placement.web.programs.blueprint import programs
from placement.web.programs.forms import EntryForm
from placement.web.rows import Row, change_asked, read_rows, rearranged, with_blank
from placement.web.words import say, wording

STEP = ("id", "en", "de")
LISTS = {EntryKind.TASK: "tasks", EntryKind.TRAIT: "traits", EntryKind.ACCOMMODATION: "accommodations"}


def _list(kind: EntryKind) -> ResponseReturnValue:
    archived = request.args.get("show") == "archived"
    rows = entries(reads(), actor(), kind, archived)
    groups: list[tuple[str, list[EntryLine]]] = [("", rows)]
    if kind is EntryKind.TASK:
        known = [(area.key, wording(area.name)) for area in areas()]
        groups = [(name, [row for row in rows if row.area == key]) for key, name in known]
    return render_template(f"programs/{LISTS[kind]}.html", kind=kind, groups=groups, archived=archived)


def _new(kind: EntryKind) -> ResponseReturnValue:
    """Empty, or begun from the entry it shall replace."""
    replaces = request.args.get("replaces") or None
    old = entry(reads(), actor(), kind, replaces) if replaces else None
    form = _form(kind, old)
    rows = _step_rows(old)
    if form.is_submitted():
        rows = rearranged(read_rows("step", STEP), change_asked())
        if form.validate() and not change_asked():
            try:
                create_entry(work(), actor(), _words(kind, form, rows), replaces)
            except Refused as error:
                form.refuse(error)
            else:
                flash(_("Saved."))
                return redirect(url_for(f"programs.{LISTS[kind]}"), 303)
    return _page(kind, form, rows, None, old)


def _edit(kind: EntryKind, public_id: str) -> ResponseReturnValue:
    row = entry(reads(), actor(), kind, public_id)
    form = _form(kind, row)
    rows = _step_rows(row)
    back = url_for(f"programs.{LISTS[kind]}")
    if form.is_submitted():
        rows = rearranged(read_rows("step", STEP), change_asked())
        if form.validate() and not change_asked():
            try:
                edit_entry(work(), actor(), public_id, form.seen_version, _words(kind, form, rows))
            except Refused as error:
                form.refuse(error)
            except Stale as error:
                return conflict_page(form, error, back)
            else:
                flash(_("Saved."))
                return redirect(back, 303)
    return _page(kind, form, rows, row, None)


def _archive(kind: EntryKind, public_id: str) -> ResponseReturnValue:
    archive_entry(work(), actor(), kind, public_id)
    flash(_("Archived. What was said with it stays; you can bring it back."))
    return redirect(url_for(f"programs.{LISTS[kind]}"), 303)


def _restore(kind: EntryKind, public_id: str) -> ResponseReturnValue:
    try:
        restore_entry(work(), actor(), kind, public_id)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("It is offered again."))
    return redirect(url_for(f"programs.{LISTS[kind]}"), 303)


def _form(kind: EntryKind, row: EntryLine | None) -> EntryForm:
    data: dict[str, Any] = {}
    if row is not None:
        data = {"area": row.area, "version": row.version, "traits": list(row.traits)}
        data |= {f"{field}_{code}": row.words[field].get(code, "") for field in FIELDS[kind] for code in LOCALES}
    form = EntryForm(data=data)
    form.area.choices = [SelectChoice(area.key, wording(area.name)) for area in areas()]
    if kind is EntryKind.TASK:
        offered = {line.public_id: line.name for line in trait_rows(reads(), actor())}
        # What is linked stays to be seen, though it may be archived by now.
        linked = row.traits if row is not None else {}
        form.traits.choices = [SelectChoice(key, wording(name)) for key, name in (offered | dict(linked)).items()]
    form.keep(kind)
    return form


def _words(kind: EntryKind, form: EntryForm, rows: list[Row]) -> EntryWords:
    if kind is not EntryKind.TASK:
        return EntryWords(kind, form.words(kind))
    steps = tuple(StepWords(whole_number(row["id"]), {code: row[code] for code in LOCALES}) for row in rows)
    return EntryWords(kind, form.words(kind), str(form.area.data), steps, frozenset(form.traits.data or []))


def _step_rows(row: EntryLine | None) -> list[Row]:
    steps = row.steps if row else ()
    return [{"id": str(key), "en": words.get("en", ""), "de": words.get("de", "")} for key, words in steps]


def _page(
    kind: EntryKind, form: EntryForm, rows: list[Row], row: EntryLine | None, old: EntryLine | None
) -> ResponseReturnValue:
    page = render_template(
        "programs/entry.html", kind=kind, form=form, entry=row, old=old, fields=FIELDS[kind], locales=LOCALES,
        rows=with_blank(rows, STEP), back=url_for(f"programs.{LISTS[kind]}"),
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _attach(kind: EntryKind) -> None:
    """The five pages of one kind: /program/tasks, /program/tasks/new, /program/tasks/<id>, …"""
    path, needed = f"/program/{LISTS[kind]}", requires(Permission.CATALOG_EDIT)

    def index() -> ResponseReturnValue:
        return _list(kind)

    def new() -> ResponseReturnValue:
        return _new(kind)

    def edit(public_id: str) -> ResponseReturnValue:
        return _edit(kind, public_id)

    def archive(public_id: str) -> ResponseReturnValue:
        return _archive(kind, public_id)

    def restore(public_id: str) -> ResponseReturnValue:
        return _restore(kind, public_id)

    both, one = ["GET", "POST"], f"{path}/<public_id>"
    programs.add_url_rule(path, LISTS[kind], needed(index))
    programs.add_url_rule(f"{path}/new", f"{kind}_new", needed(new), methods=both)
    programs.add_url_rule(one, f"{kind}_edit", needed(edit), methods=both)
    programs.add_url_rule(f"{one}/archive", f"{kind}_archive", needed(archive), methods=["POST"])
    programs.add_url_rule(f"{one}/restore", f"{kind}_restore", needed(restore), methods=["POST"])


for _kind in EntryKind:
    _attach(_kind)
