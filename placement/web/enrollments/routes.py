"""The waiting list, and somebody's way from referral to follow-up."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.enrollments import Stage, expense_words, reached_words, stage_words, unit_words
from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.enrollments.choices import list_entries, offered
from placement.queries.enrollments.listing import EnrollmentFilter, enrollment_list
from placement.queries.enrollments.page import (
    EnrollmentPage,
    enrollment_page,
    own_enrollments,
    page_of_enrollment,
)
from placement.usecases.enrollments.refer import Refer, edit_referral, refer
from placement.usecases.enrollments.stages import come_back, enter, leave
from placement.web.current import actor, reads, today, work
from placement.web.edits import conflict_page
from placement.web.enrollments import cost_pages, list_pages, part_pages
from placement.web.enrollments.blueprint import enrollments
from placement.web.enrollments.forms import (
    EntryForm,
    ExitForm,
    ListForm,
    NewReferralForm,
    ReferralForm,
    chosen,
)
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, neighbors
from placement.web.undo import flash_undo
from placement.web.words import say, upper_first

__all__ = ["cost_pages", "enrollments", "list_pages", "part_pages"]

#: Domain words a page says.
WORDS = {
    "stage_words": stage_words, "unit_words": unit_words, "reached_words": reached_words,
    "expense_words": expense_words, "upper_first": upper_first,
}  # fmt: skip


@enrollments.get("/waiting-list")
@requires(Permission.ENROLLMENT_LIST)
def index() -> ResponseReturnValue:
    """Who waits, in order; who is in the program; who left."""
    show = asked("show", [Stage.ENTERED.value, Stage.LEFT.value])
    stage, q = Stage(show or Stage.WAITING), asked("q")
    page = enrollment_list(reads(), actor(), EnrollmentFilter(stage, q, cursor()))
    record()
    links = neighbors(page, show=show, q=q)
    return render_template(
        "enrollments/index.html", rows=page.rows, show=show, stage=stage, q=q, today=today(), **links, **WORDS
    )


@enrollments.route("/referrals/new", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_EDIT)
def refer_new() -> ResponseReturnValue:
    """Somebody who is not in the record yet: the person and the referral, written down once."""
    form = NewReferralForm(data={"key": str(uuid4()), "referred_on": today()})
    entries = list_entries(reads(), actor())
    form.offer(lambda kind, picked: offered(entries, kind, picked))
    if form.validate_on_submit():
        try:
            person = refer(work(), actor(), Refer(form.person, form.referral, form.key.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("On the waiting list."))
            return redirect(url_for("enrollments.show", public_id=person), 303)
    return render_template(
        "enrollments/refer.html", form=form, found=None, back=url_for("enrollments.index")
    ), 422 if form.errors else 200


@enrollments.get("/participants/<public_id>/way")
@requires(Permission.ENROLLMENT_SEE)
def show(public_id: str) -> ResponseReturnValue:
    """Referral, entry, what is approved, exit, jobs and follow-ups, for those who look after somebody."""
    found = _found(public_id)
    return render_template("enrollments/show.html", found=found, today=today(), **WORDS)


@enrollments.get("/way")
@requires(Permission.ENROLLMENT_OWN)
def mine() -> ResponseReturnValue:
    """The participant's own: all of it, in plain words."""
    found = own_enrollments(reads(), actor())
    record(found.participant_id)
    return render_template("enrollments/mine.html", found=found, today=today(), **WORDS)


@enrollments.route("/participants/<public_id>/way/new", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_EDIT)
def refer_again(public_id: str) -> ResponseReturnValue:
    """Somebody who is known: the first referral, or one more."""
    found = _found(public_id)
    form, back = ReferralForm(data={"key": str(uuid4()), "referred_on": today()}), _back(found)
    form.offer(found.offered)
    if form.validate_on_submit():
        try:
            refer(work(), actor(), Refer(public_id, form.referral, form.key.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("On the waiting list."))
            return redirect(back, 303)
    return render_template("enrollments/refer.html", form=form, found=found, back=back), 422 if form.errors else 200


@enrollments.route("/enrollments/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_EDIT)
def edit(public_id: str) -> ResponseReturnValue:
    found = _found_of(public_id)
    card, back = found.card(public_id), _back(found)
    values = {name: getattr(card, name) for name in ("referred_on", "referred_by", "reason", "own_goals", "urgent")}
    form = ReferralForm(data=values | {"source": card.public("source"), "version": card.version, "key": "-"})
    form.offer(found.offered, {"source": card.public("source")})
    if form.validate_on_submit():
        try:
            edit_referral(work(), actor(), public_id, form.seen_version, form.referral)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=back, action=request.path)
        else:
            flash(_("Saved."))
            return redirect(back, 303)
    return render_template(
        "enrollments/refer.html", form=form, found=found, card=card, back=back
    ), 422 if form.errors else 200


@enrollments.route("/enrollments/<public_id>/enter", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_EDIT)
def entered(public_id: str) -> ResponseReturnValue:
    """Somebody begins, or what was written down about it is corrected."""
    found = _found_of(public_id)
    card = found.card(public_id)
    picked = {name: card.public(f"{name}_in") for name in EntryForm.lists}
    form = EntryForm(data={"on": card.entered_on or today(), "version": card.version, **picked})
    form.offer(found.offered, picked)
    if form.validate_on_submit():
        try:
            enter(work(), actor(), public_id, form.seen_version, form.entry)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return _conflict(form, error, found)
        else:
            flash(_("In the program now.") if card.stage is Stage.WAITING else _("Saved."))
            return redirect(_back(found), 303)
    return render_template(
        "enrollments/entered.html", form=form, found=found, card=card, back=_back(found)
    ), 422 if form.errors else 200


@enrollments.route("/enrollments/<public_id>/leave", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_EDIT)
def left(public_id: str) -> ResponseReturnValue:
    """Somebody leaves, or what was written down about it is corrected."""
    found = _found_of(public_id)
    card = found.card(public_id)
    picked = {"reason": card.public("exit_reason")} | {
        name: card.public(f"{name}_out") for name in ("work", "benefit", "insurance")
    }
    values = {"on": card.exited_on or today(), "version": card.version, "job_offer": chosen(card.job_offer)}
    form = ExitForm(data=values | picked)
    form.offer(found.offered, picked)
    if form.validate_on_submit():
        try:
            leave(work(), actor(), public_id, form.seen_version, form.exit)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return _conflict(form, error, found)
        else:
            undo = url_for("enrollments.came_back", public_id=public_id)
            if card.stage is Stage.LEFT:
                flash(_("Saved."))
            else:
                flash_undo(_("Written down. The follow-ups come back on the day page."), undo)
            return redirect(_back(found), 303)
    return render_template(
        "enrollments/left.html", form=form, found=found, card=card, back=_back(found)
    ), 422 if form.errors else 200


@enrollments.post("/enrollments/<public_id>/come-back")
@requires(Permission.ENROLLMENT_EDIT)
def came_back(public_id: str) -> ResponseReturnValue:
    """The exit was a mistake."""
    found = _found_of(public_id)
    try:
        come_back(work(), actor(), public_id)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        flash(_("The exit is taken back."))
    return redirect(_back(found), 303)


def _conflict(form: ListForm, error: Stale, found: EnrollmentPage) -> ResponseReturnValue:
    return conflict_page(form, error, back=_back(found), action=request.path)


def _back(found: EnrollmentPage) -> str:
    return url_for("enrollments.show", public_id=found.participant)


def _found(public_id: str) -> EnrollmentPage:
    found = enrollment_page(reads(), actor(), public_id)
    record(found.participant_id)
    return found


def _found_of(public_id: str) -> EnrollmentPage:
    found = page_of_enrollment(reads(), actor(), public_id)
    record(found.participant_id)
    return found
