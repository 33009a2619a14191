"""What speaks for and against a next step back of the coach.

The criteria are those an employer would use (9 of 10 trials, 5 of 7 days): 9 of the last 10 alone or after a
reminder, came to 5 of the last 7 shifts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from placement.domain.events import EventKind, event_words
from placement.domain.support import CanonicalRank
from placement.domain.verdict import Trend
from placement.domain.words import Say, Wording, say, say_n

#: Of the last ten ratings so many need no more than a reminder; of the last seven shifts so many were kept.
RATINGS, GOOD_RATINGS = 10, 9
SHIFTS, KEPT_SHIFTS = 7, 5
#: A site, supervisor or task is new for so long.
NEW = timedelta(weeks=2)


@dataclass(frozen=True, slots=True)
class TaskNow:
    """A task of the placement: what is said of it, and since when it is done. ``look``: a probe was not kept."""

    name: Wording
    trend: Trend
    first_day: date
    look: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a proposal rests on.

    ``ranks``: canonical, of the placement's tasks, newest first. ``came``: whether they came to the last shifts that
    are over, newest first. ``changes``: what was new, and when. ``kept``: probes kept so far. ``watching``: until when
    the last step is watched. ``steps``: days around now on which a step of their plan of hours begins; ``held``: they
    hold that plan. ``share``: percent now.
    """

    share: float | None
    ranks: Sequence[int]
    came: Sequence[bool]
    tasks: Sequence[TaskNow]
    changes: Sequence[tuple[EventKind, date]]
    first_day: date | None
    kept: int
    watching: date | None
    steps: Sequence[date] = ()
    held: bool = False


def for_step(evidence: Evidence) -> tuple[Say, ...]:
    """What speaks for it."""
    return (*_levels(evidence, True), *_growth(evidence), *_came(evidence, True), *_kept(evidence))


def against_step(evidence: Evidence, today: date) -> tuple[Say, ...]:
    """What speaks against it, all of it; what is new counts for two weeks before ``today``."""
    return (
        *_slipping(evidence), *_looks(evidence), *_new(evidence, today), *_plan(evidence, today),
        *_watched(evidence, today),
        *_levels(evidence, False), *_came(evidence, False), *too_little(evidence),
    )  # fmt: skip


def _plan(evidence: Evidence, today: date) -> list[Say]:
    """One thing at a time: more hours and less help together are two."""
    if evidence.held:
        return [say("The participant holds their plan of hours.")]
    near = [day for day in evidence.steps if today - NEW <= day <= today + NEW]
    if not near:
        return []
    day = min(near, key=lambda day: abs(day - today))
    if day > today:
        return [say("A step of the plan with other hours begins on %(day)s. One thing at a time.", day=day)]
    return [say("A step of the plan with other hours began on %(day)s. One thing at a time.", day=day)]


def too_little(evidence: Evidence) -> list[Say]:
    """What is missing before anything can be proposed."""
    missing = []
    if evidence.share is None:
        missing.append(say("No hours are known in the last four weeks."))
    if len(evidence.ranks) < RATINGS:
        missing.append(
            say("Too little is known: %(n)s of %(needed)s ratings so far.", n=len(evidence.ranks), needed=RATINGS)
        )
    if len(evidence.came) < SHIFTS:
        missing.append(
            say("Too little is known: %(n)s of %(needed)s shifts so far.", n=len(evidence.came), needed=SHIFTS)
        )
    return missing


def _levels(evidence: Evidence, good: bool) -> list[Say]:
    last = evidence.ranks[:RATINGS]
    fine = sum(rank >= CanonicalRank.INDIRECT_VERBAL for rank in last)
    if len(last) < RATINGS or (fine >= GOOD_RATINGS) is not good:
        return []
    if good:
        return [say("Alone or after a reminder in %(n)s of the last %(of)s ratings.", n=fine, of=RATINGS)]
    return [
        say(
            "Alone or after a reminder in %(n)s of the last %(of)s ratings; %(needed)s would speak for a step.",
            n=fine, of=RATINGS, needed=GOOD_RATINGS,
        )
    ]  # fmt: skip


def _came(evidence: Evidence, good: bool) -> list[Say]:
    last = evidence.came[:SHIFTS]
    there = sum(last)
    if len(last) < SHIFTS or (there >= KEPT_SHIFTS) is not good:
        return []
    if good:
        return [say("Came to %(n)s of the last %(of)s shifts.", n=there, of=SHIFTS)]
    return [
        say(
            "Came to %(n)s of the last %(of)s shifts; %(needed)s would speak for a step.",
            n=there, of=SHIFTS, needed=KEPT_SHIFTS,
        )
    ]  # fmt: skip


def _growth(evidence: Evidence) -> list[Say]:
    growing = sum(task.trend is Trend.GROWING for task in evidence.tasks)
    steady = sum(task.trend is Trend.STEADY for task in evidence.tasks)
    said = []
    if growing:
        said.append(say_n("%(n)s task is growing.", "%(n)s tasks are growing.", growing))
    if steady:
        said.append(say_n("%(n)s task is steady.", "%(n)s tasks are steady.", steady))
    return said


def _kept(evidence: Evidence) -> list[Say]:
    if not evidence.kept:
        return []
    return [
        say_n(
            "%(n)s check of a mastered task was kept.", "%(n)s checks of mastered tasks were kept.", evidence.kept
        )
    ]  # fmt: skip


def _slipping(evidence: Evidence) -> list[Say]:
    return [
        say("“%(task)s” needs more help again.", task=task.name)
        for task in evidence.tasks
        if task.trend is Trend.NEEDS_MORE_HELP
    ]


def _looks(evidence: Evidence) -> list[Say]:
    return [
        say("“%(task)s” was mastered and needs a look: the last check was not done alone.", task=task.name)
        for task in evidence.tasks
        if task.look
    ]


def _new(evidence: Evidence, today: date) -> list[Say]:
    since = today - NEW
    if evidence.first_day is not None and evidence.first_day > since:
        # Everything is new then, the tasks included.
        return [say("New in this shop since %(day)s.", day=evidence.first_day)]
    said = [say("“%(task)s” is new since %(day)s.", task=t.name, day=t.first_day) for t in evidence.tasks
            if t.first_day > since]  # fmt: skip
    named = {EventKind.NEW_SITE, EventKind.NEW_SUPERVISOR, EventKind.NEW_TASK, EventKind.HOURS_CHANGE}
    changes = [(kind, day) for kind, day in evidence.changes if kind in named and since < day <= today]
    return [*said, *(say("%(change)s since %(day)s", change=event_words(kind), day=day) for kind, day in changes)]


def _watched(evidence: Evidence, today: date) -> list[Say]:
    if evidence.watching is None:
        return []
    if evidence.watching <= today:
        return [say("The last step has been watched long enough, but nobody has said yet whether it holds.")]
    return [say("The last step is still watched, until %(day)s.", day=evidence.watching)]
