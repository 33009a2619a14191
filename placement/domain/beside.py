"""What somebody told, week by week on one axis of time beside their independence; weeks without a word stay empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from placement.domain.summaries import monday_of
from placement.domain.words import Say, say

#: Months a page offers → the weeks they are drawn as, this one included.
PERIODS = {3: 13, 6: 26, 12: 52}
USUAL_MONTHS = 6
#: So many series stand beside independence.
MOST = 2


class SeriesKind(StrEnum):
    """What can stand beside independence, in the order in which it is offered."""

    FEAR_EXPECTED = "fear-expected"
    FEAR_HIGHEST = "fear-highest"
    MOOD = "mood"
    ENERGY = "energy"
    LIVING = "daily-living"
    QUESTIONNAIRE = "questionnaire"
    TOGETHER = "together"


_WORDS = {
    SeriesKind.FEAR_EXPECTED: say("Fear I expected"),
    SeriesKind.FEAR_HIGHEST: say("Fear at its highest"),
    SeriesKind.MOOD: say("Mood"),
    SeriesKind.ENERGY: say("Energy"),
    SeriesKind.LIVING: say("Daily living"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """``key``: which questionnaire, or with whom; empty where there is one of a kind."""

    kind: SeriesKind
    key: str = ""

    @property
    def value(self) -> str:
        """As an address says it."""
        return f"{self.kind}.{self.key}" if self.key else str(self.kind)


@dataclass(frozen=True, slots=True)
class Week:
    """``value``: the middle of what was said in the week; None: nothing was."""

    monday: date
    value: float | None


def series_words(kind: SeriesKind) -> Say | None:
    """What a series is called; None where its questionnaire or the other person names it."""
    return _WORDS.get(kind)


def first_monday(today: date, months: int) -> date:
    """Where a period begins that ends with this week. Raises KeyError for a period that isn't offered."""
    return monday_of(today) - timedelta(weeks=PERIODS[months] - 1)


def by_week(told: Iterable[tuple[date, float]], first: date, last: date) -> tuple[Week, ...]:
    """Each week from the one of ``first`` to that of ``last``. Nothing is filled in between; others are left out."""
    values: dict[date, list[float]] = {}
    for day, value in told:
        values.setdefault(monday_of(day), []).append(value)
    monday, found = monday_of(first), []
    while monday <= last:
        found.append(Week(monday, median(values[monday]) if monday in values else None))
        monday += timedelta(weeks=1)
    return tuple(found)


def chosen(wanted: Sequence[str], offered: Sequence[Choice]) -> tuple[Choice, ...]:
    """The first :data:`MOST` of what is wanted and offered, once each; whatever isn't there is passed over."""
    there = {one.value: one for one in offered}
    return tuple(there[value] for value in dict.fromkeys(wanted) if value in there)[:MOST]


def months_of(wanted: str | None) -> int:
    """The period asked for, or the usual one."""
    return next((months for months in PERIODS if str(months) == wanted), USUAL_MONTHS)
