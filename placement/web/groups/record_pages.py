"""What happened at a session: attendance in one tap each, what was done, and how much help members needed."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.domain.shifts import Attendance
from placement.policy.permissions import Permission
from placement.queries.groups.forms import observe_form
from placement.queries.groups.session import session_head, staff_session
from placement.usecases.groups.record import Observe, RecordSession, observe, record_session, set_seat
from placement.web.answers import choices, questions, ratings
from placement.web.answers import reasons as not_today_reasons
from placement.web.current import actor, now, reads, today, work
from placement.web.edits import conflict_page
from placement.web.forms import Form
from placement.web.gate import record, requires
from placement.web.groups.blueprint import groups
from placement.web.groups.forms import RecordForm
from placement.web.groups.view import WORDS, leading
from placement.web.words import say

#: The taps of the attendance page, in this order.
TAPS = (Attendance.HERE, Attendance.LATE, Attendance.ABSENT, Attendance.EXCUSED)


@groups.get("/groups/sessions/<public_id>/attendance")
@requires(Permission.GROUP_ATTENDANCE)
def attendance(public_id: str) -> ResponseReturnValue:
    """A page for the phone in the room: one tap per person."""
    found = staff_session(reads(), actor(), now(), public_id)
    record()
    return render_template(
        "groups/attendance.html", found=found, head=found.head, card=found.card, taps=TAPS, today=today(), **WORDS
    )


@groups.post("/groups/sessions/<public_id>/attendance/<member>")
@requires(Permission.GROUP_ATTENDANCE)
def tap(public_id: str, member: str) -> ResponseReturnValue:
    """One tap; *unknown* takes it back."""
    said = request.form.get("attendance", "")
    if said not in tuple(Attendance):
        flash(_("Please choose one of the answers."), "error")
    else:
        try:
            set_seat(work(), actor(), public_id, member, Attendance(said))
        except Refused as error:
            flash(say(error.reason), "error")
            return redirect(url_for("groups.attendance", public_id=public_id), 303)
    return redirect(url_for("groups.attendance", public_id=public_id, _anchor=f"m-{member}"), 303)


@groups.route("/groups/sessions/<public_id>/record", methods=["GET", "POST"])
@requires(Permission.GROUP_LEAD)
def note(public_id: str) -> ResponseReturnValue:
    """What was done, and the talk with its topics and the note for everybody."""
    head, card = session_head(reads(), actor(), now(), public_id)
    leading(head)
    back = url_for("groups.session", public_id=public_id)
    values = {"done": card.done, "topics": "\n".join(card.topics), "shared_note": card.shared_note}
    form = RecordForm(data={"version": card.version, **values})
    if form.validate_on_submit():
        said = RecordSession(
            public_id, form.seen_version, form.done.data or "", form.topics.data or "", form.shared_note.data or ""
        )
        try:
            record_session(work(), actor(), said)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Written down."))
            return redirect(back, 303)
    record()
    return render_template("groups/record.html", form=form, head=head, card=card, back=back), (
        422 if form.errors else 200
    )


@groups.route("/groups/sessions/<public_id>/observe/<member>", methods=["GET", "POST"])
@requires(Permission.GROUP_OBSERVE)
def seen(public_id: str, member: str) -> ResponseReturnValue:
    """How much help one member needed with the group's tasks: one tap a task."""
    found = observe_form(reads(), actor(), now(), public_id, member)
    record(found.seat.participant_id)
    form = Form()
    if form.validate_on_submit():
        try:
            observe(work(), actor(), Observe(public_id, member, ratings(found, request.form)))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Written down for %(name)s.", name=found.seat.name))
            return redirect(url_for("groups.session", public_id=public_id, _anchor=f"m-{member}"), 303)
    asked = questions(found, request.form if request.method == "POST" else None)
    page = render_template(
        "groups/observe.html", found=found, head=found.head, card=found.card, form=form, asked=asked,
        levels=choices(found), reasons=not_today_reasons(), today=today(),
    )  # fmt: skip
    return page, 422 if form.errors else 200
