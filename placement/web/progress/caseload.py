"""The caseload: one line for each person on placement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from placement.charts.multiples import WEEKS, middle_levels, small_chart, small_summary, week_words
from placement.charts.picture import Picture
from placement.charts.scale import Level, Words
from placement.domain.summaries import monday_of
from placement.domain.trend import trend_words
from placement.domain.verdict import Trend
from placement.domain.words import Say, say, say_n
from placement.policy.permissions import Permission
from placement.queries.progress.caseload import Caseload, CaseRow, caseload
from placement.queries.progress.caseload_people import SHOWS, SORTS, CaseFilter
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
    found = caseload(reads(), who, wanted, now(), cursor())
    page = found.page
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
        small=small_charts(found),
        mondays=mondays(),
        today=today(),
        **neighbors(page, **kept),
    )


@dataclass(frozen=True, slots=True)
class Small:
    """One person's last weeks: the picture (None without answers), in a sentence, and week by week, oldest first."""

    picture: Picture | None
    about: Say
    words: tuple[Words | None, ...]


def small_charts(found: Caseload) -> dict[str, Small]:
    """Participant → their small chart, all on the same weeks and levels; none while the program has no scale."""
    levels = [Level(level.rank, level.name) for level in found.levels]
    if len(levels) < 2:
        return {}
    last = monday_of(today())
    charts = {}
    for row in found.page.rows:
        ranks = middle_levels(row.weeks, last)
        charts[row.participant] = Small(
            small_chart(ranks, levels, last), small_summary(ranks, levels), week_words(ranks, levels)
        )
    return charts


def mondays() -> list[date]:
    """The weeks of the small charts, oldest first."""
    last = monday_of(today())
    return [last - timedelta(weeks=WEEKS - 1 - nth) for nth in range(WEEKS)]


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
