"""Dated steps: add, mark done, delete."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.placements import StepKind
from placement.policy.permissions import Permission
from placement.queries.placements.record import placement_record
from placement.usecases.placements.steps import AddStep, FinishStep, RemoveStep, add_step, finish_step, remove_step
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.placements.blueprint import placements
from placement.web.placements.forms import StepForm
from placement.web.words import say


@placements.route("/placements/<public_id>/steps/new", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_MANAGE)
def step_new(public_id: str) -> ResponseReturnValue:
    found = placement_record(reads(), actor(), public_id, today())
    record(found.facts.participant_id)
    form = StepForm(due_on=today())
    back = url_for("placements.show", public_id=public_id)
    if form.validate_on_submit():
        add_step(work(), actor(), AddStep(public_id, StepKind(form.kind.data), form.due_on.data, form.note.data or ""))
        flash(_("The step is in the plan."))
        return redirect(back, 303)
    page = render_template("placements/step_new.html", form=form, facts=found.facts, back=back)
    return page, 422 if form.errors else 200


@placements.post("/placements/steps/<public_id>/done")
@requires(Permission.PLACEMENT_MANAGE)
def step_done(public_id: str) -> ResponseReturnValue:
    """Mark it done today, or open again."""
    again = bool(request.form.get("open"))
    try:
        placement = finish_step(work(), actor(), FinishStep(public_id, None if again else today()))
    except Refused as error:
        flash(say(error.reason), "error")
        return redirect(url_for("placements.index"), 303)
    flash(_("The step is open again.") if again else _("Marked as done."))
    return redirect(url_for("placements.show", public_id=placement, _anchor="steps"), 303)


@placements.post("/placements/steps/<public_id>/delete")
@requires(Permission.PLACEMENT_MANAGE)
def step_delete(public_id: str) -> ResponseReturnValue:
    """Small enough to be made again: no question is asked."""
    placement = remove_step(work(), actor(), RemoveStep(public_id))
    flash(_("The step is deleted. You can add it again."))
    return redirect(url_for("placements.show", public_id=placement, _anchor="steps"), 303)
