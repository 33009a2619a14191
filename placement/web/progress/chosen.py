"""A participant's own milestones: chosen from a few kinds, or in their own words."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import NotFound, Refused
from placement.domain.milestones import RuleKind
from placement.domain.rules import TO_CHOOSE
from placement.policy.permissions import Permission
from placement.queries.progress.rules import PersonRules, RuleLine, own_rules
from placement.usecases.progress.chosen import Choose, choose_milestone, end_chosen, reach_chosen, take_back_chosen
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.progress.blueprint import progress
from placement.web.progress.rule_forms import ChooseForm, ReachedForm
from placement.web.progress.rule_pages import asked_kind, kinds_page
from placement.web.progress.rules import title_of

KINDS = (*TO_CHOOSE, RuleKind.OWN_WORDS)


@progress.get("/progress/chosen")
@requires(Permission.MILESTONE_CHOOSE)
def chosen() -> ResponseReturnValue:
    """What the participant aims at."""
    found = _own()
    lines = [(line, title_of(line)) for line in found.rules if line.chosen]
    return render_template("progress/chosen.html", lines=lines)


@progress.route("/progress/chosen/new", methods=["GET", "POST"])
@requires(Permission.MILESTONE_CHOOSE)
def chosen_new() -> ResponseReturnValue:
    """Which kind, then a number, a task or words."""
    found, kind = _own(), asked_kind(KINDS)
    if kind is None:
        return kinds_page(KINDS, url_for("progress.chosen"), own=True)
    form = ChooseForm()
    form.offer(found.tasks)
    if form.validate_on_submit():
        try:
            choose_milestone(
                work(), actor(), Choose(kind, form.number.data, form.task.data or None, form.words.data or "")
            )
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("It is on your list."))
            return redirect(url_for("progress.chosen"), 303)
    page = render_template("progress/chosen_new.html", form=form, kind=kind.value)
    return page, 422 if form.errors else 200


@progress.route("/progress/chosen/<rule>/reached", methods=["GET", "POST"])
@requires(Permission.MILESTONE_CHOOSE)
def chosen_reached(rule: str) -> ResponseReturnValue:
    """They say that they have reached it, and when."""
    line = _line(rule)
    form = ReachedForm()
    if request.method == "GET":
        form.day.data = today()
    if form.validate_on_submit():
        try:
            reach_chosen(work(), actor(), rule, form.day.data)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Well done. It stands with your milestones."))
            return redirect(url_for("progress.chosen"), 303)
    page = render_template("progress/chosen_reached.html", form=form, line=line, title=title_of(line))
    return page, 422 if form.errors else 200


@progress.post("/progress/chosen/<rule>/take-back")
@requires(Permission.MILESTONE_CHOOSE)
def chosen_back(rule: str) -> ResponseReturnValue:
    """Not reached after all."""
    take_back_chosen(work(), actor(), rule)
    flash(_("Taken back. You can say again that it is reached."))
    return redirect(url_for("progress.chosen"), 303)


@progress.post("/progress/chosen/<rule>/end")
@requires(Permission.MILESTONE_CHOOSE)
def chosen_end(rule: str) -> ResponseReturnValue:
    """They no longer aim at it."""
    end_chosen(work(), actor(), rule)
    flash(_("It is off your list. What you have reached stays."))
    return redirect(url_for("progress.chosen"), 303)


def _own() -> PersonRules:
    found = own_rules(reads(), actor())
    record(found.participant_id)
    return found


def _line(rule: str) -> RuleLine:
    for line in _own().rules:
        if line.public_id == rule and line.chosen and line.rule.kind is RuleKind.OWN_WORDS:
            return line
    raise NotFound
