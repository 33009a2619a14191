"""Openings: list, one, new, edit, what they ask for, open or closed, archive."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import NotFound, Refused, Stale
from placement.domain.openings import OpeningState, opening_words
from placement.domain.placement_words import state_words
from placement.domain.week import hours
from placement.policy.permissions import Permission
from placement.queries.employers.employers import employer_alone
from placement.queries.employers.opening import opening_alone, opening_page
from placement.queries.employers.openings import opening_list
from placement.queries.employers.sites import site_alone
from placement.usecases.employers.opening import CreateOpening, EditOpening, create_opening, edit_opening
from placement.usecases.employers.opening_state import archive_opening, restore_opening, set_opening_state
from placement.web.current import actor, reads, today, work
from placement.web.edits import conflict_page
from placement.web.employers.blueprint import employers
from placement.web.employers.opening_forms import OpeningForm, weight_words
from placement.web.forms import Form
from placement.web.gate import record, requires
from placement.web.list_filters import opening_filter
from placement.web.lists import given, neighbors
from placement.web.weeks import WeekInput, slots_for, week_row, week_triples
from placement.web.words import say


@employers.get("/openings")
@requires(Permission.EMPLOYER_SEE)
def openings() -> ResponseReturnValue:
    wanted = opening_filter()
    employer = wanted.employer
    page = opening_list(reads(), actor(), wanted, today())
    only = employer_alone(reads(), actor(), employer) if employer else None
    args = given(q=wanted.q, show=wanted.show, period=wanted.period, employer=employer, sort=wanted.sort)
    return render_template(
        "employers/openings.html", rows=page.rows, wanted=wanted, only=only, args=args,
        state_words=opening_words, **neighbors(page, **args),
    )  # fmt: skip


@employers.get("/openings/<public_id>")
@requires(Permission.EMPLOYER_SEE)
def opening(public_id: str) -> ResponseReturnValue:
    page = opening_page(reads(), actor(), public_id)
    record()
    return render_template(
        "employers/opening.html", opening=page, line=page.line, spans=week_triples(page.pattern), today=today(),
        weekly=hours(page.pattern), states=list(OpeningState), opening_words=opening_words, placement_words=state_words,
        weights=dict(weight_words()),
    )  # fmt: skip


@employers.route("/sites/<public_id>/openings/new", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def opening_new(public_id: str) -> ResponseReturnValue:
    site = site_alone(reads(), actor(), public_id)
    form = OpeningForm(data={"capacity": 1, "first_day": today()})
    week = _posted_week(0)
    if form.validate_on_submit() and week.ok:
        try:
            created = create_opening(work(), actor(), CreateOpening(site=public_id, **_values(form, week)))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Saved. Now say what the role asks for and what the shop can offer."))
            return redirect(url_for("employers.opening_needs", public_id=created), 303)
    return _form_page(form, week, site.line, url_for("employers.site", public_id=public_id), new=True)


@employers.route("/openings/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def opening_edit(public_id: str) -> ResponseReturnValue:
    opening = opening_alone(reads(), actor(), public_id)
    line = opening.line
    form = OpeningForm(
        obj=opening, role=line.role, capacity=line.capacity, first_day=line.first_day, last_day=line.last_day
    )  # fmt: skip
    week = _posted_week(opening.pattern)
    back = url_for("employers.opening", public_id=public_id)
    if form.validate_on_submit() and week.ok:
        try:
            edit_opening(work(), actor(), EditOpening(public_id, form.seen_version, **_values(form, week)))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back, extra=[week_row(week, error.current["pattern"])])
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    return _form_page(form, week, line, back, new=False, pattern=opening.pattern)


@employers.post("/openings/<public_id>/state")
@requires(Permission.EMPLOYER_EDIT)
def opening_state(public_id: str) -> ResponseReturnValue:
    wanted = request.form.get("state", "")
    if wanted not in tuple(OpeningState):
        raise NotFound
    set_opening_state(work(), actor(), public_id, OpeningState(wanted))
    flash(_("The opening is now %(state)s.", state=say(opening_words(OpeningState(wanted)))))
    return redirect(url_for("employers.opening", public_id=public_id), 303)


@employers.route("/openings/<public_id>/archive", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def opening_archive(public_id: str) -> ResponseReturnValue:
    """Asks first; the button does it."""
    opening = opening_alone(reads(), actor(), public_id)
    if not Form().is_submitted():
        return render_template("employers/opening_archive.html", line=opening.line)
    try:
        archive_opening(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
        return redirect(url_for("employers.opening", public_id=public_id), 303)
    flash(_("%(role)s is archived. You can bring it back any time.", role=opening.line.role))
    return redirect(url_for("employers.openings"), 303)


@employers.post("/openings/<public_id>/restore")
@requires(Permission.EMPLOYER_EDIT)
def opening_restore(public_id: str) -> ResponseReturnValue:
    restore_opening(work(), actor(), public_id)
    flash(_("The opening is back, and closed until you open it."))
    return redirect(url_for("employers.opening", public_id=public_id), 303)


def _posted_week(stored: int) -> WeekInput:
    return WeekInput.read(request.form, required=True) if request.method == "POST" else WeekInput(stored)


def _form_page(
    form: OpeningForm, week: WeekInput, line: Any, back: str, *, new: bool, pattern: int = 0
) -> ResponseReturnValue:
    bad = bool(form.errors) or not week.ok
    page = render_template(
        "employers/opening_edit.html", form=form, week=week, line=line, back=back, new=new,
        spans=week_triples(pattern), slots=slots_for(pattern), raw=request.form if form.is_submitted() else None,
    )  # fmt: skip
    return page, 422 if bad else 200


def _values(form: OpeningForm, week: WeekInput) -> dict[str, Any]:
    values = {name: value for name, value in form.values.items() if name != "version"}
    return {**values, "pattern": week.mask or 0}
