"""A person's way through the program: referred, waiting, entered, left, and asked again in each quarter after.

Somebody may come back: each time is an enrollment of its own. What a list does not hold is unknown, never "no".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from placement.domain.quarters import Quarter, quarter_of
from placement.domain.words import Say, say

#: Quarters after exit in which somebody is asked how it goes (WIOA reports on the 2nd and the 4th).
FOLLOW_UPS = range(1, 5)
#: An approval is shown as running out from this share of its units on, in basis points, or so long before its end.
RUNNING_OUT, ENDS_SOON = 8000, timedelta(days=28)
MOST_UNITS = 20_000
MOST_WEEKLY_HOURS = 80
MOST_MONEY = 1_000_000.0


class Stage(StrEnum):
    """Where an enrollment stands; worked out from its days."""

    WAITING = "waiting"
    ENTERED = "entered"
    LEFT = "left"


class ListKind(StrEnum):
    """The lists a program keeps for itself."""

    SOURCE = "source"
    WORK = "work"
    BENEFIT = "benefit"
    INSURANCE = "insurance"
    EXIT_REASON = "exit_reason"


class Unit(StrEnum):
    """What a funder approves."""

    HOURS = "hours"
    DAYS = "days"


class Reached(StrEnum):
    """Whether a follow-up came about."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    DECLINED = "declined"


class ExpenseKind(StrEnum):
    """What is paid to or for a participant."""

    STIPEND = "stipend"
    TRANSPORT = "transport"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was given of an approval so far: confirmed hours of shifts, and days with any."""

    minutes: int = 0
    days: int = 0

    def units(self, unit: Unit) -> float:
        return self.minutes / 60 if unit is Unit.HOURS else float(self.days)


def stage_of(entered_on: date | None, exited_on: date | None) -> Stage:
    if exited_on is not None:
        return Stage.LEFT
    return Stage.WAITING if entered_on is None else Stage.ENTERED


def delivered(worked: Iterable[tuple[date, int]], first: date, last: date) -> Delivered:
    """Of (day, minutes) of shifts, those from ``first`` to ``last``. Shifts without minutes count for nothing."""
    inside = [(day, minutes) for day, minutes in worked if minutes > 0 and first <= day <= last]
    return Delivered(sum(minutes for _, minutes in inside), len({day for day, _ in inside}))


def share_used(given: Delivered, unit: Unit, units: float) -> int:
    """How much of the approved units was delivered, in basis points; more than 10,000 is more than approved."""
    return round(given.units(unit) / units * 10_000)


def follow_up_quarter(exited_on: date, number: int) -> Quarter:
    """The ``number``-th quarter after the one of the exit."""
    return quarter_of(exited_on).plus(number)


def next_follow_up(exited_on: date | None, done: Collection[int]) -> tuple[int, date] | None:
    """The first follow-up that is still to be made, and the day from which on; None when all are made."""
    if exited_on is None:
        return None
    left = [number for number in FOLLOW_UPS if number not in done]
    return (left[0], follow_up_quarter(exited_on, left[0]).first) if left else None


def stage_words(stage: Stage) -> Say:
    return _STAGES[stage]


def list_words(kind: ListKind) -> Say:
    return _LISTS[kind]


def unit_words(unit: Unit) -> Say:
    return _UNITS[unit]


def expense_words(kind: ExpenseKind) -> Say:
    return _EXPENSES[kind]


def reached_words(reached: Reached) -> Say:
    return _REACHED[reached]


_STAGES = {
    Stage.WAITING: say("on the waiting list"),
    Stage.ENTERED: say("in the program"),
    Stage.LEFT: say("has left"),
}
_LISTS = {
    ListKind.SOURCE: say("Who refers people"),
    ListKind.WORK: say("Work status"),
    ListKind.BENEFIT: say("Benefits"),
    ListKind.INSURANCE: say("Health insurance"),
    ListKind.EXIT_REASON: say("Reasons for leaving"),
}
_UNITS = {Unit.HOURS: say("hours"), Unit.DAYS: say("days")}
_REACHED = {
    Reached.REACHED: say("reached"),
    Reached.NOT_REACHED: say("not reached"),
    Reached.DECLINED: say("did not want to say"),
}
_EXPENSES = {
    ExpenseKind.STIPEND: say("stipend"),
    ExpenseKind.TRANSPORT: say("transport"),
    ExpenseKind.OTHER: say("other costs"),
}
