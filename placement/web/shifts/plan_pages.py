"""Planning a placement's shifts: from its weekly pattern with a preview, or a single one."""

from __future__ import annotations

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from placement.domain.errors import Refused
from placement.domain.planning import Plan
from placement.policy.permissions import Permission
from placement.queries.shifts.preview import ToPlan, preview, to_plan
from placement.usecases.shifts.plan import AddShift, Planned, PlanShifts, add_shift, plan_shifts
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.shifts.blueprint import shifts
from placement.web.shifts.forms import PlanForm, TimesForm, fold_of
from placement.web.weeks import week_triples

#: Planned at once unless somebody chooses otherwise.
FOUR_WEEKS = timedelta(days=27)


@shifts.route("/placements/<public_id>/shifts/plan", methods=["GET", "POST"])
@requires(Permission.SHIFT_PLAN)
def plan(public_id: str) -> ResponseReturnValue:
    """First a preview, with what the clocks and other shifts do to it; then the plan."""
    found = to_plan(reads(), actor(), public_id)
    record(found.participant_id)
    form = PlanForm(data=_stretch(found))
    shown: Plan | None = None
    if form.validate_on_submit():
        try:
            if request.form.get("step") == "plan":
                planned = plan_shifts(work(), actor(), PlanShifts(public_id, form.first.data, form.last.data))
                _tell(planned)
                return redirect(url_for("shifts.index", day=form.first.data.isoformat(), span="week"), 303)
            shown = preview(reads(), found, form.first.data, form.last.data)
        except Refused as error:
            form.refuse(error)
    page = render_template(
        "shifts/plan.html", form=form, placement=found, spans=week_triples(found.pattern), plan=shown
    )
    return page, 422 if form.errors else 200


@shifts.route("/placements/<public_id>/shifts/new", methods=["GET", "POST"])
@requires(Permission.SHIFT_PLAN)
def add(public_id: str) -> ResponseReturnValue:
    found = to_plan(reads(), actor(), public_id)
    record(found.participant_id)
    form = TimesForm()
    if form.validate_on_submit():
        folds = fold_of(form.start_fold), fold_of(form.end_fold)
        command = AddShift(public_id, form.day.data, form.start.data, form.end.data, *folds)
        try:
            made = add_shift(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The shift is planned."))
            return redirect(url_for("shifts.show", public_id=made), 303)
    page = render_template("shifts/add.html", form=form, placement=found)
    return page, 422 if form.errors else 200


def _stretch(found: ToPlan) -> dict[str, date]:
    """From today or the day after what is planned, four weeks, within the placement."""
    first = max(found.first_day, today(), (found.planned_until or date.min) + timedelta(days=1))
    last = first + FOUR_WEEKS
    return {"first": first, "last": last if found.last_day is None else max(first, min(last, found.last_day))}


def _tell(planned: Planned) -> None:
    if planned.added:
        flash(ngettext("%(num)s shift is planned.", "%(num)s shifts are planned.", planned.added))
    else:
        flash(_("Nothing was added: these days are planned already, or have no shift in the weekly pattern."))
