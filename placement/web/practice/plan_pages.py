"""Adding what is practiced, its plan, and stopping."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.practice.choices import Choices, practice_choices
from placement.queries.practice.one import Head, practice_head
from placement.queries.programs.scale import LevelRow, current_levels
from placement.usecases.practice.plan import AddPractice, add_practice, edit_practice, stop_practice
from placement.web.current import actor, reads, today, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.practice.blueprint import practice
from placement.web.practice.forms import AddForm, PlanForm
from placement.web.undo import flash_undo
from placement.web.words import say


@practice.route("/participants/<public_id>/practice/new", methods=["GET", "POST"])
@requires(Permission.PRACTICE_EDIT)
def new(public_id: str) -> ResponseReturnValue:
    found = practice_choices(reads(), actor(), public_id)
    record(found.participant_id)
    form = AddForm(data={"baseline_on": today()})
    form.offer_tasks(found)
    if form.validate_on_submit():
        try:
            made = add_practice(work(), actor(), _command(public_id, form))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("It is on the list."))
            return redirect(url_for("practice.show", public_id=made), 303)
    page = render_template("practice/new.html", form=form, found=found, back=_list(found))
    return page, 422 if form.errors else 200


@practice.route("/practice/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.PRACTICE_EDIT)
def edit(public_id: str) -> ResponseReturnValue:
    head = practice_head(reads(), actor(), public_id)
    record(head.participant_id)
    levels = tuple(current_levels(reads(), actor().program))
    form = PlanForm(data=_values(head, levels))
    form.offer(levels)
    back = url_for("practice.show", public_id=public_id)
    if form.validate_on_submit():
        try:
            edit_practice(work(), actor(), public_id, form.seen_version, form.plan_values)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    page = render_template("practice/edit.html", form=form, head=head, back=back)
    return page, 422 if form.errors else 200


@practice.post("/practice/<public_id>/stop")
@requires(Permission.PRACTICE_EDIT)
def stop(public_id: str) -> ResponseReturnValue:
    """Take it off the list; ``again``: put it back."""
    head = practice_head(reads(), actor(), public_id)
    again = request.form.get("again") == "1"
    try:
        stop_practice(work(), actor(), public_id, stopped=not again)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        if again:
            flash(_("It is on the list again."))
        else:
            flash_undo(_("It is off the list. What was seen stays."), url_for("practice.stop", public_id=public_id),
                       again="1")  # fmt: skip
    if head.own:
        return redirect(url_for("practice.mine"), 303)
    return redirect(url_for("practice.overview", public_id=head.participant), 303)


def _list(found: Choices) -> str:
    return url_for("practice.mine") if found.own else url_for("practice.overview", public_id=found.participant)


def _command(public_id: str, form: AddForm) -> AddPractice:
    kind, _colon, key = (form.task.data or "").partition(":")
    return AddPractice(
        public_id,
        form.plan_values,
        task=key if kind == "task" else "",
        template=key if kind == "template" else "",
        name=form.name.data or "",
        area=form.area.data or "",
    )


def _values(head: Head, levels: tuple[LevelRow, ...]) -> dict[str, object]:
    level = {row.rank: row.public_id for row in levels}
    return {
        "version": head.version,
        "baseline": level.get(head.baseline if head.baseline is not None else -1, ""),
        "baseline_on": head.baseline_on,
        "target": level.get(head.target if head.target is not None else -1, ""),
        "target_on": head.target_on,
        "plan": head.plan,
    }
