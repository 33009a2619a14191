"""Sessions of a group: all of them, planning, one, changing, cancelling."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.groups.head import group_head
from placement.queries.groups.session import own_session, session_head, staff_session
from placement.queries.groups.sessions import sessions_page
from placement.usecases.groups.sessions import Planned, PlanSessions, cancel_session, change_session, plan_sessions
from placement.web.current import actor, now, reads, today, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.groups.blueprint import groups
from placement.web.groups.forms import SessionForm
from placement.web.groups.view import WORDS, as_staff, leading, log_read, reasons
from placement.web.lists import cursor, neighbors
from placement.web.undo import flash_undo
from placement.web.words import day_short, say


@groups.get("/groups/<public_id>/sessions")
@requires(Permission.GROUP_SEE)
def sessions(public_id: str) -> ResponseReturnValue:
    """All sessions, the latest first."""
    head = group_head(reads(), actor(), public_id)
    page = sessions_page(reads(), actor(), now(), head.id, cursor())
    log_read()
    return render_template("groups/sessions.html", head=head, page=page, own=not as_staff(), **WORDS, **neighbors(page))


@groups.route("/groups/<public_id>/sessions/new", methods=["GET", "POST"])
@requires(Permission.GROUP_LEAD)
def plan(public_id: str) -> ResponseReturnValue:
    head = group_head(reads(), actor(), public_id, leading=True)
    form = SessionForm(data={"key": str(uuid4()), "weeks": "1", "place": head.place})
    form.offer()
    if form.validate_on_submit():
        try:
            said = PlanSessions(public_id, form.session, int(form.weeks.data or 1), form.key.data or "")
            _tell(plan_sessions(work(), actor(), said))
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("groups.show", public_id=public_id), 303)
    record()
    return render_template("groups/plan.html", form=form, head=head), 422 if form.errors else 200


@groups.get("/groups/sessions/<public_id>")
@requires(Permission.GROUP_SEE)
def session(public_id: str) -> ResponseReturnValue:
    """What was planned and done, and who came; a member reads their own part."""
    staff = as_staff()
    found = (staff_session if staff else own_session)(reads(), actor(), now(), public_id)
    log_read()
    return render_template(
        "groups/session.html" if staff else "groups/own_session.html", found=found, head=found.head, card=found.card,
        reasons=reasons(), today=today(), **WORDS,
    )  # fmt: skip


@groups.route("/groups/sessions/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.GROUP_LEAD)
def change(public_id: str) -> ResponseReturnValue:
    head, card = session_head(reads(), actor(), now(), public_id)
    leading(head)
    back = url_for("groups.session", public_id=public_id)
    values = {name: getattr(card, name) for name in ("version", "day", "start", "end", "place", "agenda")}
    form = SessionForm(data=values)
    form.offer()
    if form.validate_on_submit():
        try:
            change_session(work(), actor(), public_id, form.seen_version, form.session)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    record()
    return render_template("groups/session_edit.html", form=form, head=head, card=card, back=back), (
        422 if form.errors else 200
    )


@groups.post("/groups/sessions/<public_id>/cancel")
@requires(Permission.GROUP_LEAD)
def cancel(public_id: str) -> ResponseReturnValue:
    """It does not take place; ``again``: it does after all."""
    again = request.form.get("again") == "1"
    try:
        cancel_session(work(), actor(), public_id, again=again)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        if again:
            flash(_("The session takes place after all."))
        else:
            flash_undo(_("The session is cancelled."), url_for("groups.cancel", public_id=public_id), again="1")
    return redirect(url_for("groups.session", public_id=public_id), 303)


def _tell(made: Planned) -> None:
    count = len(made.sessions)
    flash(ngettext("%(num)s session is planned.", "%(num)s sessions are planned.", count))
    if made.left_out:
        days = ", ".join(day_short(day) for day in made.left_out)
        flash(_("Left out, because the clocks skip this time: %(days)s.", days=days))
