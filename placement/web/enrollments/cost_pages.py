"""Stipend, transport and other costs, by month."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.enrollments import ExpenseKind, expense_words
from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.enrollments.costs import costs_of, payee_of
from placement.usecases.enrollments.expenses import AddExpense, add_expense, remove_expense
from placement.web.current import actor, reads, today, work
from placement.web.enrollments.blueprint import enrollments
from placement.web.enrollments.forms import ExpenseForm
from placement.web.gate import record, requires
from placement.web.undo import flash_undo
from placement.web.words import upper_first


@enrollments.route("/participants/<public_id>/costs", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_EDIT)
def costs(public_id: str) -> ResponseReturnValue:
    """What was paid, the latest month first, and a form for more."""
    found = costs_of(reads(), actor(), public_id)
    record(found.participant_id)
    form = ExpenseForm(data={"key": str(uuid4()), "day": today()})
    form.offer()
    if form.validate_on_submit():
        command = AddExpense(
            public_id, form.day.data, ExpenseKind(form.kind.data), form.amount.data or 0, form.key.data or ""
        )
        try:
            add_expense(work(), actor(), command)
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Written down."))
            return redirect(url_for("enrollments.costs", public_id=public_id), 303)
    return render_template(
        "enrollments/costs.html", form=form, found=found, expense_words=expense_words, upper_first=upper_first
    ), 422 if form.errors else 200  # fmt: skip


@enrollments.post("/costs/<public_id>/remove")
@requires(Permission.ENROLLMENT_EDIT)
def cost_remove(public_id: str) -> ResponseReturnValue:
    """Take it out; ``again``: bring it back."""
    person, again = payee_of(reads(), actor(), public_id), request.form.get("again") == "1"
    remove_expense(work(), actor(), public_id, removed=not again)
    if again:
        flash(_("The entry stands there again."))
    else:
        undo = url_for("enrollments.cost_remove", public_id=public_id)
        flash_undo(_("The entry is taken out."), undo, again="1")
    return redirect(url_for("enrollments.costs", public_id=person), 303)
