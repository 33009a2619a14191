"""Writing a rule, for a program or for one person: its numbers, then what they would change, then saving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.domain.milestones import Rule, RuleKind
from placement.domain.rules import ABOUT_A_TASK, NUMBERS, checked_numbers, is_given, kind_words, rule_words
from placement.domain.words import Say
from placement.queries.progress.rule_preview import preview, task_id_of
from placement.web.current import actor, reads
from placement.web.edits import conflict_page
from placement.web.progress.rule_forms import RuleForm

Numbers = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Writing:
    """What is written: ``old`` is the version in force, ``person`` the key of the one it is for, ``back`` the list."""

    kind: RuleKind
    back: str
    save: Callable[[Numbers, str | None], object]
    old: Rule | None = None
    person: int | None = None
    name: str = ""


def asked_kind(offered: tuple[RuleKind, ...]) -> RuleKind | None:
    """The kind the address or the form names; None while none is chosen."""
    found = request.values.get("kind", "")
    return RuleKind(found) if found in offered else None


def kinds_page(offered: tuple[RuleKind, ...], back: str, name: str = "", own: bool = False) -> str:
    """The first step: which kind."""
    kinds = [(kind.value, kind_words(kind)) for kind in offered]
    return render_template("progress/rule_kinds.html", kinds=kinds, back=back, name=name, own=own)


def rule_page(writing: Writing, form: RuleForm) -> ResponseReturnValue:
    """The form, what it would change, or the way back once it is saved."""
    if form.validate_on_submit() and not request.form.get("again"):
        try:
            numbers = checked_numbers(writing.kind, form.numbers(writing.kind))
            if request.form.get("save"):
                writing.save(numbers, form.task.data or None)
                flash(_("Saved. What has been reached stays reached."))
                return redirect(writing.back, 303)
            return _preview(writing, form, numbers)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, writing.back)
    fields = [form[name] for name in NUMBERS[writing.kind]]
    if writing.person is not None and writing.old is None and writing.kind in ABOUT_A_TASK:
        fields.append(form.task)
    page = render_template(
        "progress/rule_form.html", form=form, fields=fields, writing=writing, title=kind_words(writing.kind)
    )
    return page, 422 if form.errors else 200


def _preview(writing: Writing, form: RuleForm, numbers: dict[str, int]) -> str:
    task = writing.old.task if writing.old else task_id_of(reads(), actor(), form.task.data or None)
    new = Rule(0, writing.kind, task=task, **numbers)
    found = None if is_given(writing.kind) else preview(reads(), actor(), writing.old, new, writing.person)
    sent = {"kind": writing.kind.value, "task": form.task.data or "", **form.numbers(writing.kind)}
    said: Say = rule_words(new)
    return render_template(
        "progress/rule_preview.html", writing=writing, found=found, sent=sent, title=kind_words(writing.kind), when=said
    )
