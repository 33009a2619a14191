"""Feedback: what waits for an answer, the form of one shift, thanks, and withdrawing a mistake."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from placement.domain.attendance import is_away
from placement.domain.errors import Refused, Stale
from placement.policy.permissions import Permission
from placement.queries.day.shop import at_my_sites, of_my_people
from placement.queries.feedback.correction import Correction, correction_form
from placement.queries.feedback.form import FeedbackForm, feedback_form
from placement.queries.feedback.sent import sent_lately
from placement.queries.feedback.withdrawal import to_withdraw
from placement.usecases.effects.observations import Answer
from placement.usecases.feedback.correct import CorrectFeedback, correct_feedback
from placement.usecases.feedback.submit import SubmitFeedback, TaskRating, submit_feedback
from placement.usecases.feedback.withdraw import withdraw_feedback
from placement.web.answers import choices, questions, ratings, reasons
from placement.web.current import actor, now, reads, today, work
from placement.web.feedback import own_pages, word_pages
from placement.web.feedback.blueprint import feedback
from placement.web.feedback.forms import CorrectForm, WithdrawForm
from placement.web.feedback_form import AnswersForm, form_parts, given
from placement.web.gate import record, requires

__all__ = ["feedback", "own_pages", "word_pages"]


@feedback.get("/feedback")
@requires(Permission.FEEDBACK_SUBMIT)
def index() -> ResponseReturnValue:
    """Owed and today's shifts first, then what was sent in the last 7 days."""
    who, at = actor(), now()
    record()
    shifts = {shift.public_id: shift for shift in at_my_sites(reads(), who, at) + of_my_people(reads(), who, at)}
    sent = sent_lately(reads(), who, at)
    done = {row.shift for row in sent}
    waiting = [shift for shift in shifts.values() if shift.public_id not in done]
    return render_template("feedback/index.html", waiting=waiting, sent=sent, today=today())


@feedback.route("/feedback/<public_id>", methods=["GET", "POST"])
@requires(Permission.FEEDBACK_SUBMIT)
def submit(public_id: str) -> ResponseReturnValue:
    """The form of one shift. Without a script, in as few taps as there are tasks, and one to send."""
    shift = feedback_form(reads(), actor(), now(), public_id)
    record(shift.participant_id)
    form = AnswersForm(obj=None, data=_present(shift))
    if form.validate_on_submit():
        try:
            submit_feedback(work(), actor(), _command(shift, form))
        except Refused as error:
            form.refuse(error)
        except Stale as error:
            form.renew(error)
            return _form_page(shift, form, changed=True)
        else:
            return redirect(url_for("feedback.sent", public_id=public_id), 303)
    return _form_page(shift, form)


@feedback.get("/feedback/<public_id>/sent")
@requires(Permission.FEEDBACK_SUBMIT)
def sent(public_id: str) -> ResponseReturnValue:
    """Thanks, with what was just sent and nothing else."""
    shift = feedback_form(reads(), actor(), now(), public_id)
    record(shift.participant_id)
    if shift.own is None:
        return redirect(url_for("feedback.submit", public_id=public_id))
    by_rank = {level.rank: level.name for level in shift.levels}
    answered = [(task, by_rank.get(task.answer.rank or 0)) for task in shift.tasks if task.answer is not None]
    return render_template(
        "feedback/sent.html", shift=shift, answered=answered, away=is_away(shift.attendance), today=today()
    )


@feedback.route("/feedback/<public_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.FEEDBACK_WITHDRAW)
def withdraw(public_id: str) -> ResponseReturnValue:
    found = to_withdraw(reads(), actor(), now(), public_id)
    record(found.participant_id)
    back = url_for("shifts.show", public_id=found.shift)
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            gone = withdraw_feedback(work(), actor(), public_id, form.reason.data or "")
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("The feedback is withdrawn."))
            _tell_withdrawn(gone)
            return redirect(back, 303)
    page = render_template("feedback/withdraw.html", found=found, form=form, back=back)
    return page, 422 if form.errors else 200


@feedback.route("/feedback/<public_id>/correct", methods=["GET", "POST"])
@requires(Permission.FEEDBACK_WITHDRAW)
def correct(public_id: str) -> ResponseReturnValue:
    """Put right a slip in somebody's answers; what they wrote in words stays theirs."""
    found = correction_form(reads(), actor(), now(), public_id)
    record(found.participant_id)
    form = CorrectForm(version=found.version)
    if form.validate_on_submit():
        try:
            done = correct_feedback(work(), actor(), _correction(public_id, found, form))
        except Refused as error:
            form.refuse(error)
        except Stale:
            flash(_("Somebody changed this feedback meanwhile. Please look again."), "error")
            return redirect(url_for("feedback.correct", public_id=public_id), 303)
        else:
            flash(_("The answers are corrected."))
            _tell_withdrawn(done.withdrawn)
            return redirect(url_for("shifts.show", public_id=found.shift), 303)
    asked = questions(found, request.form if request.method == "POST" else None)
    page = render_template(
        "feedback/correct.html", found=found, form=form, asked=asked, levels=choices(found), reasons=reasons()
    )
    return page, 422 if form.errors else 200


def _correction(public_id: str, found: Correction, form: CorrectForm) -> CorrectFeedback:
    answers = tuple(Answer(one.task, one.level, one.not_today) for one in ratings(found, request.form))
    return CorrectFeedback(public_id, form.seen_version, answers, form.reason.data or "")


def _tell_withdrawn(gone: int) -> None:
    if gone:
        flash(ngettext("%(num)s milestone is withdrawn too.", "%(num)s milestones are withdrawn too.", gone))


def _present(shift: FeedbackForm) -> dict[str, object]:
    """The form as it opens: what was sent before, otherwise empty."""
    own = shift.own
    texts = {"went_well": own.went_well, "try_next": own.try_next, "note": own.note} if own else {}
    return {"key": str(uuid4()), "seen": str(own.version if own else 0), **texts}


def _command(shift: FeedbackForm, form: AnswersForm) -> SubmitFeedback:
    """From the form's shape to the command."""
    said = given(shift, form, request.form)
    answered = tuple(TaskRating(one.task, one.level, one.not_today, steps=one.steps) for one in said.answers)
    return SubmitFeedback(
        shift=shift.shift,
        key=form.key.data or "",
        attendance=said.attendance,
        ratings=answered,
        went_well=said.went_well,
        try_next=said.try_next,
        note=said.note,
        unlisted=said.unlisted,
        seen=said.seen,
    )


def _form_page(shift: FeedbackForm, form: AnswersForm, changed: bool = False) -> ResponseReturnValue:
    """``changed``: something else was sent since this form was opened; what was written stays."""
    added = [(task["name"], task.get("level", "")) for task in shift.own.unlisted] if shift.own else []
    posted = request.form if request.method == "POST" else None
    page = render_template(
        "feedback/submit.html",
        shift=shift,
        form=form,
        parts=form_parts(shift, posted, shift.attendance if shift.own else None, added),
        away=is_away(shift.attendance),
        changed=changed,
        today=today(),
    )
    return page, 409 if changed else 422 if form.errors else 200
