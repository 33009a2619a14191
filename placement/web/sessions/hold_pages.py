"""Writing a session down: who came, what was talked about, the shared summary, what was practiced."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.domain.sessions import AgreedState
from placement.domain.shifts import Attendance
from placement.policy.permissions import Permission
from placement.queries.sessions.one import Agreed, Item, agenda_items, agreed_tasks, session_to_hold
from placement.queries.sessions.practice import PracticeForm, practice_form
from placement.usecases.sessions.hold import HoldSession, Review, hold_session
from placement.usecases.sessions.practice import MOST_TASKS, WritePractice, write_practice
from placement.web.current import actor, cipher, now, reads, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.sessions.blueprint import sessions
from placement.web.sessions.forms import HoldForm, state_choices, state_of
from placement.web.words import say


@sessions.route("/sessions/<public_id>/write", methods=["GET", "POST"])
@requires(Permission.SESSION_HOLD)
def write(public_id: str) -> ResponseReturnValue:
    db, back = reads(), url_for("sessions.show", public_id=public_id)
    head = session_to_hold(db, actor(), cipher(), now(), public_id)
    record(head.participant_id)
    items = agenda_items(db, actor(), cipher(), head)
    tasks = [task for task in agreed_tasks(db, cipher(), head) if task.back]
    form = HoldForm(data={"attendance": head.attendance.value, "summary": head.summary.text, "version": head.version})
    form.offer()
    if form.validate_on_submit():
        try:
            hold_session(work(), actor(), _command(public_id, form, items, tasks))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved. What you did not talk about waits for the next session."))
            return redirect(back, 303)
    return _page(form, head=head, items=items, tasks=tasks, back=back)


@sessions.route("/sessions/<public_id>/practice", methods=["GET", "POST"])
@requires(Permission.SESSION_HOLD)
def practice(public_id: str) -> ResponseReturnValue:
    """What the two practiced, on the same scale as everywhere."""
    found = practice_form(reads(), actor(), cipher(), now(), public_id)
    record(found.head.participant_id)
    back, errors = url_for("sessions.show", public_id=public_id), []
    if request.method == "POST":
        try:
            write_practice(work(), actor(), WritePractice(public_id, _levels()))
        except Refused as error:
            errors.append(("task-0", say(error.reason)))
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    page = render_template(
        "sessions/practice.html", found=found, chosen=_chosen(found), rows=range(MOST_TASKS), back=back, errors=errors
    )
    return page, 422 if errors else 200


def _page(form: HoldForm, **parts: object) -> ResponseReturnValue:
    page = render_template(
        "sessions/write.html", form=form, states=state_choices(), given=request.form if form.is_submitted() else None,
        **parts,
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _command(public_id: str, form: HoldForm, items: tuple[Item, ...], tasks: list[Agreed]) -> HoldSession:
    """The form with its ticks. Who was not there talked about nothing, whatever is still ticked."""
    attendance = Attendance(form.attendance.data)
    talked = frozenset(item.public_id for item in items if request.form.get(f"talked-{item.public_id}"))
    reviews = {
        task.public_id: Review(_said(task.public_id), request.form.get(f"helped-{task.public_id}", "").strip())
        for task in tasks
        if _said(task.public_id) is not None or task.reviewed
    }
    return HoldSession(public_id, form.seen_version, attendance, form.summary.data or "", talked, reviews)


def _said(task: str) -> AgreedState | None:
    said = state_of(request.form.get(f"state-{task}", ""))
    return None if said is AgreedState.OPEN else said


def _levels() -> dict[str, str]:
    """Task → level of the rows that were filled in."""
    return {task: level for task, level in _sent() if task and level}


def _sent() -> list[tuple[str, str]]:
    """Task and level of each row, as sent."""
    return [(request.form.get(f"task-{nth}", ""), request.form.get(f"level-{nth}", "")) for nth in range(MOST_TASKS)]


def _chosen(found: PracticeForm) -> list[tuple[str, str]]:
    """Task and level of each row: as it was sent, else as it stands."""
    if request.method == "POST":
        return _sent()
    level = {row.rank: row.public_id for row in found.levels}
    said = [(task, level.get(rank, "")) for task, rank in found.said.items()]
    return (said + [("", "")] * MOST_TASKS)[:MOST_TASKS]
