"""Is what was mastered still there: checks one, two and four weeks later, filled by what is seen at work anyway.

Nobody is tested. From a check's due day on, the first occasion on which the task is rated answers it, until the next
check is due; the last one waits until the task is rated. A check that was passed over is dropped once a later one is
answered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from placement.domain.milestone_records import TaskPoint
from placement.domain.words import Say, say, say_n

DUE_AFTER = (timedelta(weeks=1), timedelta(weeks=2), timedelta(weeks=4))
#: A task that took help at its check is worth a look for so long.
LOOK_FOR = timedelta(weeks=2)


class Upkeep(StrEnum):
    """How a mastered task stands."""

    NOT_YET = "not_yet"
    DUE = "due"
    KEPT = "kept"
    NEEDS_A_LOOK = "needs_a_look"


@dataclass(frozen=True, slots=True)
class Check:
    """``done_on``, ``occasion`` and ``kept`` are None while nobody has rated the task since it was due."""

    due_on: date
    done_on: date | None = None
    occasion: int | None = None
    kept: bool | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A milestone's checks in three dates: the last due one that was kept, that was not, the first that is open."""

    kept: date | None
    lost: date | None
    open: date | None


def checks(reached_on: date, percent: float, points: Iterable[TaskPoint]) -> tuple[Check, ...]:
    """The checks of a milestone reached on a day, by one task's points in any order; earliest first.

    ``percent``: what the milestone's rule asks for.
    """
    due = [reached_on + after for after in DUE_AFTER]
    ordered = sorted(points, key=lambda point: (point.at, point.occasion))
    found = [_check(day, before, percent, ordered) for day, before in zip(due, [*due[1:], None], strict=True)]
    answered = max((check.due_on for check in found if check.done_on is not None), default=date.min)
    return tuple(check for check in found if check.done_on is not None or check.due_on > answered)


def standing(found: Iterable[Check]) -> Standing:
    """The three dates of a milestone's checks."""
    every = list(found)
    return Standing(
        kept=max((check.due_on for check in every if check.kept is True), default=None),
        lost=max((check.due_on for check in every if check.kept is False), default=None),
        open=min((check.due_on for check in every if check.kept is None), default=None),
    )


def upkeep(dates: Standing, today: date) -> Upkeep:
    """How the milestone stands: the last answer decides, unless a check is due."""
    if dates.lost is not None and (dates.kept is None or dates.kept < dates.lost):
        return Upkeep.NEEDS_A_LOOK
    if dates.open is not None and dates.open <= today:
        return Upkeep.DUE
    return Upkeep.NOT_YET if dates.kept is None else Upkeep.KEPT


def upkeep_words(dates: Standing, reached_on: date, today: date) -> Say | None:
    """The same in words; None before the first check is due."""
    match upkeep(dates, today):
        case Upkeep.KEPT:
            assert dates.kept is not None
            return kept_words(dates.kept, reached_on)
        case Upkeep.DUE:
            return say("a check is due: is it still like this?")
        case Upkeep.NEEDS_A_LOOK:
            return say("needs a look: it took help again")
    return None


def kept_words(kept: date, reached_on: date) -> Say:
    """For how long it was kept; ``kept``: when the last kept check was due."""
    return say_n("kept after %(n)s week", "kept after %(n)s weeks", (kept - reached_on).days // 7)


def _check(due: date, before: date | None, percent: float, points: list[TaskPoint]) -> Check:
    for point in points:
        if point.day >= due and (before is None or point.day < before):
            return Check(due, point.day, point.occasion, point.percent >= percent)
    return Check(due)
