"""Runs: the list, one run with its pairs, the same on paper."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from placement.domain.matching.aims import PROOF_WORDS, minimum_words, weights_words
from placement.domain.proposals import RunState, run_state_words
from placement.policy.permissions import Permission
from placement.queries.matching.pairs import (
    SHOWS,
    SORTS,
    PairFilter,
    PairLine,
    all_pairs,
    run_bans,
    run_left_out,
    run_pairs,
)
from placement.queries.matching.runs import RunHead, run_head, run_list
from placement.queries.pages import Page
from placement.web.current import actor, reads
from placement.web.forms import whole_number
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, given, neighbors
from placement.web.matching.aims import AIMS
from placement.web.matching.blueprint import matching
from placement.web.matching.fit import stored_bar
from placement.web.matching.sentences import headline, weakest
from placement.web.matching.solving_pages import solving_page

#: How many people left out stand beside the pairs; the rest is a click away.
MOST_LEFT_OUT = 12
#: Everybody, as far as a run goes.
MOST_ON_PAPER = 10_000
#: What a run aims for, as it was chosen.
TITLES = {aim.mode: aim.title for aim in AIMS}
#: Fits in percent below which pairs can be shown alone.
BELOW = (40, 50, 60, 70, 80)


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
    wanted, kept = asked_for()
    alone = wanted.show == "left"
    page: Page[PairLine] = Page([]) if alone else run_pairs(reads(), run, wanted, cursor())
    plain = not wanted.search and not wanted.show
    left: Page[Any] = Page([])
    if alone or plain:
        left = run_left_out(reads(), run, wanted.search, cursor() if alone else None, 100 if alone else MOST_LEFT_OUT)
    bans = run_bans(reads(), run) if plain or wanted.show == "out" else []
    record()
    sort = {} if wanted.sort == SORTS[0] else {"sort": wanted.sort}
    return render_template(
        "matching/show.html", run=run, wanted=wanted, kept=kept, alone=alone, plain=plain, headline=headline(run),
        rows=_drawn(run, page.rows), left_out=left.rows, more_left_out=run.people - run.placed - len(left.rows),
        bans=bans, draft=run.state is RunState.DRAFT, below=BELOW, back=given(**kept, **sort), **about(run),
        **neighbors(left if alone else page, **kept, **sort),
    )  # fmt: skip


@matching.get("/matching/<public_id>/print")
@requires(Permission.MATCHING_RUN)
def on_paper(public_id: str) -> ResponseReturnValue:
    """Everybody of the run, for paper."""
    run = run_head(reads(), actor(), public_id)
    unsolved = solving_page(run)
    if unsolved is not None:
        return unsolved
    rows = all_pairs(reads(), run, MOST_ON_PAPER)
    left = run_left_out(reads(), run, size=MOST_ON_PAPER).rows
    record()
    return render_template(
        "matching/print.html", run=run, rows=_drawn(run, rows), left_out=left, headline=headline(run), **about(run)
    )  # fmt: skip


def asked_for() -> tuple[PairFilter, dict[str, str]]:
    """What the address asks to see, and the same as parameters. "below-55" is a fit below 55 %."""
    text = asked("show")
    show, _sep, number = text.partition("-")
    points = whole_number(number) if show == "below" else None
    if show not in SHOWS or (show == "below" and not 1 <= (points or 0) <= 100):
        text, show, points = "", "", None
    search = asked("q")
    wanted = PairFilter(search, show, None if points is None else points * 100, asked("sort", SORTS) or SORTS[0])
    return wanted, given(q=search, show=text)


def about(run: RunHead) -> dict[str, Any]:
    """The run's rules in words."""
    mode = run.settings.mode
    return {
        "aim": TITLES[mode], "proof": PROOF_WORDS[mode] if run.proved_best else None,
        "weights": weights_words(run.settings), "minimum": minimum_words(run.settings),
    }  # fmt: skip


def _drawn(run: RunHead, pairs: list[PairLine]) -> list[tuple[Any, ...]]:
    weights = run.settings.weights
    return [(pair, stored_bar(pair.parts, weights), weakest(pair.parts, weights)) for pair in pairs]
