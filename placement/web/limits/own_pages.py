"""The participant's own limits and plan: what holds, what the shop reads, and what they decide about each step."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.limit_words import limit_lines, move_words, shop_lines
from placement.domain.limits import PlanMove, day_limit
from placement.domain.placement_words import kind_words
from placement.domain.placements import PlacementState
from placement.domain.words import Say
from placement.policy.permissions import Permission
from placement.queries.limits.page import LimitsPage, own_limits, page_of_plan
from placement.usecases.limits.own import answer_plan, move_plan
from placement.web.current import actor, now, reads, today, work
from placement.web.gate import record, requires
from placement.web.limits.blueprint import limits
from placement.web.limits.forms import ReduceForm
from placement.web.words import say

#: Before that, a shop reads nothing about them.
SHOWN_STATES = (PlacementState.ACCEPTED, PlacementState.ACTIVE, PlacementState.PAUSED)


@limits.get("/limits")
@requires(Permission.PLAN_OWN)
def mine() -> ResponseReturnValue:
    """My limits, my plan, and what the shop reads of them."""
    found = own_limits(reads(), actor(), now())
    record(found.participant_id)
    return render_template(
        "limits/mine.html", found=found, shown=_shown(found), today=today(), limit_lines=limit_lines,
        move_words=move_words, kind_words=kind_words,
    )  # fmt: skip


@limits.post("/step-plans/<public_id>/answer")
@requires(Permission.PLAN_OWN)
def answer(public_id: str) -> ResponseReturnValue:
    """Yes or no."""
    agrees = request.form.get("agrees") == "1"
    try:
        answer_plan(work(), actor(), public_id, agrees)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("You said yes to the plan.") if agrees else _("You said no to the plan. That is fine."))
    return redirect(url_for("limits.mine"), 303)


@limits.post("/step-plans/<public_id>/move")
@requires(Permission.PLAN_OWN)
def move(public_id: str) -> ResponseReturnValue:
    """Hold, or go on: one tap, and taken back by the other."""
    _moved(public_id, PlanMove.GO_ON if request.form.get("move") == PlanMove.GO_ON else PlanMove.HOLD)
    return redirect(url_for("limits.mine"), 303)


@limits.route("/step-plans/<public_id>/reduce", methods=["GET", "POST"])
@requires(Permission.PLAN_OWN)
def reduce(public_id: str) -> ResponseReturnValue:
    """Fewer hours from today on."""
    found = page_of_plan(reads(), actor(), now(), public_id)
    record(found.participant_id)
    place, plan = found.plan(public_id)
    form = ReduceForm()
    if form.validate_on_submit():
        try:
            move_plan(work(), actor(), public_id, PlanMove.REDUCE, form.hours.data)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Your hours are reduced from today on. Your program knows."))
            return redirect(url_for("limits.mine"), 303)
    page = render_template("limits/reduce.html", form=form, place=place, most=plan.most_on(today()))
    return page, 422 if form.errors else 200


@limits.route("/step-plans/<public_id>/stop", methods=["GET", "POST"])
@requires(Permission.PLAN_OWN)
def stop(public_id: str) -> ResponseReturnValue:
    """Asked first: going on then needs a new plan."""
    found = page_of_plan(reads(), actor(), now(), public_id)
    record(found.participant_id)
    place, _plan = found.plan(public_id)
    if request.method == "POST":
        _moved(public_id, PlanMove.STOP)
        return redirect(url_for("limits.mine"), 303)
    return render_template("limits/stop.html", place=place, public_id=public_id)


def _moved(public_id: str, move: PlanMove) -> None:
    told = {
        PlanMove.HOLD: _("The plan is held. Your program knows, and cancels the shifts. Nobody asks why."),
        PlanMove.GO_ON: _("The plan goes on. Your program knows."),
        PlanMove.STOP: _("The plan is stopped. Your program knows. Nobody asks why."),
    }
    try:
        move_plan(work(), actor(), public_id, move)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(told[move])


def _shown(found: LimitsPage) -> list[tuple[str, tuple[Say | str, ...]]]:
    """Shop → what it reads today."""
    return [
        (place.shop, shop_lines(day_limit(today(), found.rules.of(place.id, place.kind))))
        for place in found.places
        if place.state in SHOWN_STATES
    ]
