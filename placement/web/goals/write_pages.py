"""Writing a goal down together, changing it, saying where it stands."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.goals.one import one_goal, whose_goal
from placement.usecases.goals.rate import RateGoal, rate_goal, remove_rating
from placement.usecases.goals.write import AddGoal, EditGoal, add_goal, edit_goal
from placement.web.current import actor, reads, today, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.goals.blueprint import goals
from placement.web.goals.forms import GoalForm, RatingForm, values_of
from placement.web.undo import flash_undo
from placement.web.words import say


@goals.route("/participants/<public_id>/goals/new", methods=["GET", "POST"])
@requires(Permission.GOAL_EDIT)
def new(public_id: str) -> ResponseReturnValue:
    whom = whose_goal(reads(), actor(), public_id)
    record(whom.participant_id)
    form = GoalForm(data={"key": str(uuid4())})
    form.offer(whom.tasks)
    if form.validate_on_submit():
        try:
            made = add_goal(work(), actor(), AddGoal(public_id, form.goal, form.key.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The goal is written down."))
            return redirect(url_for("goals.show", public_id=made), 303)
    back = url_for("goals.mine") if whom.own else url_for("goals.index", public_id=public_id)
    return render_template("goals/new.html", form=form, whom=whom, back=back), 422 if form.errors else 200


@goals.route("/goals/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.GOAL_EDIT)
def edit(public_id: str) -> ResponseReturnValue:
    found = one_goal(reads(), actor(), public_id)
    record(found.participant_id)
    back = url_for("goals.show", public_id=public_id)
    form = GoalForm(data=values_of(found.row) | {"tasks": list(found.linked), "version": found.version})
    form.offer(found.tasks)
    if form.validate_on_submit():
        try:
            edit_goal(work(), actor(), EditGoal(public_id, form.seen_version, form.goal))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    return render_template("goals/edit.html", form=form, found=found, back=back), 422 if form.errors else 200


@goals.route("/goals/<public_id>/rate", methods=["GET", "POST"])
@requires(Permission.GOAL_EDIT)
def rate(public_id: str) -> ResponseReturnValue:
    """Where it stands: one tap, and a word if one likes."""
    found = one_goal(reads(), actor(), public_id)
    record(found.participant_id)
    back = url_for("goals.show", public_id=public_id)
    form = RatingForm(data={"key": str(uuid4()), "day": today()})
    form.offer(found.row)
    if form.validate_on_submit():
        said = RateGoal(public_id, form.day.data, int(form.score.data), form.note.data or "", form.key.data or "")
        try:
            done = rate_goal(work(), actor(), said)
        except Refused as error:
            form.refuse(error)
        else:
            undo = url_for("goals.unrate", public_id=public_id, rating=done.rating)
            flash_undo(_("Written down."), undo)
            return redirect(back, 303)
    return render_template("goals/rate.html", form=form, found=found, back=back), 422 if form.errors else 200


@goals.post("/goals/<public_id>/ratings/<rating>/remove")
@requires(Permission.GOAL_EDIT)
def unrate(public_id: str, rating: str) -> ResponseReturnValue:
    """Take one's own word back; the answer offers to say it again."""
    try:
        was = remove_rating(work(), actor(), public_id, rating)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        again = {"day": was.day.isoformat(), "score": str(was.score), "note": was.note, "key": str(uuid4())}
        flash_undo(_("Taken back."), url_for("goals.rate", public_id=public_id), **again)
    return redirect(url_for("goals.show", public_id=public_id), 303)
