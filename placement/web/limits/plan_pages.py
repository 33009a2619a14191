"""A step plan: written down, agreed by the employer's word, and its result."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.domain.placement_words import kind_words
from placement.policy.permissions import Permission
from placement.queries.limits.page import page_of_placement, page_of_plan
from placement.usecases.limits.plan import AddPlan, add_plan, employer_agrees, write_result
from placement.web.current import actor, now, reads, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.limits.blueprint import limits
from placement.web.limits.forms import EmployerForm, PlanForm, ResultForm


@limits.route("/placements/<public_id>/step-plan/new", methods=["GET", "POST"])
@requires(Permission.LIMIT_EDIT)
def plan_new(public_id: str) -> ResponseReturnValue:
    found = page_of_placement(reads(), actor(), now(), public_id)
    record(found.participant_id)
    place = found.of(public_id)
    form = PlanForm(data={"key": str(uuid4())})
    back = url_for("limits.show", public_id=found.participant)
    if form.validate_on_submit():
        said = AddPlan(public_id, form.given_by.data or "", form.last_day.data, form.stages, form.key.data or "")
        try:
            add_plan(work(), actor(), said)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The plan is written down. It holds once both have agreed."))
            return redirect(back, 303)
    page = render_template(
        "limits/plan_new.html", form=form, found=found, place=place, back=back, kind_words=kind_words
    )
    return page, 422 if form.errors else 200


@limits.route("/step-plans/<public_id>/employer", methods=["GET", "POST"])
@requires(Permission.LIMIT_EDIT)
def employer(public_id: str) -> ResponseReturnValue:
    """Record the employer's yes, by name."""
    found = page_of_plan(reads(), actor(), now(), public_id)
    record(found.participant_id)
    place, plan = found.plan(public_id)
    form = EmployerForm(data={"version": plan.version, "by": plan.employer_by})
    back = url_for("limits.show", public_id=found.participant)
    if form.validate_on_submit():
        try:
            employer_agrees(work(), actor(), public_id, form.seen_version, form.by.data or "")
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    page = render_template("limits/employer.html", form=form, found=found, place=place, plan=plan, back=back)
    return page, 422 if form.errors else 200


@limits.route("/step-plans/<public_id>/result", methods=["GET", "POST"])
@requires(Permission.LIMIT_EDIT)
def result(public_id: str) -> ResponseReturnValue:
    """The written result at the end."""
    found = page_of_plan(reads(), actor(), now(), public_id)
    record(found.participant_id)
    place, plan = found.plan(public_id)
    form = ResultForm(data={"version": plan.version, "result": plan.result})
    back = url_for("limits.show", public_id=found.participant)
    if form.validate_on_submit():
        try:
            write_result(work(), actor(), public_id, form.seen_version, form.result.data or "")
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    page = render_template("limits/result.html", form=form, found=found, place=place, plan=plan, back=back)
    return page, 422 if form.errors else 200
