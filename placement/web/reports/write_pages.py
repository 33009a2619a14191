"""A new report, the participant's yes and no, and removing one."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Forbidden, Refused
from placement.domain.reports import ReportReader, reader_words
from placement.policy.permissions import Permission
from placement.queries.reports.choices import about_whom
from placement.queries.reports.head import report_head
from placement.usecases.reports.create import create_report
from placement.usecases.reports.release import release_report, take_report_back
from placement.usecases.reports.remove import remove_report
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.lists import asked
from placement.web.reports.blueprint import reports
from placement.web.reports.forms import ReportForm


@reports.route("/participants/<public_id>/reports/new", methods=["GET", "POST"])
@requires(Permission.REPORT_CREATE)
def new(public_id: str) -> ResponseReturnValue:
    whom = about_whom(reads(), actor(), public_id)
    record(whom.participant_id)
    reader = asked("for", list(ReportReader)) or ReportReader.PARTICIPANT.value
    form = ReportForm(data=ReportForm.beginning(str(uuid4()), reader, whom))
    form.offer(whom)
    if form.validate_on_submit():
        try:
            made = create_report(work(), actor(), form.command(public_id, today()))
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(url_for("reports.show", public_id=made), 303)
    own = whom.participant_id == actor().participant_id
    return render_template("reports/new.html", form=form, whom=whom, own=own), 422 if form.errors else 200


@reports.post("/reports/<public_id>/release")
@requires(Permission.REPORT_RELEASE)
def release(public_id: str) -> ResponseReturnValue:
    release_report(work(), actor(), public_id)
    flash(_("Released. You can take it back at any time."))
    return redirect(url_for("reports.show", public_id=public_id), 303)


@reports.post("/reports/<public_id>/take-back")
@requires(Permission.REPORT_RELEASE)
def take_back(public_id: str) -> ResponseReturnValue:
    take_report_back(work(), actor(), public_id)
    flash(_("Taken back. Nobody but you can open it now."))
    return redirect(url_for("reports.show", public_id=public_id), 303)


@reports.route("/reports/<public_id>/remove", methods=["GET", "POST"])
@requires(Permission.REPORT_REMOVE)
def remove(public_id: str) -> ResponseReturnValue:
    head = report_head(reads(), actor(), public_id)
    record(head.participant_id)
    if not head.may_remove:
        raise Forbidden(Permission.REPORT_REMOVE)
    if request.method == "POST":
        remove_report(work(), actor(), public_id)
        flash(_("Removed."))
        return redirect(url_for("reports.index", public_id=head.person), 303)
    return render_template("reports/remove.html", head=head, reader_words=reader_words)
