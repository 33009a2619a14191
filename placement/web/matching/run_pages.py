"""Runs: the list, one run with its pairs, one person in it."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.proposals import RunState, run_state_words
from placement.policy.permissions import Permission
from placement.queries.matching.pair import person_in_run
from placement.queries.matching.pairs import SORTS, PairFilter, run_bans, run_left_out, run_pairs
from placement.queries.matching.runs import RunHead, run_head, run_list
from placement.web.current import actor, reads
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, neighbors
from placement.web.matching.blueprint import matching
from placement.web.matching.fit import explained_bar, stored_bar
from placement.web.matching.solving_pages import solving_page

#: How many people left out, and other openings of one person, a page shows.
MOST_LEFT_OUT = 100
MOST_OTHERS = 60


@matching.get("/matching")
@requires(Permission.MATCHING_RUN)
def index() -> ResponseReturnValue:
    page = run_list(reads(), actor(), cursor())
    record()
    return render_template("matching/index.html", rows=page.rows, words=run_state_words, **neighbors(page))


@matching.get("/matching/<public_id>")
@requires(Permission.MATCHING_RUN)
def show(public_id: str) -> ResponseReturnValue:
    run = run_head(reads(), actor(), public_id)
    unsolved = solving_page(run)
    if unsolved is not None:
        return unsolved
    sort = asked("sort", SORTS) or "-fit"
    page = run_pairs(reads(), run, PairFilter(sort=sort), cursor())
    left_out = run_left_out(reads(), run, size=MOST_LEFT_OUT).rows
    bans = run_bans(reads(), run)
    record()
    args = {"public_id": public_id}
    return render_template(
        "matching/show.html", run=run, sort=sort, args=args, left_out=left_out, bans=bans, headline=headline(run),
        rows=[(pair, stored_bar(pair.parts, run.settings.weights)) for pair in page.rows],
        more_left_out=run.people - run.placed - len(left_out), draft=run.state is RunState.DRAFT,
        **neighbors(page, sort=sort),
    )  # fmt: skip


@matching.get("/matching/<public_id>/people/<participant>")
@requires(Permission.MATCHING_RUN)
def pair(public_id: str, participant: str) -> ResponseReturnValue:
    found = person_in_run(reads(), actor(), public_id, participant)
    record(found.participant_id)
    return render_template(
        "matching/pair.html", found=found, run=found.run, draft=found.run.state is RunState.DRAFT,
        bar=explained_bar(found.parts) if found.parts else None, others=found.others[:MOST_OTHERS],
        more=max(0, len(found.others) - MOST_OTHERS),
    )  # fmt: skip


def headline(run: RunHead) -> str:
    """The first sentence: how many have a place, and what that is worth."""
    count = _("%(placed)s of %(people)s placed.", placed=run.standing, people=run.people)
    if run.state is RunState.CONFIRMED:
        worth = _("Confirmed.")
    elif run.state is RunState.DISCARDED:
        worth = _("Discarded.")
    elif run.removed:
        worth = _("Run again to look for other places.")
    else:
        worth = _("Proved best under these rules.") if run.proved_best else ""
    return f"{count} {worth}".rstrip()
