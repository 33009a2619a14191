"""A run that is still being solved, or could not be: shown in place of its pairs."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from placement.domain.proposals import RunState
from placement.domain.words import Say, say
from placement.queries.matching.runs import RunHead
from placement.queries.matching.solving import unsolved
from placement.web.current import actor, reads

#: What is being done, up to which percent (exclusive).
_STAGES = (
    (1, say("Waiting for its turn. It starts by itself in a few seconds.")),
    (30, say("Looking at every person and every opening: rules, and how well they fit.")),
    (65, say("Finding the best pairs for everybody together.")),
    (85, say("Checking the result.")),
    (101, say("Keeping the result.")),
)


def solving_page(run: RunHead) -> ResponseReturnValue | None:
    """The page of a run without an answer; None for every other run. Nobody's name is on it."""
    if run.state is RunState.SOLVING:
        now = unsolved(reads(), actor(), run.public_id)
        return render_template("matching/solving.html", run=run, progress=now.progress, stage=stage(now.progress))
    if run.state is RunState.FAILED:
        now = unsolved(reads(), actor(), run.public_id)
        return render_template("matching/failed.html", run=run, failure=now.failure)
    return None


def stage(progress: int) -> Say:
    """What is being done at this percent."""
    return next(words for end, words in _STAGES if progress < end)
