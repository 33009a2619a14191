"""Planning a session, moving it, calling it off."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.sessions.listing import person_of
from placement.queries.sessions.one import Head, session_to_hold
from placement.usecases.sessions.plan import MoveSession, PlanSession, cancel_session, move_session, plan_session
from placement.web.current import actor, cipher, now, reads, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.sessions.blueprint import sessions
from placement.web.sessions.forms import TimeForm
from placement.web.undo import flash_undo
from placement.web.words import say


@sessions.route("/participants/<public_id>/sessions/new", methods=["GET", "POST"])
@requires(Permission.SESSION_PLAN)
def plan(public_id: str) -> ResponseReturnValue:
    person = person_of(reads(), actor(), public_id, Permission.SESSION_PLAN)
    record(person.id)
    form = TimeForm(data={"key": str(uuid4())})
    if form.validate_on_submit():
        try:
            made = plan_session(work(), actor(), PlanSession(public_id, form.time, form.key.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The session is planned. %(name)s sees it, too.", name=person.name))
            return redirect(url_for("sessions.show", public_id=made), 303)
    back = url_for("sessions.with_person", public_id=public_id)
    page = render_template("sessions/plan.html", form=form, person=person, head=None, back=back)
    return page, 422 if form.errors else 200


@sessions.route("/sessions/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.SESSION_HOLD)
def edit(public_id: str) -> ResponseReturnValue:
    """Another time or place."""
    head = session_to_hold(reads(), actor(), cipher(), now(), public_id)
    record(head.participant_id)
    back = url_for("sessions.show", public_id=public_id)
    form = TimeForm(data=_fields(head))
    if form.validate_on_submit():
        try:
            move_session(work(), actor(), MoveSession(public_id, form.seen_version, form.time))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    page = render_template("sessions/plan.html", form=form, person=None, head=head, back=back)
    return page, 422 if form.errors else 200


@sessions.post("/sessions/<public_id>/cancel")
@requires(Permission.SESSION_HOLD)
def cancel(public_id: str) -> ResponseReturnValue:
    """Call it off; ``again``: it takes place after all."""
    again = request.form.get("again") == "1"
    try:
        cancel_session(work(), actor(), public_id, again=again)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        if again:
            flash(_("The session takes place after all."))
        else:
            flash_undo(_("The session is called off."), url_for("sessions.cancel", public_id=public_id), again="1")
    return redirect(url_for("sessions.show", public_id=public_id), 303)


def _fields(head: Head) -> dict[str, object]:
    """A session as the form's fields; the second of a doubled time stays chosen."""
    folds = {
        name: "1" for name, fold in (("start_fold", head.start_fold), ("end_fold", head.end_fold)) if fold
    }  # fmt: skip
    return {
        "day": head.day, "start": head.start, "end": head.end, "place": head.place, "version": head.version, **folds,
    }  # fmt: skip
