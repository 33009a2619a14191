"""The caseload: one line for each person on placement."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from placement.domain.trend import trend_words
from placement.domain.verdict import Trend
from placement.domain.words import Say, say, say_n
from placement.policy.permissions import Permission
from placement.queries.progress.caseload import SHOWS, SORTS, CaseFilter, CaseRow, caseload
from placement.web.current import actor, now, reads, today
from placement.web.gate import record, requires
from placement.web.lists import asked, cursor, given, neighbors
from placement.web.progress.blueprint import progress


@progress.get("/caseload")
@requires(Permission.PARTICIPANT_LIST)
def people() -> ResponseReturnValue:
    """Those who need more help again first; search, filters and two orders."""
    who = actor()
    sort = asked("sort", SORTS) or "look"
    wanted = CaseFilter(asked("q"), asked("whose", ("mine", "covering")), asked("show", SHOWS), sort)
    page = caseload(reads(), who, wanted, now(), cursor())
    record()
    kept = given(q=wanted.search, whose=wanted.whose, show=wanted.show, sort="" if sort == "look" else sort)
    return render_template(
        "progress/caseload.html",
        page=page,
        wanted=wanted,
        kept=kept,
        chosen=bool(wanted.search or wanted.whose or wanted.show),
        both=bool(who.caseload),
        summary=summary,
        next_line=next_line,
        trend_words=trend_words,
        today=today(),
        **neighbors(page, **kept),
    )


def summary(row: CaseRow) -> list[Say]:
    """How many tasks are how, in words; what needs somebody first."""
    counts = row.counts
    more, growing = counts.get(Trend.NEEDS_MORE_HELP, 0), counts.get(Trend.GROWING, 0)
    steady, early = counts.get(Trend.STEADY, 0), counts.get(Trend.TOO_EARLY, 0)
    said = (
        (more, say_n("%(n)s task needs more help again", "%(n)s tasks need more help again", more)),
        (growing, say_n("%(n)s task growing", "%(n)s tasks growing", growing)),
        (steady, say_n("%(n)s task steady", "%(n)s tasks steady", steady)),
        (early, say_n("%(n)s task too early to tell", "%(n)s tasks too early to tell", early)),
    )
    return [words for count, words in said if count]


def next_line(row: CaseRow) -> Say | None:
    """The next milestone: a check of a mastered task, or the task nearest to mastery."""
    if row.check is not None:
        name, due = row.check
        if due <= today():
            return say("%(task)s: check is due", task=name)
        return say("%(task)s: check due on %(day)s", task=name, day=due)
    task = row.nearest
    if task is None:
        return None
    return say("%(task)s: alone %(run)s of %(needed)s times", task=task.name, run=task.run, needed=task.needed)
