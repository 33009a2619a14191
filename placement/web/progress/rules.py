"""Rules for one person only."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.milestone_words import milestone_words
from placement.domain.milestones import RuleKind
from placement.domain.rules import NUMBERS, rule_words
from placement.domain.words import Say
from placement.policy.permissions import Permission
from placement.queries.progress.rules import RuleLine, person_rules
from placement.usecases.progress.rules import SaveRule, end_rule, save_rule
from placement.web.current import actor, reads, work
from placement.web.gate import record, requires
from placement.web.progress.blueprint import progress
from placement.web.progress.rule_forms import RuleForm
from placement.web.progress.rule_pages import Numbers, Writing, asked_kind, kinds_page, rule_page

#: What comes from a fact of its own is the same for everybody.
KINDS = tuple(kind for kind in NUMBERS if kind not in (RuleKind.FADING_HELD, RuleKind.GOAL_ATTAINED))


@progress.get("/participants/<public_id>/rules")
@requires(Permission.RULES_PERSON)
def rules(public_id: str) -> ResponseReturnValue:
    """What counts as a milestone for this person alone."""
    found = person_rules(reads(), actor(), public_id)
    record(found.participant_id)
    lines = [(line, title_of(line), rule_words(line.rule)) for line in found.rules]
    return render_template("progress/rules.html", found=found, lines=lines)


@progress.route("/participants/<public_id>/rules/new", methods=["GET", "POST"])
@requires(Permission.RULES_PERSON)
def rule_new(public_id: str) -> ResponseReturnValue:
    """Which kind, its numbers, what it would change, saved."""
    found = person_rules(reads(), actor(), public_id)
    record(found.participant_id)
    kind, back = asked_kind(KINDS), url_for("progress.rules", public_id=public_id)
    if kind is None:
        return kinds_page(KINDS, back, found.name)
    form = RuleForm()
    form.offer(found.tasks)

    def save(numbers: Numbers, task: str | None) -> None:
        save_rule(work(), actor(), SaveRule(kind, numbers, participant=public_id, task=task))

    if request.method == "GET":
        form.percent.data, form.occasions.data, form.raters.data = 90, 3, 1
    return rule_page(Writing(kind, back, save, person=found.participant_id, name=found.name), form)


@progress.post("/participants/<public_id>/rules/<rule>/end")
@requires(Permission.RULES_PERSON)
def rule_end(public_id: str, rule: str) -> ResponseReturnValue:
    """It gives nothing any more."""
    found = person_rules(reads(), actor(), public_id)
    end_rule(work(), actor(), rule)
    record(found.participant_id)
    flash(_("The rule has ended. What was reached by it stays."))
    return redirect(url_for("progress.rules", public_id=public_id), 303)


def title_of(line: RuleLine) -> Say:
    """A rule as the milestone it gives."""
    rule = line.rule
    return milestone_words(
        rule.kind,
        task=line.task or {"en": "A task", "de": "Eine Aufgabe"},
        percent=rule.percent,
        occasions=rule.occasions,
        amount=rule.amount,
        name=line.words,
    )
