"""Work limits and step plans of somebody one looks after, and entries about limits."""

from __future__ import annotations

from dataclasses import asdict
from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from placement.domain.errors import NotFound, Refused, Stale
from placement.domain.limit_words import limit_lines, move_words
from placement.domain.placement_words import kind_words
from placement.policy.permissions import Permission
from placement.queries.limits.page import LimitsPage, limits_page, page_of_limit
from placement.queries.limits.unfit import fingerprint
from placement.usecases.limits.fit import bring_back, cancel_unfit
from placement.usecases.limits.record import AddLimit, add_limit, edit_limit, remove_limit
from placement.web.current import actor, now, reads, today, work
from placement.web.edits import conflict_page
from placement.web.gate import record, requires
from placement.web.limits import own_pages, plan_pages
from placement.web.limits.blueprint import limits
from placement.web.limits.forms import LimitForm
from placement.web.undo import flash_undo
from placement.web.words import upper_first

__all__ = ["limits", "own_pages", "plan_pages"]

#: Domain words a page says.
WORDS = {"limit_lines": limit_lines, "move_words": move_words, "kind_words": kind_words, "upper_first": upper_first}


@limits.get("/participants/<public_id>/limits")
@requires(Permission.LIMIT_EDIT)
def show(public_id: str) -> ResponseReturnValue:
    """Everything that limits somebody's work, for those who look after them."""
    return render_template("limits/show.html", found=_found(public_id), today=today(), **WORDS)


@limits.route("/participants/<public_id>/limits/new", methods=["GET", "POST"])
@requires(Permission.LIMIT_EDIT)
def new(public_id: str) -> ResponseReturnValue:
    found = _found(public_id)
    form = LimitForm(data={"key": str(uuid4()), "valid_from": today(), "cleared": True})
    back = url_for("limits.show", public_id=public_id)
    if form.validate_on_submit():
        try:
            add_limit(work(), actor(), AddLimit(public_id, form.limit, form.key.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Written down."))
            return redirect(back, 303)
    return render_template("limits/edit.html", form=form, found=found, back=back), 422 if form.errors else 200


@limits.route("/limits/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.LIMIT_EDIT)
def edit(public_id: str) -> ResponseReturnValue:
    found = page_of_limit(reads(), actor(), now(), public_id)
    record(found.participant_id)
    row = next((row for row in found.limits if row.public_id == public_id), None)
    if row is None:
        raise NotFound
    values = asdict(row.limit)
    dates = {"valid_from": values.pop("first"), "valid_until": values.pop("last"), "given_by": row.given_by}
    form = LimitForm(data=values | dates | {"version": row.version})
    back = url_for("limits.show", public_id=found.participant)
    if form.validate_on_submit():
        try:
            edit_limit(work(), actor(), public_id, form.seen_version, form.limit)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    return render_template("limits/edit.html", form=form, found=found, row=row, back=back), 422 if form.errors else 200


@limits.post("/limits/<public_id>/remove")
@requires(Permission.LIMIT_EDIT)
def remove(public_id: str) -> ResponseReturnValue:
    """Take an entry out; ``again``: bring it back."""
    again = request.form.get("again") == "1"
    found = page_of_limit(reads(), actor(), now(), public_id)
    remove_limit(work(), actor(), public_id, removed=not again)
    if again:
        flash(_("The entry holds again."))
    else:
        flash_undo(_("The entry is taken out."), url_for("limits.remove", public_id=public_id), again="1")
    return redirect(url_for("limits.show", public_id=found.participant), 303)


@limits.route("/participants/<public_id>/limits/fit", methods=["GET", "POST"])
@requires(Permission.SHIFT_PLAN)
def fit(public_id: str) -> ResponseReturnValue:
    """The shifts that no longer fit, and one button to take all of them out."""
    found = _found(public_id)
    back, status = url_for("limits.show", public_id=public_id), 200
    if request.method == "POST":
        try:
            count = cancel_unfit(work(), actor(), public_id, request.form.get("seen", ""))
        except Stale:
            status = 409
        else:
            flash(ngettext("%(num)s shift is cancelled.", "%(num)s shifts are cancelled.", count))
            return redirect(back, 303)
    shops = {place.id: place.shop for place in found.places}
    page = render_template(
        "limits/fit.html", found=found, seen=fingerprint(found.unfit), shops=shops, back=back, changed=status == 409
    )
    return page, status


@limits.post("/participants/<public_id>/limits/back")
@requires(Permission.SHIFT_PLAN)
def back(public_id: str) -> ResponseReturnValue:
    """Plan again what was taken out while a plan was held."""
    count = bring_back(work(), actor(), public_id)
    flash(ngettext("%(num)s shift is planned again.", "%(num)s shifts are planned again.", count))
    return redirect(url_for("limits.show", public_id=public_id), 303)


def _found(public_id: str) -> LimitsPage:
    found = limits_page(reads(), actor(), now(), public_id)
    record(found.participant_id)
    return found
