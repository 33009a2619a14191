"""What the two want to talk about next time."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.sessions.agenda import Agenda, agenda_with, own_agenda, waiting_item
from placement.usecases.sessions.agenda import AddItem, add_item, take_back_item
from placement.web.current import actor, cipher, now, reads, work
from placement.web.gate import record, requires
from placement.web.sessions.blueprint import sessions
from placement.web.sessions.forms import ItemForm
from placement.web.words import say


@sessions.route("/sessions/agenda", methods=["GET", "POST"])
@requires(Permission.SESSION_OWN)
def my_agenda() -> ResponseReturnValue:
    """The participant's: with whom, and what."""
    found = own_agenda(reads(), actor(), cipher(), now())
    record(found.participant_id)
    return _page(found, url_for("sessions.my_agenda"), own=True)


@sessions.route("/participants/<public_id>/sessions/agenda", methods=["GET", "POST"])
@requires(Permission.SESSION_PLAN)
def agenda(public_id: str) -> ResponseReturnValue:
    """The therapist's or coach's with somebody they look after."""
    found = agenda_with(reads(), actor(), cipher(), public_id)
    record(found.participant_id)
    return _page(found, url_for("sessions.agenda", public_id=public_id), own=False)


@sessions.route("/sessions/agenda/<public_id>/take-back", methods=["GET", "POST"])
@requires(Permission.AGENDA_SEE)
def take_back(public_id: str) -> ResponseReturnValue:
    """Take one's own item off the agenda, after asking."""
    item, participant_id, participant = waiting_item(reads(), actor(), cipher(), public_id)
    record(participant_id)
    own = participant_id == actor().participant_id
    back = url_for("sessions.my_agenda") if own else url_for("sessions.agenda", public_id=participant)
    if request.method == "POST":
        try:
            take_back_item(work(), actor(), public_id)
        except Refused as error:
            flash(say(error.reason), "error")
        else:
            flash(_("It is off the list."))
        return redirect(back, 303)
    return render_template("sessions/take_back.html", item=item, back=back)


def _page(found: Agenda, here: str, *, own: bool) -> ResponseReturnValue:
    form = ItemForm(data={"key": str(uuid4())})
    form.offer(found.partners)
    if form.validate_on_submit():
        account = form.account.data if own else None
        try:
            add_item(
                work(), actor(), AddItem(found.public_id, form.text.data or "", form.key.data or "", account or None)
            )
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("It is on the list for next time."))
            return redirect(here, 303)
    page = render_template("sessions/agenda.html", found=found, form=form, own=own)
    return page, 422 if form.errors else 200
