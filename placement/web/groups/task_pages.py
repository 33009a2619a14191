"""The tasks a group works on."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.groups import TaskState
from placement.policy.permissions import Permission
from placement.queries.groups.forms import tasks_to_add
from placement.queries.groups.head import group_head, group_tasks
from placement.usecases.groups.tasks import AddTask, add_task, move_task, remove_task
from placement.web.current import actor, reads, work
from placement.web.gate import record, requires
from placement.web.groups.blueprint import groups
from placement.web.groups.forms import TaskForm
from placement.web.groups.view import WORDS
from placement.web.undo import flash_undo
from placement.web.words import say


@groups.route("/groups/<public_id>/tasks", methods=["GET", "POST"])
@requires(Permission.GROUP_LEAD)
def tasks(public_id: str) -> ResponseReturnValue:
    """Each task with where it stands, and a form for one more."""
    head = group_head(reads(), actor(), public_id, leading=True)
    form = TaskForm()
    form.offer(tasks_to_add(reads(), actor(), head.id))
    if form.validate_on_submit():
        said = AddTask(public_id, form.task.data or None, form.name.data or "", form.planned_for.data)
        try:
            add_task(work(), actor(), said)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The task is on the list."))
            return redirect(url_for("groups.tasks", public_id=public_id), 303)
    record()
    rows = group_tasks(reads(), head.id)
    page = render_template("groups/tasks.html", head=head, rows=rows, form=form, states=list(TaskState), **WORDS)
    return page, 422 if form.errors else 200


@groups.post("/groups/<public_id>/tasks/<task>/state")
@requires(Permission.GROUP_LEAD)
def move(public_id: str, task: str) -> ResponseReturnValue:
    """One tap: planned, begun or done; the answer offers the way back."""
    to = request.form.get("to", "")
    if to not in tuple(TaskState):
        flash(_("Please choose where the task stands."), "error")
        return redirect(url_for("groups.tasks", public_id=public_id), 303)
    try:
        was = move_task(work(), actor(), public_id, task, TaskState(to))
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash_undo(_("Saved."), url_for("groups.move", public_id=public_id, task=task), to=was.value)
    return redirect(url_for("groups.tasks", public_id=public_id), 303)


@groups.post("/groups/<public_id>/tasks/<task>/remove")
@requires(Permission.GROUP_LEAD)
def remove(public_id: str, task: str) -> ResponseReturnValue:
    try:
        remove_task(work(), actor(), public_id, task)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("The task is off the group’s list. What was seen of it stays."))
    return redirect(url_for("groups.tasks", public_id=public_id), 303)
