"""What counts as a milestone in the program: rules in versions, with what another version would change."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Stale
from placement.domain.rules import NUMBERS, kind_words, rule_words
from placement.policy.permissions import Permission
from placement.queries.progress.rules import RuleLine, rule_line
from placement.queries.progress.rules import program_rules as rules_in_force
from placement.usecases.progress.rules import SaveRule, end_rule, save_rule
from placement.web.current import actor, reads, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.progress.blueprint import progress
from placement.web.progress.rule_forms import RuleForm
from placement.web.progress.rule_pages import Numbers, Writing, asked_kind, kinds_page, rule_page
from placement.web.words import wording

KINDS = tuple(NUMBERS)


@progress.get("/program/rules")
@requires(Permission.RULES_EDIT)
def program_rules() -> ResponseReturnValue:
    """The rules in force."""
    lines = [
        (
            line,
            wording(line.words) % {"task": _("A task"), "occasions": line.rule.occasions, "amount": line.rule.amount},
            rule_words(line.rule),
        )
        for line in rules_in_force(reads(), actor())
    ]
    return render_template(
        "progress/program_rules.html", lines=lines, with_numbers=[kind for kind in NUMBERS if NUMBERS[kind]]
    )


@progress.route("/program/rules/new", methods=["GET", "POST"])
@requires(Permission.RULES_EDIT)
def program_rule_new() -> ResponseReturnValue:
    """Which kind, its numbers, what it would change, saved."""
    kind, back = asked_kind(KINDS), url_for("progress.program_rules")
    if kind is None:
        return kinds_page(KINDS, back)
    form = RuleForm()
    form.offer()

    def save(numbers: Numbers, _task: str | None) -> None:
        save_rule(work(), actor(), SaveRule(kind, numbers))

    if request.method == "GET":
        form.percent.data, form.occasions.data, form.raters.data = 90, 3, 2
    record()
    return rule_page(Writing(kind, back, save), form)


@progress.route("/program/rules/<rule>/change", methods=["GET", "POST"])
@requires(Permission.RULES_EDIT)
def program_rule_change(rule: str) -> ResponseReturnValue:
    """The next version of a rule."""
    (line, live), back = rule_line(reads(), actor(), rule), url_for("progress.program_rules")
    form = RuleForm()
    form.offer()
    if live is None or live.public_id != rule:
        return _changed(form, live, back)

    def save(numbers: Numbers, _task: str | None) -> None:
        save_rule(work(), actor(), SaveRule(line.rule.kind, numbers, replaces=rule))

    if request.method == "GET":
        form.fill(line.rule)
    record()
    return rule_page(Writing(line.rule.kind, back, save, old=line.rule), form)


def _changed(form: RuleForm, live: RuleLine | None, back: str) -> ResponseReturnValue:
    """Somebody was quicker: what was written beside what holds now; without anything written, what holds now."""
    if live is None or request.method == "GET":
        flash(_("This rule has changed meanwhile. Please look again."), "error")
        return redirect(back if live is None else url_for("progress.program_rule_change", rule=live.public_id), 303)
    kind = live.rule.kind
    now = Stale(live.number, {name: getattr(live.rule, name) for name in NUMBERS[kind]})
    return conflict_page(form, now, back, action=url_for("progress.program_rule_change", rule=live.public_id))


@progress.route("/program/rules/<rule>/end", methods=["GET", "POST"])
@requires(Permission.RULES_EDIT)
def program_rule_end(rule: str) -> ResponseReturnValue:
    """Asked once more: it gives nothing from then on."""
    (line, live), back = rule_line(reads(), actor(), rule), url_for("progress.program_rules")
    if live is None or live.public_id != rule:
        flash(_("This rule has changed meanwhile. Please look again."), "error")
        return redirect(back, 303)
    if request.method == "POST":
        end_rule(work(), actor(), rule)
        flash(_("The rule has ended. What was reached by it stays."))
        return redirect(back, 303)
    return render_template("progress/program_rule_end.html", line=line, title=kind_words(line.rule.kind))
