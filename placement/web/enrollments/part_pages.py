"""What hangs on an enrollment: approvals of funders, jobs, follow-ups."""

from __future__ import annotations

from dataclasses import asdict
from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import NotFound, Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.enrollments.page import (
    EnrollmentPage,
    page_of_approval,
    page_of_employment,
    page_of_enrollment,
)
from placement.usecases.enrollments.approvals import AddApproval, add_approval, edit_approval, remove_approval
from placement.usecases.enrollments.employments import (
    AddEmployment,
    add_employment,
    edit_employment,
    remove_employment,
)
from placement.usecases.enrollments.follow_ups import write_follow_up
from placement.web.current import actor, reads, today, work
from placement.web.edits import conflict_page
from placement.web.enrollments.blueprint import enrollments
from placement.web.enrollments.forms import YES_NO, ApprovalForm, EmploymentForm, FollowUpForm, chosen
from placement.web.forms import whole_number
from placement.web.gate import record, requires
from placement.web.undo import flash_undo


@enrollments.route("/enrollments/<public_id>/approvals/new", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_EDIT)
def approval_new(public_id: str) -> ResponseReturnValue:
    found = _seen(page_of_enrollment(reads(), actor(), public_id))
    card = found.card(public_id)
    form = ApprovalForm(data={"key": str(uuid4()), "first_day": card.entered_on or today(), "unit": "hours"})
    form.offer()
    if form.validate_on_submit():
        try:
            add_approval(work(), actor(), AddApproval(public_id, form.approval, form.key.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Written down."))
            return redirect(_back(found), 303)
    return render_template(
        "enrollments/approval.html", form=form, found=found, row=None, back=_back(found)
    ), 422 if form.errors else 200


@enrollments.route("/approvals/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_EDIT)
def approval_edit(public_id: str) -> ResponseReturnValue:
    found = _seen(page_of_approval(reads(), actor(), public_id))
    row = found.approval(public_id)
    values = {name: getattr(row, name) for name in ("funder", "reference", "units", "first_day", "last_day", "version")}
    form = ApprovalForm(data=values | {"unit": row.unit.value})
    form.offer()
    if form.validate_on_submit():
        try:
            edit_approval(work(), actor(), public_id, form.seen_version, form.approval)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=_back(found), action=request.path)
        else:
            flash(_("Saved."))
            return redirect(_back(found), 303)
    return render_template(
        "enrollments/approval.html", form=form, found=found, row=row, back=_back(found)
    ), 422 if form.errors else 200


@enrollments.post("/approvals/<public_id>/remove")
@requires(Permission.ENROLLMENT_EDIT)
def approval_remove(public_id: str) -> ResponseReturnValue:
    """Take it out; ``again``: bring it back."""
    found, again = page_of_approval(reads(), actor(), public_id), request.form.get("again") == "1"
    remove_approval(work(), actor(), public_id, removed=not again)
    if again:
        flash(_("The approval holds again."))
    else:
        undo = url_for("enrollments.approval_remove", public_id=public_id)
        flash_undo(_("The approval is taken out."), undo, again="1")
    return redirect(_back(found), 303)


@enrollments.route("/enrollments/<public_id>/jobs/new", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_EDIT)
def job_new(public_id: str) -> ResponseReturnValue:
    found = _seen(page_of_enrollment(reads(), actor(), public_id))
    found.card(public_id)
    form = EmploymentForm(data={"key": str(uuid4())})
    if form.validate_on_submit():
        try:
            add_employment(work(), actor(), AddEmployment(public_id, form.employment, form.key.data or ""))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Written down."))
            return redirect(_back(found), 303)
    return render_template(
        "enrollments/job.html", form=form, found=found, row=None, back=_back(found)
    ), 422 if form.errors else 200


@enrollments.route("/jobs/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_EDIT)
def job_edit(public_id: str) -> ResponseReturnValue:
    found = _seen(page_of_employment(reads(), actor(), public_id))
    row = found.job(public_id)
    values = asdict(row) | {name: chosen(getattr(row, name)) for name in YES_NO}
    form = EmploymentForm(data=values)
    if form.validate_on_submit():
        try:
            edit_employment(work(), actor(), public_id, form.seen_version, form.employment)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=_back(found), action=request.path)
        else:
            flash(_("Saved."))
            return redirect(_back(found), 303)
    return render_template(
        "enrollments/job.html", form=form, found=found, row=row, back=_back(found)
    ), 422 if form.errors else 200


@enrollments.post("/jobs/<public_id>/remove")
@requires(Permission.ENROLLMENT_EDIT)
def job_remove(public_id: str) -> ResponseReturnValue:
    """Take it out; ``again``: bring it back."""
    found, again = page_of_employment(reads(), actor(), public_id), request.form.get("again") == "1"
    remove_employment(work(), actor(), public_id, removed=not again)
    if again:
        flash(_("The job stands there again."))
    else:
        undo = url_for("enrollments.job_remove", public_id=public_id)
        flash_undo(_("The job is taken out."), undo, again="1")
    return redirect(_back(found), 303)


@enrollments.route("/enrollments/<public_id>/follow-ups/<number>", methods=["GET", "POST"])
@requires(Permission.ENROLLMENT_EDIT)
def follow_up(public_id: str, number: str) -> ResponseReturnValue:
    """How it goes in a quarter after the exit."""
    found = _seen(page_of_enrollment(reads(), actor(), public_id))
    row = next((one for one in found.card(public_id).follow_ups if one.number == whole_number(number)), None)
    if row is None:
        raise NotFound
    form = FollowUpForm(
        data={
            "asked_on": row.asked_on or today(), "reached": row.reached.value if row.reached else None,
            "employed": chosen(row.employed), "earnings": row.earnings, "version": row.version,
        }
    )  # fmt: skip
    form.offer()
    if form.validate_on_submit():
        try:
            write_follow_up(work(), actor(), public_id, row.number, form.seen_version, form.follow_up)
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            return conflict_page(form, error, back=_back(found), action=request.path)
        else:
            flash(_("Written down."))
            return redirect(_back(found), 303)
    return render_template(
        "enrollments/follow_up.html", form=form, found=found, row=row, back=_back(found)
    ), 422 if form.errors else 200


def _seen(found: EnrollmentPage) -> EnrollmentPage:
    record(found.participant_id)
    return found


def _back(found: EnrollmentPage) -> str:
    return url_for("enrollments.show", public_id=found.participant)
