"""Writing a contact down, correcting it, removing it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.contacts import AUTO, ContactKind, contact_words
from placement.domain.errors import Forbidden, Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.contacts.one import OneContact, about_whom, one_contact
from placement.usecases.contacts.add import AddContact, add_contact
from placement.usecases.contacts.edit import EditContact, edit_contact
from placement.usecases.contacts.remove import remove_contact
from placement.web.contacts.blueprint import contacts
from placement.web.contacts.forms import ContactForm, quick_of
from placement.web.current import actor, reads, today, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.lists import asked


@contacts.route("/participants/<public_id>/contacts/new", methods=["GET", "POST"])
@requires(Permission.CONTACT_ADD)
def new(public_id: str) -> ResponseReturnValue:
    """``shift``: of which shift; ``kind``; ``from``: where to go back to."""
    shift = asked("shift")
    whom = about_whom(reads(), actor(), public_id, shift)
    record(whom.participant_id)
    if whom.shift_day is None:
        shift = ""
    form = ContactForm(data=_beginning(shift, whom.shift_day))
    form.offer(shift)
    if form.validate_on_submit():
        try:
            add_contact(work(), actor(), AddContact(public_id, form.contact, form.key.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Written down."))
            return redirect(_back(public_id, shift, form.came_from.data), 303)
    back = _back(public_id, shift, form.came_from.data)
    return render_template(
        "contacts/new.html", form=form, whom=whom, back=back, shift=shift
    ), 422 if form.errors else 200


@contacts.route("/contacts/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.CONTACT_EDIT)
def edit(public_id: str) -> ResponseReturnValue:
    found = _editable(public_id)
    row, back = found.row, url_for("contacts.index", public_id=found.participant)
    values = {"kind": row.kind.value, "day": row.day, "note": row.note, "follow_up_on": row.follow_up_on}
    form = ContactForm(data=values | quick_of(row.minutes) | {"shift": row.shift or "", "version": found.version})
    form.offer(row.shift or "")
    if form.validate_on_submit():
        try:
            edit_contact(work(), actor(), EditContact(public_id, form.seen_version, form.contact))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return _conflict(form, error, back)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    return render_template("contacts/edit.html", form=form, found=found, back=back), 422 if form.errors else 200


@contacts.route("/contacts/<public_id>/remove", methods=["GET", "POST"])
@requires(Permission.CONTACT_EDIT)
def remove(public_id: str) -> ResponseReturnValue:
    found = _editable(public_id)
    back = url_for("contacts.index", public_id=found.participant)
    if request.method == "POST":
        remove_contact(work(), actor(), public_id)
        flash(_("Removed."))
        return redirect(back, 303)
    return render_template("contacts/remove.html", found=found, back=back, contact_words=contact_words)


def _editable(public_id: str) -> OneContact:
    found = one_contact(reads(), actor(), public_id)
    record(found.participant_id)
    if not found.row.may_edit:
        raise Forbidden(Permission.CONTACT_EDIT)
    return found


def _beginning(shift: str, day: Any) -> dict[str, Any]:
    """What a new form says before anybody has touched it; the fewest taps for coaching today."""
    kind = asked("kind", list(ContactKind)) or ContactKind.COACHING.value
    return {
        "kind": kind, "day": day or today(), "shift": shift or AUTO, "key": str(uuid4()),
        "came_from": asked("from", ("day", "shift", "mine", "caseload", "fading")),
    }  # fmt: skip


def _back(public_id: str, shift: str, came_from: str | None) -> str:
    """The page the person came from, else the participant's contacts."""
    if came_from == "shift" and shift:
        return url_for("shifts.show", public_id=shift)
    ways = {"day": "day.show", "mine": "contacts.mine", "caseload": "progress.people"}
    if came_from in ways:
        return url_for(ways[came_from])
    return url_for("contacts.index", public_id=public_id)


def _conflict(form: ContactForm, error: Stale, back: str) -> ResponseReturnValue:
    """The saved minutes are shown where both were chosen."""
    current = dict(error.current)
    minutes = current.pop("minutes")
    row = {"label": _("Minutes"), "yours": str(form.contact.minutes), "theirs": str(minutes)}
    return conflict_page(form, Stale(error.version, current), back, extra=[row])
