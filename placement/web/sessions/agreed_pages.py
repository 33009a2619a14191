"""What was agreed until next time: written down by staff, said by the participant in a tap."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.sessions import AgreedState, agreed_words
from placement.policy.permissions import Permission
from placement.queries.sessions.agreed import held_task, own_open_tasks, own_task
from placement.queries.sessions.one import session_to_hold
from placement.usecases.sessions.agreed import AgreeTask, SayAgreed, agree_task, drop_agreed, say_agreed
from placement.web.current import actor, cipher, now, reads, today, work
from placement.web.gate import record, requires
from placement.web.sessions.blueprint import sessions
from placement.web.sessions.forms import AgreedForm, SayForm, state_of
from placement.web.undo import flash_undo
from placement.web.words import say


@sessions.route("/sessions/<public_id>/agree", methods=["GET", "POST"])
@requires(Permission.SESSION_HOLD)
def agree(public_id: str) -> ResponseReturnValue:
    """Something to do until next time."""
    head = session_to_hold(reads(), actor(), cipher(), now(), public_id)
    record(head.participant_id)
    back = url_for("sessions.show", public_id=public_id)
    form = AgreedForm(data={"key": str(uuid4())})
    if form.validate_on_submit():
        command = AgreeTask(public_id, form.text.data or "", form.due_on.data, form.key.data or "")
        try:
            agree_task(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Agreed. It is on the day page of %(name)s.", name=head.name))
            return redirect(back, 303)
    page = render_template("sessions/agree.html", form=form, head=head, back=back)
    return page, 422 if form.errors else 200


@sessions.route("/sessions/agreed/<public_id>/drop", methods=["GET", "POST"])
@requires(Permission.SESSION_HOLD)
def drop(public_id: str) -> ResponseReturnValue:
    """Take it away while nobody has said anything about it, after asking."""
    found = held_task(reads(), actor(), cipher(), public_id)
    record(found.participant_id)
    back = url_for("sessions.show", public_id=found.session)
    if request.method == "POST":
        try:
            drop_agreed(work(), actor(), public_id)
        except Refused as error:
            flash(say(error.reason), "error")
        else:
            flash(_("Taken away."))
        return redirect(back, 303)
    return render_template("sessions/drop.html", found=found, back=back)


@sessions.get("/sessions/agreed")
@requires(Permission.SESSION_OWN)
def my_tasks() -> ResponseReturnValue:
    """Everything the participant agreed to until next time."""
    tasks = own_open_tasks(reads(), actor(), cipher())
    record(actor().participant_id)
    return render_template("sessions/my_tasks.html", tasks=tasks, today=today(), agreed_words=agreed_words)


@sessions.route("/sessions/agreed/<public_id>", methods=["GET", "POST"])
@requires(Permission.SESSION_OWN)
def agreed(public_id: str) -> ResponseReturnValue:
    """How it went, and what helped."""
    found = own_task(reads(), actor(), cipher(), public_id)
    record(found.participant_id)
    form = SayForm(data={"state": found.said.state.value, "helped": found.said.helped.text})
    form.offer()
    if form.validate_on_submit():
        command = SayAgreed(public_id, AgreedState(form.state.data), form.helped.data or "")
        try:
            say_agreed(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Thank you. You talk about it next time."))
            return redirect(url_for("sessions.my_tasks"), 303)
    page = render_template("sessions/agreed.html", form=form, found=found)
    return page, 422 if form.errors else 200


@sessions.post("/sessions/agreed/<public_id>/say")
@requires(Permission.SESSION_OWN)
def say_it(public_id: str) -> ResponseReturnValue:
    """One tap: done, partly, not; "open" takes it back."""
    own_task(reads(), actor(), cipher(), public_id)
    state = state_of(request.form.get("state", ""))
    to = url_for("sessions.my_tasks") if request.form.get("from") == "list" else url_for("day.show")
    if state is None:
        flash(_("Choose one of the answers."), "error")
        return redirect(to, 303)
    try:
        before = say_agreed(work(), actor(), SayAgreed(public_id, state))
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        again = url_for("sessions.say_it", public_id=public_id)
        flash_undo(_("Written down: %(state)s.", state=say(agreed_words(state))), again, state=before.value)
    return redirect(to, 303)
