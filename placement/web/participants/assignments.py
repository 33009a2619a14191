"""Who looks after somebody, from when to when."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from placement.domain.errors import NotFound, Refused
from placement.policy.permissions import Permission
from placement.queries.participants.editing import head, staff_choices
from placement.queries.participants.parts import assignments as assignment_lines
from placement.usecases.participants.assignments import AssignStaff, assign_staff, end_assignment
from placement.web import gate
from placement.web.current import actor, reads, today, work
from placement.web.gate import requires
from placement.web.participants.blueprint import participants
from placement.web.participants.forms import AssignmentForm, LastDayForm


@participants.route("/participants/<public_id>/assignments", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_ASSIGN)
def assignments(public_id: str) -> ResponseReturnValue:
    person = head(reads(), actor(), public_id, Permission.PARTICIPANT_ASSIGN)
    gate.record(person.id)
    form = AssignmentForm(data={"first_day": today()})
    staff = [SelectChoice(choice.public_id, choice.name) for choice in staff_choices(reads(), actor())]
    form.account.choices = [SelectChoice("", _("choose")), *staff]
    form.stands_in_for.choices = [SelectChoice("", _("nobody, it is their own")), *staff]
    if form.validate_on_submit():
        try:
            assign_staff(work(), actor(), _command(form, public_id))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved."))
            return redirect(url_for("participants.assignments", public_id=public_id), 303)
    lines = assignment_lines(reads(), person.id)
    page = render_template("participants/assignments.html", form=form, person=person, lines=lines, today=today())
    return page, 422 if form.errors else 200


@participants.route("/participants/<public_id>/assignments/<assignment>/end", methods=["GET", "POST"])
@requires(Permission.PARTICIPANT_ASSIGN)
def end(public_id: str, assignment: str) -> ResponseReturnValue:
    person = head(reads(), actor(), public_id, Permission.PARTICIPANT_ASSIGN)
    gate.record(person.id)
    line = next((found for found in assignment_lines(reads(), person.id) if found.public_id == assignment), None)
    if line is None:
        raise NotFound
    form = LastDayForm(data={"last_day": today()})
    if form.validate_on_submit():
        try:
            end_assignment(work(), actor(), assignment, form.last_day.data)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved."))
            return redirect(url_for("participants.assignments", public_id=public_id), 303)
    page = render_template("participants/end.html", form=form, person=person, line=line, today=today())
    return page, 422 if form.errors else 200


def _command(form: AssignmentForm, public_id: str) -> AssignStaff:
    return AssignStaff(
        public_id,
        form.account.data,
        form.first_day.data,
        form.last_day.data,
        form.stands_in_for.data or None,
    )
