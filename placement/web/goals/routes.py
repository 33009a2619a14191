"""Goals: a participant's list, one goal with its course, setting it aside."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.errors import Refused
from placement.domain.goals import SCORES, score_words, t_sentence
from placement.policy.permissions import Permission
from placement.queries.goals.listing import goals_of, own_goals
from placement.queries.goals.one import one_goal
from placement.queries.progress.page import own_public_id
from placement.usecases.goals.set_aside import set_goal_aside
from placement.web.current import actor, reads, today, work
from placement.web.gate import record, requires
from placement.web.goals import write_pages
from placement.web.goals.blueprint import goals
from placement.web.goals.forms import level_words
from placement.web.undo import flash_undo
from placement.web.words import say

__all__ = ["goals", "write_pages"]


@goals.get("/goals")
@requires(Permission.PLACEMENT_ANSWER)
def mine() -> ResponseReturnValue:
    """The participant's own goals, in words."""
    found = own_goals(reads(), actor())
    record(found.participant_id)
    return render_template("goals/index.html", found=found, own=True, t=None, today=today(), score_words=score_words)


@goals.get("/participants/<public_id>/goals")
@requires(Permission.GOAL_SEE)
def index(public_id: str) -> ResponseReturnValue:
    """The goals of somebody one looks after, with what they sum up to."""
    if public_id == own_public_id(reads(), actor()):
        return redirect(url_for("goals.mine"))
    found = goals_of(reads(), actor(), public_id)
    record(found.participant_id)
    t = None if found.t is None else t_sentence(found.t, found.rated)
    return render_template("goals/index.html", found=found, own=False, t=t, today=today(), score_words=score_words)


@goals.get("/goals/<public_id>")
@requires(Permission.GOAL_SEE)
def show(public_id: str) -> ResponseReturnValue:
    """One goal: its levels, where it stands, and its course."""
    found = one_goal(reads(), actor(), public_id)
    record(found.participant_id)
    levels = [(score, level_words(found.row, score)) for score in reversed(SCORES)]
    return render_template(
        "goals/show.html",
        found=found,
        levels=levels,
        words=dict(levels),
        tasks=[say(task.name) for task in found.tasks if task.public_id in found.linked],
        back=list_of(found.own, found.participant),
    )


@goals.post("/goals/<public_id>/aside")
@requires(Permission.GOAL_EDIT)
def aside(public_id: str) -> ResponseReturnValue:
    """Set it aside; ``again``: take it up again."""
    again = request.form.get("again") == "1"
    try:
        set_goal_aside(work(), actor(), public_id, aside=not again)
    except Refused as error:
        flash(say(error.reason), "error")
    else:
        if again:
            flash(_("The goal is taken up again."))
        else:
            flash_undo(_("The goal is set aside."), url_for("goals.aside", public_id=public_id), again="1")
    return redirect(url_for("goals.show", public_id=public_id), 303)


def list_of(own: bool, participant: str) -> str:
    """Where the goals of a participant stand."""
    return url_for("goals.mine") if own else url_for("goals.index", public_id=participant)
