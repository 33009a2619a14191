"""One step: its course, its words, its place on the ladder, and putting it aside."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.charts.fears import Faced, expected_chart, repeats_chart
from placement.domain.errors import Refused, Stale
from placement.domain.exposures import violation_words
from placement.policy.permissions import Permission
from placement.queries.exposures.ladder import step_head, step_page
from placement.queries.exposures.people import Climber
from placement.usecases.exposures.steps import EditStep, drop_step, edit_step, move_step, reach_step
from placement.web.current import actor, cipher, now, reads, today, work
from placement.web.edits import conflict_page
from placement.web.exposures.blueprint import exposures
from placement.web.exposures.forms import StepForm
from placement.web.gate import record, requires
from placement.web.undo import flash_undo
from placement.web.words import say


@exposures.get("/steps/<public_id>")
@requires(Permission.EXPOSURE_SEE)
def show(public_id: str) -> ResponseReturnValue:
    """A step with its tries: expected against felt, and the end over repeats."""
    found = step_page(reads(), actor(), cipher(), now(), public_id)
    record(found.climber.id)
    faced = [Faced(one.day, one.told, one.public_id) for one in found.tries if one.done]
    charts = [expected_chart(faced), repeats_chart(faced)] if faced else []
    return render_template(
        "exposures/show.html", found=found, climber=found.climber, step=found.step, charts=charts, today=today(),
        violation_words=violation_words, ladder=ladder_of(found.climber),
    )  # fmt: skip


@exposures.route("/steps/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.EXPOSURE_EDIT)
def edit(public_id: str) -> ResponseReturnValue:
    """Other words, another number."""
    found = step_head(reads(), actor(), cipher(), now(), public_id)
    record(found.climber.id)
    step, back = found.step, url_for("exposures.show", public_id=public_id)
    form = StepForm(data={"text": step.words.text, "expected": step.expected, "version": step.version})
    if form.validate_on_submit():
        command = EditStep(public_id, form.seen_version, form.text.data or "", form.expected.data)
        try:
            edit_step(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    page = render_template("exposures/step_form.html", form=form, climber=found.climber, back=back, step=step)
    return page, 422 if form.errors else 200


@exposures.post("/steps/<public_id>/move")
@requires(Permission.EXPOSURE_EDIT)
def move(public_id: str) -> ResponseReturnValue:
    """One place up (harder) or down."""
    found = step_head(reads(), actor(), cipher(), now(), public_id)
    try:
        move_step(work(), actor(), public_id, up=request.form.get("to") == "up")
    except Refused as error:
        flash(say(error.reason), "error")
    return redirect(ladder_of(found.climber), 303)


@exposures.post("/steps/<public_id>/reached")
@requires(Permission.EXPOSURE_EDIT)
def reached(public_id: str) -> ResponseReturnValue:
    """It is reached; or not yet, after all."""
    not_yet = request.form.get("not_yet") == "1"
    here = url_for("exposures.show", public_id=public_id)
    try:
        reach_step(work(), actor(), public_id, reached=not not_yet)
    except Refused as error:
        flash(say(error.reason), "error")
        return redirect(here, 303)
    if not_yet:
        flash(_("This step goes on."))
    else:
        flash_undo(_("This step is reached."), url_for("exposures.reached", public_id=public_id), not_yet="1")
    return redirect(here, 303)


@exposures.post("/steps/<public_id>/drop")
@requires(Permission.EXPOSURE_OWN)
def drop(public_id: str) -> ResponseReturnValue:
    """The participant puts it aside, without a reason; or takes it up again."""
    again = request.form.get("again") == "1"
    try:
        drop_step(work(), actor(), public_id, again=again)
    except Refused as error:
        flash(say(error.reason), "error")
        return redirect(url_for("exposures.mine"), 303)
    if again:
        flash(_("The step is on your ladder again."))
    else:
        undo = url_for("exposures.drop", public_id=public_id)
        flash_undo(_("The step is put aside. You need not say why."), undo, again="1")
    return redirect(url_for("exposures.mine"), 303)


def ladder_of(who: Climber) -> str:
    """The ladder's address for this reader."""
    return url_for("exposures.mine") if who.own else url_for("exposures.with_person", public_id=who.public_id)
