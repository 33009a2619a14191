"""A task's record turned into its chart, its two phases and what their figures say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from placement.catalog.read import scale
from placement.charts.independence import Alone, Of, independence_chart
from placement.charts.levels import Level, LevelChart, LevelPoint, Mark, Span, level_chart
from placement.charts.pairs import Pair, pairs_chart
from placement.charts.picture import Chart
from placement.charts.scale import LevelScale, Words
from placement.domain.comparison import Figure, caution, compare, figures
from placement.domain.summaries import monday_of
from placement.domain.support import is_alone
from placement.domain.verdict import FEWEST, verdict_sentence
from placement.domain.words import Say, say
from placement.queries.progress.task import Point, TaskRecord
from placement.web.progress.charts import point_note
from placement.web.progress.phase_lines import phase_line
from placement.web.progress.sentences import title
from placement.web.progress.task_forms import PhaseForm

DAY = timedelta(days=1)
FEWEST_WEEKS = 3


@dataclass(frozen=True, slots=True)
class Phases:
    """The earlier and the later points, how they were chosen, and what comparing them says."""

    how: Say
    earlier: tuple[Point, ...]
    later: tuple[Point, ...]
    caution: Say | None
    figures: tuple[Figure, ...]


def chosen_phases(found: TaskRecord, form: PhaseForm) -> Phases:
    """By days, else by a phase line, else the last ratings with as many before (see ``domain.verdict``)."""
    if form.a_from.data or form.a_to.data or form.b_from.data or form.b_to.data:
        return _by_days(found, form)
    days = {event.public_id: event.day for event in found.events}
    if form.line.data in days:
        return _by_line(found, days[form.line.data], sorted(days.values()))
    size = found.trend_size if found.trend_size >= FEWEST else 0
    rated = [place for place, point in enumerate(found.points) if point.rank is not None]
    if not size or len(rated) < 2 * size:
        how = say("Too few ratings since it began or something changed. Choose a phase line or days to compare.")
        return _compared(how, (), ())
    start, middle = rated[-2 * size], rated[-size]
    how = say("The last %(n)s ratings with the %(n)s before them.", n=size)
    return _compared(how, found.points[start:middle], found.points[middle:])


def _by_days(found: TaskRecord, form: PhaseForm) -> Phases:
    """An open end reaches as far as there are points; the later phase begins where the earlier ended, or after it."""
    a_to = form.a_to.data or (form.b_from.data - DAY if form.b_from.data else None)
    earlier = _between(found.points, form.a_from.data, a_to)
    b_from = form.b_from.data or (a_to + DAY if a_to else None)
    later = _between(found.points, b_from, form.b_to.data) if b_from else ()
    if a_to and b_from and b_from <= a_to:
        return _compared(say("The later phase must begin after the baseline has ended."), (), ())
    return _compared(say("Baseline and later phase as chosen by days."), earlier if a_to else (), later)


def _by_line(found: TaskRecord, day: date, lines: Sequence[date]) -> Phases:
    """From the line before to this one, and from this one to the next."""
    before = max((other for other in lines if other < day), default=None)
    after = min((other for other in lines if other > day), default=None)
    last = after - DAY if after else None
    return _compared(
        say("Before and after the line of %(day)s, each as far as the next line.", day=day),
        _between(found.points, before, day - DAY),
        _between(found.points, day, last),
    )


def _between(points: Sequence[Point], first: date | None, last: date | None) -> tuple[Point, ...]:
    return tuple(
        point for point in points if (first is None or point.day >= first) and (last is None or point.day <= last)
    )


def _compared(how: Say, earlier: Sequence[Point], later: Sequence[Point]) -> Phases:
    found = compare([point.rank for point in earlier], [point.rank for point in later])
    chosen = bool(earlier or later)
    return Phases(
        how, tuple(earlier), tuple(later), caution(found) if chosen else None, figures(found) if found else ()
    )  # fmt: skip


def chart_of(found: TaskRecord, phases: Phases) -> LevelChart | None:
    """None while the program has no scale, or nobody has rated the task."""
    levels = [Level(level.rank, level.name) for level in found.levels]
    if len(levels) < 2 or not found.points:
        return None
    return level_chart(
        [
            LevelPoint(
                point.day,
                point.rank,
                point.shift,
                note=point_note(point.where, " · ".join(note.text for note in point.notes)),
            )
            for point in found.points
        ],
        levels,
        [
            *(Mark(reached.day, title(reached)) for reached in found.milestones),
            *(
                Mark(day, say("check: kept") if kept else say("check: needs a look"), kept)
                for day, kept in found.checks
            ),
        ],
        [phase_line(event) for event in found.events],
        spans=[span for span in (_span(phases.earlier), _span(phases.later)) if span is not None],
    )


def _span(points: Sequence[Point]) -> Span | None:
    ranks = [point.rank for point in points if point.rank is not None]
    return Span(points[0].day, points[-1].day, float(median(ranks))) if ranks else None


def often_of(found: TaskRecord) -> Chart | None:
    """On what share of a week's shifts it was done alone; None below three weeks, which the rows tell better."""
    weeks: dict[date, list[bool]] = {}
    for point in found.points:
        if point.rank is not None:
            weeks.setdefault(monday_of(point.day), []).append(is_alone(point.rank))
    if len(weeks) < FEWEST_WEEKS:
        return None
    shares = [Alone(monday, sum(alone), len(alone)) for monday, alone in weeks.items()]
    return independence_chart(shares, [phase_line(event) for event in found.events], of=Of.SHIFTS)


def views_of(found: TaskRecord) -> Chart | None:
    """The person's own word beside the shop's; None while no shift has both."""
    levels = [Level(level.rank, level.name) for level in found.levels]
    pairs = [
        Pair(point.day, point.own, point.rank, point.shift)
        for point in found.points
        if point.own is not None and point.rank is not None
    ]
    return pairs_chart(pairs, levels) if pairs and len(levels) > 1 else None


def verdict_of(found: TaskRecord) -> Say:
    """What its latest stretch says, with the arithmetic."""
    return verdict_sentence(found.trend, found.trend_nap, found.trend_size, found.trend_rated, found.trend_shifts)


def level_words(found: TaskRecord) -> dict[int, Words]:
    """Rank → its words on the scale in force."""
    levels = [Level(level.rank, level.name) for level in found.levels]
    if len(levels) < 2:
        return {}
    drawn = LevelScale.of(levels)
    ranks = {saw.rank for point in found.points for saw in point.saw if saw.rank is not None}
    return {rank: drawn.words(rank) for rank in ranks}


def reasons() -> dict[str, Words]:
    """Why a task was not tried, where that was said."""
    return {reason.key: reason.name for reason in scale().reasons}
