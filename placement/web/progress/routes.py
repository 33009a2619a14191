"""Progress: one page for the participant and for those who look after them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.trend import change_sentence, change_sentence_for_staff
from placement.policy.permissions import Permission
from placement.queries.progress.page import milestone_owner, own_progress, own_public_id, staff_progress
from placement.usecases.progress.tell import tell_milestone
from placement.web.current import actor, now, reads, work
from placement.web.gate import record, requires
from placement.web.progress import (
    beside,
    caseload,
    chosen,
    events,
    fading,
    independence,
    portfolio,
    program_rules,
    rules,
    series,
    task,
)
from placement.web.progress.again import again_of
from placement.web.progress.blueprint import progress
from placement.web.progress.charts import view_of
from placement.web.progress.sentences import next_words, next_words_for_staff

__all__ = [
    "beside",
    "caseload",
    "chosen",
    "events",
    "fading",
    "independence",
    "portfolio",
    "program_rules",
    "progress",
    "rules",
    "series",
    "task",
]


@progress.get("/progress")
@requires(Permission.PLACEMENT_ANSWER)
def mine() -> ResponseReturnValue:
    """The participant's own page."""
    found = own_progress(reads(), actor(), now(), _every_task())
    record(found.participant_id)
    return render_template(
        "progress/page.html",
        **view_of(found),
        heading=change_sentence(found.change, found.shifts),
        next_words=next_words(found.next),
        again=again_of(found),
        own=True,
    )


@progress.get("/participants/<public_id>/progress")
@requires(Permission.PROGRESS_SEE)
def show(public_id: str) -> ResponseReturnValue:
    """The page for the coordinator, and for the therapist or coach of this participant."""
    if public_id == own_public_id(reads(), actor()):
        return redirect(url_for("progress.mine"))
    found = staff_progress(reads(), actor(), public_id, now(), _every_task())
    record(found.participant_id)
    return render_template(
        "progress/page.html",
        **view_of(found),
        heading=change_sentence_for_staff(found.change, found.shifts),
        next_words=next_words_for_staff(found.next),
        own=False,
    )


@progress.post("/milestones/<public_id>/told")
@requires(Permission.MILESTONE_TELL)
def tell(public_id: str) -> ResponseReturnValue:
    """Somebody has told the participant that a milestone was withdrawn."""
    whose = milestone_owner(reads(), actor(), public_id)
    tell_milestone(work(), actor(), public_id)
    flash(_("Noted. Their page no longer shows this milestone."))
    return redirect(url_for("progress.show", public_id=whose), 303)


def _every_task() -> bool:
    return request.args.get("tasks") == "all"
