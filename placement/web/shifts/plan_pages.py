"""Planning a placement's shifts: its weekly pattern, shown first with what it changes, or a single shift."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from placement.domain.errors import Refused, Stale
from placement.domain.patterns import Holidays, Pattern, weekly
from placement.domain.plans import Outlook
from placement.domain.words import Say
from placement.policy.permissions import Permission
from placement.queries.shifts.preview import PatternRow, ToPlan, current, patterns_of, to_plan, version_of
from placement.queries.shifts.replan import replan
from placement.usecases.shifts.pattern import SetPattern, pattern_to_set, set_pattern
from placement.usecases.shifts.plan import AddShift, add_shift
from placement.web.current import actor, now, reads, today, work
from placement.web.gate import record, requires
from placement.web.shifts.blueprint import shifts
from placement.web.shifts.forms import PatternForm, TimesForm, fold_of
from placement.web.shifts.looking import to_look_at
from placement.web.weeks import WeekInput, slots_for, week_triples


@shifts.route("/placements/<public_id>/shifts/plan", methods=["GET", "POST"])
@requires(Permission.SHIFT_PLAN)
def plan(public_id: str) -> ResponseReturnValue:
    """The pattern as a form; then what it will change; then the plan, if it still changes exactly that."""
    found = to_plan(reads(), actor(), public_id)
    record(found.participant_id)
    rows = patterns_of(reads(), found.id)
    start = _start(found, rows)
    # The agreed week follows the pattern; where it is another one, it was agreed anew since.
    agreed = found.pattern or start.mask
    form = PatternForm(data=_values(start, rows))
    week = WeekInput.read(request.form, required=True) if form.is_submitted() else WeekInput(agreed)
    shown, stale = None, False
    if form.validate_on_submit() and week.ok:
        command = _command(public_id, form, week)
        try:
            if request.form.get("step") == "plan":
                _tell(set_pattern(work(), actor(), command))
                return redirect(url_for("shifts.index", day=command.first.isoformat(), span="week"), 303)
            shown = _preview(found, command)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            form.version.data, stale = str(error.version), True
            shown = _preview(to_plan(reads(), actor(), public_id), command)
    form.seen.data = shown.fingerprint if shown else ""
    page = render_template(
        "shifts/plan.html", form=form, placement=found, rows=rows, week=week, shown=shown, stale=stale, today=today(),
        spans=week_triples(agreed), slots=slots_for(agreed), raw=request.form if form.is_submitted() else None,
    )  # fmt: skip
    return page, 409 if stale else 422 if form.errors or not week.ok else 200


@shifts.route("/placements/<public_id>/shifts/new", methods=["GET", "POST"])
@requires(Permission.SHIFT_PLAN)
def add(public_id: str) -> ResponseReturnValue:
    found = to_plan(reads(), actor(), public_id)
    record(found.participant_id)
    form = TimesForm()
    first: tuple[Say, ...] = ()
    if form.validate_on_submit():
        folds = fold_of(form.start_fold), fold_of(form.end_fold)
        command = AddShift(public_id, form.day.data, form.start.data, form.end.data, *folds)
        try:
            first = to_look_at(form, found)
            if not first:
                made = add_shift(work(), actor(), command)
                flash(_("The shift is planned."))
                return redirect(url_for("shifts.show", public_id=made), 303)
        except Refused as error:
            form.refuse(error)
    page = render_template("shifts/add.html", form=form, placement=found, first=first)
    return page, 422 if form.errors else 200


def _start(found: ToPlan, rows: list[PatternRow]) -> Pattern:
    """What the form begins with: the pattern that holds, else the agreed week."""
    known = current(rows, today())
    return weekly(found.pattern, found.first_day, None) if known is None else known.pattern


def _values(start: Pattern, rows: list[PatternRow]) -> dict[str, object]:
    known = current(rows, today())
    return {
        "version": version_of(rows),
        # A change is from tomorrow on unless somebody says otherwise: today's shifts may be running.
        "first": max(start.first_day, today() + timedelta(days=1)) if known else max(start.first_day, today()),
        "last": start.last_day if start.last_day is not None and start.last_day > today() else None,
        "every_weeks": str(start.every_weeks),
        "holidays": start.holidays.value,
    }


def _command(public_id: str, form: PatternForm, week: WeekInput) -> SetPattern:
    return SetPattern(
        public_id, form.seen_version, form.first.data, form.last.data, week.mask or 0, int(form.every_weeks.data),
        Holidays(form.holidays.data), seen=form.seen.data if request.form.get("step") == "plan" else None,
    )  # fmt: skip


def _preview(found: ToPlan, command: SetPattern) -> Outlook:
    """The outlook as the use case will see it, with holidays named in the reader's language."""
    locale = actor().locale
    return replan(
        reads(),
        found,
        pattern_to_set(found, command),
        now(),
        lambda region, first, last: work().holidays(region, first, last, locale),
    )


def _tell(shown: Outlook) -> None:
    changes = shown.changes
    added, gone = len(changes.added) + len(changes.revived), len(changes.removed)
    if changes.empty:
        flash(_("The pattern is saved. No shift had to change."))
        return
    parts = []
    if added:
        parts.append(ngettext("%(num)s shift is planned.", "%(num)s shifts are planned.", added))
    if changes.retimed:
        parts.append(
            ngettext("%(num)s shift has other times.", "%(num)s shifts have other times.", len(changes.retimed))
        )
    if gone:
        parts.append(ngettext("%(num)s shift is cancelled.", "%(num)s shifts are cancelled.", gone))
    flash(" ".join(parts))
