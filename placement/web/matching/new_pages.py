"""A new run: whom to match with what."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields.choices import SelectChoice

from placement.domain.errors import Refused
from placement.domain.matching.problem import Settings
from placement.policy.permissions import Permission
from placement.queries.matching.runs import again as former
from placement.queries.placements import choices
from placement.usecases.matching.run import RunMatching, run_matching
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.matching.blueprint import matching
from placement.web.matching.forms import ALL, CHOSEN, RunForm
from placement.web.words import say

#: How many are shown to tick at once; more are found by search, or taken with "everybody".
SHOWN = 200
#: Buttons beside the ticks: what they do to people or openings.
ACTIONS = ("find", "all", "none")


@matching.route("/matching/new", methods=["GET", "POST"])
@requires(Permission.MATCHING_RUN)
def new() -> ResponseReturnValue:
    """Everybody who waits and every free opening, unless some are ticked. Finding and ticking work without script."""
    form = RunForm()
    waiting, free = choices.looking(actor(), today()), choices.offered(actor(), today())
    everybody, everywhere = choices.everybody(reads(), waiting), choices.every_opening(reads(), free)
    record()
    pressed = request.form.get("do", "") if form.is_submitted() else ""
    if form.is_submitted() and not pressed and form.validate():
        try:
            made = run_matching(work(), actor(), _command(form, everybody, everywhere))
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("matching.show", public_id=made), 303)
    _offer(form, pressed)
    page = render_template(
        "matching/new.html", form=form, pressed=pressed, values=request.form,
        who_label=ngettext("%(num)s person who waits for a place", "All %(num)s people who wait for a place",
                           len(everybody)),
        where_label=ngettext("%(num)s opening with a free place", "All %(num)s openings with a free place",
                             len(everywhere)),
        nobody=not everybody, nowhere=not everywhere,
    )  # fmt: skip
    return page, 422 if form.errors and not pressed else 200


@matching.post("/matching/<public_id>/again")
@requires(Permission.MATCHING_RUN)
def again(public_id: str) -> ResponseReturnValue:
    """A new draft with the same people and openings; what was kept stays, what was taken out stays out."""
    run, people, openings = former(reads(), actor(), public_id)
    record()
    try:
        made = run_matching(
            work(), actor(), RunMatching(run.name, people, openings, run.settings, run.public_id)
        )
    except Refused as error:
        flash(say(error.reason), "error")
        return redirect(url_for("matching.show", public_id=public_id), 303)
    flash(_("A new draft is made. What you kept stayed, what you took out stayed out."))
    return redirect(url_for("matching.show", public_id=made), 303)


def _command(form: RunForm, everybody: tuple[str, ...], everywhere: tuple[str, ...]) -> RunMatching:
    return RunMatching(
        form.name.data or "",
        everybody if form.who.data == ALL else tuple(dict.fromkeys(form.people.data or ())),
        everywhere if form.where.data == ALL else tuple(dict.fromkeys(form.openings.data or ())),
        Settings(minimum_fit=(form.minimum_fit.data or 0) * 100),
    )


def _offer(form: RunForm, pressed: str) -> None:
    """What can be ticked: what was found, and before it what is ticked already."""
    who, db = actor(), reads()
    side, _sep, action = pressed.partition("-")
    asked = {name: request.form.get(name, "").strip()[:100] for name in ("find-people", "find-openings")}
    wanted = choices.choosable(who) if asked["find-people"] else choices.looking(who, today())
    people = choices.people(db, who, wanted, asked["find-people"], SHOWN, form.people.data or ())
    free = choices.offered(who, today())
    openings = choices.openings(db, who, free, asked["find-openings"], SHOWN, form.openings.data or ())
    form.people.choices = [SelectChoice(one.public_id, one.name) for one in people]
    form.openings.choices = [
        SelectChoice(
            one.public_id, ngettext("%(what)s (%(num)s place)", "%(what)s (%(num)s places)", one.free,
                                 what=f"{one.role} · {one.place}"))
        for one in openings
    ]  # fmt: skip
    for name, field, mode in (("people", form.people, form.who), ("openings", form.openings, form.where)):
        if side == name and action in ACTIONS:
            mode.data = CHOSEN
            if action == "all":
                field.data = [choice.value for choice in field.choices]
            elif action == "none":
                field.data = []
