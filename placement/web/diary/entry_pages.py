"""Writing, reading, changing and deleting one's own entries."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.diary import EntryKind, kind_words
from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.diary.entries import Entry, OwnShift, own_day_entry, own_entry, own_shifts
from placement.queries.diary.shares import shares_of
from placement.usecases.diary.write import ChangeEntry, WriteEntry, change_entry, delete_entry, write_entry
from placement.web.current import actor, cipher, now, reads, today, work
from placement.web.diary.blueprint import diary
from placement.web.diary.closed import is_open, off_page
from placement.web.diary.forms import FORMS, DayForm, EntryForm, ExpectedForm, fields_of
from placement.web.diary.said import WORDS
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.lists import asked


@diary.route("/diary/new/day", methods=["GET", "POST"])
@requires(Permission.DIARY_OWN)
def new_day() -> ResponseReturnValue:
    if not is_open():
        return off_page()
    there = own_day_entry(reads(), actor(), cipher(), today())
    form = DayForm(data={"key": str(uuid4()), "day": None if there else today(), "mood": "", "energy": ""})
    return _new(form, EntryKind.DAY, there=there)


@diary.route("/diary/new/thought", methods=["GET", "POST"])
@requires(Permission.DIARY_OWN)
def new_thought() -> ResponseReturnValue:
    if not is_open():
        return off_page()
    return _new(FORMS[EntryKind.THOUGHT](data={"key": str(uuid4()), "day": today()}), EntryKind.THOUGHT)


@diary.route("/diary/new/expected", methods=["GET", "POST"])
@requires(Permission.DIARY_OWN)
def new_expected() -> ResponseReturnValue:
    """Before a shift, or after it."""
    if not is_open():
        return off_page()
    shifts = own_shifts(reads(), actor(), now())
    return _new(ExpectedForm(data={"key": str(uuid4()), "shift": asked("shift")}), EntryKind.EXPECTED, shifts)


@diary.get("/diary/<public_id>")
@requires(Permission.DIARY_OWN)
def show(public_id: str) -> ResponseReturnValue:
    entry = own_entry(reads(), actor(), cipher(), public_id)
    record(entry.participant_id)
    shares = shares_of(reads(), actor(), today(), entry.kind, entry.day, entry.id)
    return render_template("diary/show.html", entry=entry, shares=shares, **WORDS)


@diary.route("/diary/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.DIARY_OWN)
def edit(public_id: str) -> ResponseReturnValue:
    entry = own_entry(reads(), actor(), cipher(), public_id)
    record(entry.participant_id)
    if not is_open():
        return off_page()
    back = url_for("diary.show", public_id=public_id)
    form = FORMS[entry.kind](data={**fields_of(entry.body), "version": entry.version})
    _fixed(form)
    if form.validate_on_submit():
        try:
            change_entry(work(), actor(), ChangeEntry(public_id, form.seen_version, form.body))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    return _page(form, entry.kind, back, entry=entry)


@diary.route("/diary/<public_id>/delete", methods=["GET", "POST"])
@requires(Permission.DIARY_OWN)
def delete(public_id: str) -> ResponseReturnValue:
    """Gone for good, after asking."""
    entry = own_entry(reads(), actor(), cipher(), public_id)
    record(entry.participant_id)
    if request.method == "POST":
        delete_entry(work(), actor(), public_id)
        flash(_("The entry is deleted."))
        return redirect(url_for("diary.index"), 303)
    return render_template("diary/delete.html", entry=entry, **WORDS)


def _new(
    form: EntryForm, kind: EntryKind, shifts: tuple[OwnShift, ...] = (), there: Entry | None = None
) -> ResponseReturnValue:
    record(actor().participant_id)
    _offer(form, shifts)
    if form.validate_on_submit():
        days: Any = getattr(form, "day", None)
        shift = form.shift.data or "" if isinstance(form, ExpectedForm) else ""
        command = WriteEntry(form.body, days.data if days else today(), form.key.data or "", shift)
        try:
            made = write_entry(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved."))
            return redirect(url_for("diary.show", public_id=made), 303)
    return _page(form, kind, url_for("diary.index"), shifts=shifts, there=there)


def _page(form: EntryForm, kind: EntryKind, back: str, **parts: object) -> ResponseReturnValue:
    parts = {"entry": None, "shifts": (), "there": None, **parts}
    entry = parts["entry"]
    about = (entry.kind, entry.day, entry.id) if isinstance(entry, Entry) else (kind, today())
    parts["shares"] = shares_of(reads(), actor(), today(), *about)
    page = render_template("diary/write.html", form=form, kind=kind, back=back, kind_words=kind_words, **parts)
    return page, 422 if form.errors else 200


def _offer(form: EntryForm, shifts: tuple[OwnShift, ...] = ()) -> None:
    if isinstance(form, DayForm):
        form.offer()
    if isinstance(form, ExpectedForm):
        form.offer(shifts)


def _fixed(form: EntryForm) -> None:
    """The day and the shift of an entry stay what they are."""
    _offer(form)
    for name in ("day", "shift"):
        if name in form:
            del form[name]
