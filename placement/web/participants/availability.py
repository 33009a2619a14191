"""When somebody can work: the week editor."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Stale
from placement.domain.week import BYTES, from_bytes, to_bytes
from placement.policy.permissions import Permission
from placement.queries.participants.editing import Head, head
from placement.usecases.participants.availability import UNSEEN, set_availability
from placement.web import gate
from placement.web.current import actor, reads, work
from placement.web.forms import Form
from placement.web.gate import requires
from placement.web.participants.blueprint import participants
from placement.web.weeks import WeekInput, slots_for, week_triples

NOT_ASKED = "none"


@participants.route("/participants/<public_id>/availability", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_WISHES)
def availability(public_id: str) -> ResponseReturnValue:
    return _availability(public_id, url_for("participants.show", public_id=public_id, _anchor="availability"))


@participants.route("/me/availability", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_WISHES)
def my_availability() -> ResponseReturnValue:
    return _availability(None, url_for("participants.me", _anchor="availability"))


def _availability(public_id: str | None, back: str) -> ResponseReturnValue:
    person = head(reads(), actor(), public_id, Permission.PARTICIPANT_WISHES)
    gate.record(person.id)
    form = Form()
    if not form.validate_on_submit():
        return _editor(form, person, back)
    week = WeekInput.read(request.form, required=True)
    if not week.ok:
        return _editor(form, person, back, week)
    try:
        set_availability(work(), actor(), person.public_id, week.mask, seen=_unpack(request.form.get("seen", "")))
    except Stale as error:
        return _editor(form, person, back, week, theirs=(error.current["week"],))
    flash(_("Saved."))
    return redirect(back, 303)


def _editor(
    form: Form, person: Head, back: str, week: WeekInput | None = None, theirs: tuple[int | None] | None = None
) -> ResponseReturnValue:
    """The page: 422 with errors, 409 with what somebody else saved meanwhile (``theirs``) beside the answers kept."""
    page = render_template(
        "participants/availability.html",
        form=form,
        person=person,
        back=back,
        week=week,
        raw=request.form if week else None,
        spans=week_triples(person.week),
        slots=slots_for(person.week),
        unknown=bool(request.form.get("week-unknown")) if week else False,
        seen=_pack(theirs[0] if theirs else person.week),
        theirs=None if theirs is None else week_triples(theirs[0]),
    )
    return page, 409 if theirs else 422 if week else 200


def _pack(week: int | None) -> str:
    return NOT_ASKED if week is None else to_bytes(week).hex()


def _unpack(text: str) -> int | None:
    """The week the page was drawn with; UNSEEN for anything else."""
    if text == NOT_ASKED:
        return None
    try:
        packed = bytes.fromhex(text)
    except ValueError:
        return UNSEEN
    return from_bytes(packed) if len(packed) == BYTES else UNSEEN
