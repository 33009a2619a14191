"""What a progress page says in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placement.charts.scale import Level, LevelScale, Words
from placement.domain.maintenance import kept_words, upkeep_words
from placement.domain.milestone_words import evidence_words, milestone_words, reach_words
from placement.domain.support import is_alone
from placement.domain.verdict import verdict_sentence
from placement.domain.words import Say, say, say_n
from placement.queries.progress.records import NextOne, Reached, TaskProgress

#: Longer stretches are said in months.
MONTHS_FROM = 180


def task_sentence(task: TaskProgress, levels: Sequence[Level]) -> Say:
    """From the first to the last answer, and how long that took: a fact, not a verdict."""
    scale = LevelScale.of(levels)
    first, last = scale.words(task.first_rank), scale.words(task.last_rank)
    if task.rated == 1:
        return say("One answer so far: “%(last)s”.", last=last)
    if task.last_rank > task.first_rank:
        return _grown(first, last, (task.last_day - task.first_day).days)
    if task.best_rank > task.last_rank:
        best = scale.words(task.best_rank)
        return say("“%(best)s” at best so far, “%(last)s” the last time.", best=best, last=last)
    if is_alone(task.last_rank):
        return say("“%(last)s” the first time, and “%(last)s” the last time.", last=last)
    return say("“%(last)s” the last time, as at the beginning.", last=last)


def task_verdict(task: TaskProgress) -> Say:
    """What its latest stretch says, with the arithmetic, to staff."""
    return verdict_sentence(task.trend, task.trend_nap, task.trend_size, task.trend_rated, task.trend_shifts)


def _grown(first: Words, last: Words, days: int) -> Say:
    """In weeks, or months where that is easier to picture."""
    if days >= MONTHS_FROM:
        return say_n(
            "From “%(first)s” to “%(last)s” in %(n)s month.",
            "From “%(first)s” to “%(last)s” in %(n)s months.",
            days // 30,
            first=first,
            last=last,
        )
    if days >= 7:
        return say_n(
            "From “%(first)s” to “%(last)s” in %(n)s week.",
            "From “%(first)s” to “%(last)s” in %(n)s weeks.",
            days // 7,
            first=first,
            last=last,
        )
    return say("From “%(first)s” to “%(last)s” within a week.", first=first, last=last)


def title(milestone: Reached) -> Say:
    """A milestone's name."""
    return milestone_words(
        milestone.kind,
        task=milestone.task,
        percent=milestone.percent,
        occasions=milestone.occasions,
        amount=milestone.amount,
        name=milestone.words,
    )


def kept(milestone: Reached) -> Say | None:
    """For how long a mastered task was kept, to the participant."""
    checks = milestone.checks
    return None if checks is None or checks.kept is None else kept_words(checks.kept, milestone.day)


def upkeep(milestone: Reached, today: date) -> Say | None:
    """How a mastered task stands, to staff."""
    return None if milestone.checks is None else upkeep_words(milestone.checks, milestone.day, today)


def proof(milestone: Reached) -> Say | None:
    """What proves it, for the milestones whose evidence is shown."""
    if not milestone.evidence:
        return None
    return evidence_words(milestone.kind, sorted(proof.day for proof in milestone.evidence), milestone.raters)


def next_words(coming: NextOne | None) -> Say | None:
    """What is still missing for the nearest milestone, to the participant."""
    return None if coming is None else reach_words(coming.reach, coming.task)


def next_words_for_staff(coming: NextOne | None) -> Say | None:
    """The same about a participant."""
    if coming is None:
        return None
    if coming.reach.done >= coming.reach.needed:
        return say("“%(task)s” is reached once somebody else has seen it too.", task=coming.task)
    return say_n(
        "“%(task)s” is reached with %(n)s more shift like the last one.",
        "“%(task)s” is reached with %(n)s more shifts like the last one.",
        coming.reach.more,
        task=coming.task,
    )
