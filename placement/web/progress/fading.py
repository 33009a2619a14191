"""Stepping back in a placement: how it stands, the next step, whether it holds."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.charts.shares import share_chart
from placement.domain.errors import Refused
from placement.domain.fading import follow_along_words, state_words
from placement.policy.permissions import Permission
from placement.queries.progress.fading import FadingPage, fading_page
from placement.usecases.progress.fading import TakeStep, hold_step, step_back, take_step, watch_again
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.progress.blueprint import progress
from placement.web.progress.fading_forms import StepForm
from placement.web.progress.fading_words import heading
from placement.web.undo import flash_undo
from placement.web.words import day as day_words


@progress.route("/placements/<public_id>/fading", methods=["GET", "POST"])
@requires(Permission.FADING_STEP)
def fading(public_id: str) -> ResponseReturnValue:
    found = fading_page(reads(), actor(), public_id, today())
    record(found.participant_id)
    form = StepForm(data=_beginning(found))
    if form.validate_on_submit():
        try:
            step = take_step(work(), actor(), _step(form, public_id))
        except Refused as error:
            form.refuse(error)
        else:
            done = _("The step is taken. It is watched until %(day)s.", day=day_words(form.watch_until.data))
            flash_undo(done, url_for("progress.fading_back", public_id=step), _("Take it back"))
            return redirect(url_for("progress.fading", public_id=public_id), 303)
    return render_template(
        "progress/fading.html", found=found, form=form, chart=share_chart(found.weeks), heading=heading(found),
        state_words=state_words, follow_along=follow_along_words(), today=today(),
    ), 422 if form.errors else 200  # fmt: skip


@progress.post("/fading/<public_id>/holds")
@requires(Permission.FADING_STEP)
def fading_holds(public_id: str) -> ResponseReturnValue:
    placement = hold_step(work(), actor(), public_id)
    flash_undo(_("Noted: it holds."), url_for("progress.fading_again", public_id=public_id))
    return redirect(url_for("progress.fading", public_id=placement), 303)


@progress.post("/fading/<public_id>/back")
@requires(Permission.FADING_STEP)
def fading_back(public_id: str) -> ResponseReturnValue:
    """As much coaching as before, at once."""
    placement = step_back(work(), actor(), public_id)
    flash_undo(_("Taken back: as much coaching as before."), url_for("progress.fading_again", public_id=public_id))
    return redirect(url_for("progress.fading", public_id=placement), 303)


@progress.post("/fading/<public_id>/again")
@requires(Permission.FADING_STEP)
def fading_again(public_id: str) -> ResponseReturnValue:
    """Undo either answer: it is watched again."""
    placement = watch_again(work(), actor(), public_id)
    flash(_("The step is watched again."))
    return redirect(url_for("progress.fading", public_id=placement), 303)


def _beginning(found: FadingPage) -> dict[str, Any]:
    proposal = found.proposal
    return {
        "share_before": None if proposal.share_now is None else round(proposal.share_now),
        "share_after": proposal.next_share,
        "watch_until": found.watched_until,
    }


def _step(form: StepForm, public_id: str) -> TakeStep:
    return TakeStep(
        public_id, form.share_before.data or 0, form.share_after.data or 0, form.watch_until.data, form.note.data or ""
    )
