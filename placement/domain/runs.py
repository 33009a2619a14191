"""Runs: rated occasions one after the other that are all good enough, seen by enough people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

#: Whoever rated within this time counts as "there" when a rule asks for several raters. Without a limit, a
#: supervisor of a former site would keep someone with only one supervisor now from ever reaching the milestone.
RATER_MEMORY = timedelta(weeks=8)


class Rated(Protocol):
    """A rated occasion as a run sees it: ``percent`` is independence, 0-100."""

    @property
    def at(self) -> datetime: ...
    @property
    def percent(self) -> float: ...
    @property
    def raters(self) -> frozenset[int]: ...


@dataclass(frozen=True, slots=True)
class RunPoint:
    """One that is nothing else besides."""

    occasion: int
    at: datetime
    percent: float
    raters: frozenset[int]


@dataclass(frozen=True, slots=True)
class RunRule:
    """At least ``percent`` on ``occasions`` running, seen by ``raters`` people where there are that many."""

    percent: float
    occasions: int
    raters: int


def first_run(points: Sequence[Rated], rule: RunRule) -> tuple[int, int] | None:
    """First and last index of the first run that satisfies the rule, as short as it can be; points oldest first.

    Only what is known up to the run's end is asked, so a later point never takes a run back.
    """
    start, seen = 0, set[int]()
    for index, point in enumerate(points):
        if point.percent < rule.percent:
            start, seen = index + 1, set()
            continue
        seen |= point.raters
        asked = raters_asked(points, index, rule)
        if index + 1 - start >= rule.occasions and len(seen) >= asked:
            while index - start >= rule.occasions and len(_raters(points[start + 1 : index + 1])) >= asked:
                start += 1
            return start, index
    return None


def current_run(points: Sequence[Rated], percent: float) -> tuple[int, frozenset[int]]:
    """How many of the latest points are good enough without a gap, and who saw them."""
    run = []
    for point in reversed(points):
        if point.percent < percent:
            break
        run.append(point)
    return len(run), _raters(run)


def raters_asked(points: Sequence[Rated], index: int, rule: RunRule) -> int:
    """How many people must have seen a run that ends here: the rule's number, or as many as there are."""
    since = points[index].at - RATER_MEMORY
    there: set[int] = set()
    for point in reversed(points[: index + 1]):
        if point.at < since or len(there) >= rule.raters:
            break
        there |= point.raters
    return min(rule.raters, len(there))


def _raters(points: Sequence[Rated]) -> frozenset[int]:
    return frozenset[int]().union(*(point.raters for point in points))
