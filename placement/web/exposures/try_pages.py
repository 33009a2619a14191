"""Facing a step: before it, after it, and taking it away."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.domain.exposures import TryWords
from placement.policy.permissions import Permission
from placement.queries.exposures.ladder import TryRow, shifts_to_carry, step_head, try_page
from placement.queries.exposures.people import Climber
from placement.usecases.exposures.tries import (
    ChangePlan,
    PlanTry,
    WriteTry,
    change_plan,
    plan_try,
    remove_try,
    write_try,
)
from placement.web.current import actor, cipher, now, reads, today, work
from placement.web.edits import conflict_page
from placement.web.exposures.blueprint import exposures
from placement.web.exposures.forms import PlanForm, WriteForm
from placement.web.gate import record, requires
from placement.web.words import say


@exposures.route("/steps/<public_id>/try", methods=["GET", "POST"])
@requires(Permission.EXPOSURE_EDIT)
def plan(public_id: str) -> ResponseReturnValue:
    """When, and how much fear is expected."""
    found = step_head(reads(), actor(), cipher(), now(), public_id)
    record(found.climber.id)
    form = PlanForm(data={"key": str(uuid4()), "day": today()})
    form.offer(shifts_to_carry(reads(), actor(), now(), found.climber))
    if form.validate_on_submit():
        try:
            plan_try(work(), actor(), PlanTry(public_id, form.plan, form.key.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Planned. Afterwards you can write down how it was.") if found.climber.own else _("Planned."))
            return redirect(url_for("exposures.show", public_id=public_id), 303)
    return _plan_page(form, found.climber, public_id, step=found.step)


@exposures.route("/steps/tries/<public_id>/plan", methods=["GET", "POST"])
@requires(Permission.EXPOSURE_EDIT)
def replan(public_id: str) -> ResponseReturnValue:
    """Another day or shift, another expectation, before it is written down."""
    found = try_page(reads(), actor(), cipher(), now(), public_id)
    record(found.climber.id)
    form = PlanForm(data=_planned(found.one))
    form.offer(shifts_to_carry(reads(), actor(), now(), found.climber))
    back = url_for("exposures.show", public_id=found.step.public_id)
    if form.validate_on_submit():
        try:
            change_plan(work(), actor(), ChangePlan(public_id, form.seen_version, form.plan))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    return _plan_page(form, found.climber, found.step.public_id, step=found.step)


@exposures.route("/steps/tries/<public_id>", methods=["GET", "POST"])
@requires(Permission.EXPOSURE_EDIT)
def write(public_id: str) -> ResponseReturnValue:
    """How it was; every question may be skipped."""
    found = try_page(reads(), actor(), cipher(), now(), public_id)
    record(found.climber.id)
    back = url_for("exposures.show", public_id=found.step.public_id)
    form = WriteForm(data=_written(found.one))
    if form.validate_on_submit():
        try:
            write_try(work(), actor(), _command(public_id, form))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Written down. That took courage.") if not found.one.done else _("Saved."))
            return redirect(back, 303)
    page = render_template("exposures/write.html", form=form, found=found, climber=found.climber, back=back)
    return page, 422 if form.errors else 200


@exposures.route("/steps/tries/<public_id>/remove", methods=["GET", "POST"])
@requires(Permission.EXPOSURE_EDIT)
def remove(public_id: str) -> ResponseReturnValue:
    """Take a try away, after asking."""
    found = try_page(reads(), actor(), cipher(), now(), public_id)
    record(found.climber.id)
    back = url_for("exposures.show", public_id=found.step.public_id)
    if request.method == "POST":
        try:
            remove_try(work(), actor(), public_id)
        except Refused as error:
            flash(say(error.reason), "error")
        else:
            flash(_("Taken away."))
        return redirect(back, 303)
    return render_template("exposures/remove.html", found=found, back=back)


def _plan_page(form: PlanForm, who: Climber, step_id: str, **parts: object) -> ResponseReturnValue:
    back = url_for("exposures.show", public_id=step_id)
    page = render_template("exposures/plan.html", form=form, climber=who, back=back, **parts)
    return page, 422 if form.errors else 200


def _planned(one: TryRow) -> dict[str, object]:
    shift = "" if one.shift is None or one.shift.cancelled else one.shift.public_id
    return {"version": one.version, "day": one.day, "shift": shift, "predicted": one.told.predicted}


def _written(one: TryRow) -> dict[str, object]:
    words = one.words or TryWords()
    return {
        "version": one.version, "peak": one.told.peak, "at_end": one.told.at_end, "minutes": one.minutes,
        "safety": words.safety, "learned": words.learned,
    }  # fmt: skip


def _command(public_id: str, form: WriteForm) -> WriteTry:
    return WriteTry(
        public_id, form.seen_version, form.peak.data, form.at_end.data, form.minutes.data, form.words
    )  # fmt: skip
