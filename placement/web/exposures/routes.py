"""Steps to face a fear: one's own ladder, and that of somebody a therapist accompanies."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.charts.fears import Faced, beside_chart
from placement.charts.percents import Alone
from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.exposures.beside import beside_independence
from placement.queries.exposures.ladder import ladder
from placement.queries.exposures.people import Climber, climber_of, own_climber
from placement.usecases.exposures.steps import AddStep, add_step
from placement.web.current import actor, cipher, reads, today, work
from placement.web.exposures import step_pages, try_pages
from placement.web.exposures.blueprint import exposures
from placement.web.exposures.forms import StepForm
from placement.web.gate import record, requires

__all__ = ["exposures", "step_pages", "try_pages"]


@exposures.get("/steps")
@requires(Permission.EXPOSURE_OWN)
def mine() -> ResponseReturnValue:
    """The participant's own ladder."""
    return _ladder(own_climber(reads(), actor(), today()))


@exposures.get("/participants/<public_id>/steps")
@requires(Permission.EXPOSURE_ACCOMPANY)
def with_person(public_id: str) -> ResponseReturnValue:
    """The ladder of somebody the therapist accompanies."""
    return _ladder(climber_of(reads(), actor(), today(), public_id))


@exposures.route("/steps/new", methods=["GET", "POST"])
@requires(Permission.EXPOSURE_OWN)
def new_mine() -> ResponseReturnValue:
    return _new(own_climber(reads(), actor(), today()), url_for("exposures.mine"))


@exposures.route("/participants/<public_id>/steps/new", methods=["GET", "POST"])
@requires(Permission.EXPOSURE_ACCOMPANY)
def new(public_id: str) -> ResponseReturnValue:
    """Written down together."""
    found = climber_of(reads(), actor(), today(), public_id)
    return _new(found, url_for("exposures.with_person", public_id=public_id))


@exposures.get("/steps/course")
@requires(Permission.EXPOSURE_OWN)
def my_course() -> ResponseReturnValue:
    """Fear beside independence, for the participant."""
    return _course(own_climber(reads(), actor(), today()))


@exposures.get("/participants/<public_id>/steps/course")
@requires(Permission.EXPOSURE_ACCOMPANY)
def course(public_id: str) -> ResponseReturnValue:
    """The same for their therapist."""
    return _course(climber_of(reads(), actor(), today(), public_id))


def _ladder(who: Climber) -> ResponseReturnValue:
    record(who.id)
    found = ladder(reads(), actor(), cipher(), who)
    return render_template("exposures/ladder.html", found=found, climber=who)


def _new(who: Climber, back: str) -> ResponseReturnValue:
    record(who.id)
    form = StepForm(data={"key": str(uuid4())})
    if form.validate_on_submit():
        command = AddStep(who.public_id, form.text.data or "", form.expected.data, form.key.data or "")
        try:
            add_step(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The step is on the ladder."))
            return redirect(back, 303)
    page = render_template("exposures/step_form.html", form=form, climber=who, back=back, step=None)
    return page, 422 if form.errors else 200


def _course(who: Climber) -> ResponseReturnValue:
    record(who.id)
    found = beside_independence(reads(), actor(), who, today())
    weeks = [Alone(week.day, week.alone, week.tried) for week in found.weeks]
    chart = beside_chart(weeks, [Faced(one.day, one.told) for one in found.tries])
    return render_template("exposures/course.html", chart=chart, climber=who)
