"""One person in a run: why this place, what else there would be, and choosing otherwise."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.proposals import RunState
from placement.policy.permissions import Permission
from placement.queries.matching.decision import decision
from placement.queries.matching.pair import person_in_run
from placement.queries.matching.runs import again as former
from placement.queries.matching.runs import name_after, run_head
from placement.usecases.matching.marks import discard_run
from placement.usecases.matching.run import Hold, RunMatching, run_matching
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.lists import asked
from placement.web.matching.blueprint import matching
from placement.web.matching.fit import explained_bar
from placement.web.matching.forms import ForceForm
from placement.web.undo import flash_undo
from placement.web.words import say

#: How many other openings of either kind are shown at first, and once more are asked for.
FEW, MANY = 5, 40


@matching.get("/matching/<public_id>/people/<participant>")
@requires(Permission.MATCHING_RUN)
def pair(public_id: str, participant: str) -> ResponseReturnValue:
    more = bool(asked("more"))
    found = person_in_run(reads(), actor(), public_id, participant, MANY if more else FEW)
    record(found.participant_id)
    return render_template(
        "matching/pair.html", found=found, run=found.run, draft=found.run.state is RunState.DRAFT, all=more,
        bar=explained_bar(found.parts) if found.parts else None,
    )  # fmt: skip


@matching.post("/matching/<public_id>/people/<participant>/choose/<opening>")
@requires(Permission.MATCHING_RUN)
def choose(public_id: str, participant: str, opening: str) -> ResponseReturnValue:
    """A new draft at once, with this pair kept and everybody else arranged anew."""
    found = decision(reads(), actor(), public_id, participant, opening)
    record(found.participant_id)
    try:
        return _held(public_id, Hold(participant, opening), found.preferred_name)
    except Refused as error:
        flash(say(error.reason), "error")
        return redirect(url_for("matching.pair", public_id=public_id, participant=participant), 303)


@matching.route("/matching/<public_id>/people/<participant>/force/<opening>", methods=["GET", "POST"])
@requires(Permission.MATCHING_RUN)
def force(public_id: str, participant: str, opening: str) -> ResponseReturnValue:
    """The same against a rule, with a reason that stays with the run and the placement."""
    found = decision(reads(), actor(), public_id, participant, opening)
    back = url_for("matching.pair", public_id=public_id, participant=participant)
    if found.against is None:
        # No rule to go against: choosing it is enough.
        return redirect(back, 303)
    if not found.against.forcible or found.run.state is not RunState.DRAFT:
        abort(404)
    record(found.participant_id)
    form = ForceForm()
    if form.validate_on_submit():
        try:
            return _held(public_id, Hold(participant, opening, form.reason.data or ""), found.preferred_name)
        except Refused as error:
            form.refuse(error)
    page = render_template("matching/force.html", form=form, found=found, back=back)
    return page, 422 if form.errors else 200


@matching.post("/matching/<public_id>/undo")
@requires(Permission.MATCHING_RUN)
def undo(public_id: str) -> ResponseReturnValue:
    """Set a draft aside that was made by a choice, and go back to the one it was made from."""
    run = run_head(reads(), actor(), public_id)
    try:
        discard_run(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
        return redirect(url_for("matching.show", public_id=public_id), 303)
    flash_undo(
        _("Taken back. The new draft is set aside."),
        url_for("matching.restore", public_id=public_id),
        _("Bring it back"),
    )
    if run.from_run is None:
        return redirect(url_for("matching.index"), 303)
    person = request.form.get("person", "")
    if person:
        return redirect(url_for("matching.pair", public_id=run.from_run, participant=person), 303)
    return redirect(url_for("matching.show", public_id=run.from_run), 303)


def _held(public_id: str, hold: Hold, name: str) -> ResponseReturnValue:
    run, people, openings = former(reads(), actor(), public_id, today())
    command = RunMatching(name_after(reads(), actor(), run.name), people, openings, run.settings, run.public_id, hold)
    made = run_matching(work(), actor(), command)
    flash_undo(
        _("A new draft is made with this choice for %(name)s. The draft before is kept.", name=name),
        url_for("matching.undo", public_id=made),
        person=hold.participant,
    )
    if run_head(reads(), actor(), made).state is not RunState.DRAFT:
        return redirect(url_for("matching.show", public_id=made), 303)
    return redirect(url_for("matching.pair", public_id=made, participant=hold.participant), 303)
