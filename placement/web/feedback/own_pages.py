"""The participant's own view of a shift: a minute, if they like."""

from __future__ import annotations

from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.policy.permissions import Permission
from placement.queries.feedback.own_view import OwnViewForm, own_view_form
from placement.usecases.effects.observations import Answer
from placement.usecases.feedback.own_view import GiveOwnView, give_own_view, take_back_own_view
from placement.web.answers import choices, questions, ratings, reasons
from placement.web.current import actor, now, reads, today, work
from placement.web.feedback.blueprint import feedback
from placement.web.feedback.forms import OwnAnswersForm
from placement.web.gate import record, requires
from placement.web.undo import flash_undo


@feedback.route("/shifts/<public_id>/my-view", methods=["GET", "POST"])
@requires(Permission.OWN_VIEW_GIVE)
def own(public_id: str) -> ResponseReturnValue:
    """The same questions and levels as the shop's; every one may be left out."""
    shift = own_view_form(reads(), actor(), now(), public_id)
    record(shift.participant_id)
    form = OwnAnswersForm(data={"key": str(uuid4())})
    if form.validate_on_submit():
        try:
            give_own_view(work(), actor(), GiveOwnView(public_id, form.key.data or "", _answers(shift)))
        except Refused as error:
            form.refuse(error)
        else:
            flash(_("Thank you. It is noted."))
            return redirect(url_for("shifts.show", public_id=public_id), 303)
    asked = questions(shift, request.form if request.method == "POST" else None)
    page = render_template(
        "feedback/own.html",
        shift=shift,
        form=form,
        asked=asked,
        levels=choices(shift),
        reasons=reasons(),
        today=today(),
    )
    return page, 422 if form.errors else 200


@feedback.post("/shifts/<public_id>/my-view/remove")
@requires(Permission.OWN_VIEW_GIVE)
def own_remove(public_id: str) -> ResponseReturnValue:
    """Take it back; the answer offers to say it again."""
    shift = own_view_form(reads(), actor(), now(), public_id)
    said = {question.name: question.value for question in questions(shift, None) if question.value}
    take_back_own_view(work(), actor(), public_id)
    if said and shift.closed is None:
        flash_undo(_("Taken back."), url_for("feedback.own", public_id=public_id), key=str(uuid4()), **said)
    else:
        flash(_("Taken back."))
    return redirect(url_for("shifts.show", public_id=public_id), 303)


def _answers(shift: OwnViewForm) -> tuple[Answer, ...]:
    return ratings(shift, request.form)
