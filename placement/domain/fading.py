"""Stepping back: how much of the work is done with a coach, and whether less would do.

The rules say what speaks for and against a next step. They never take it.

When a coach is there for about 20 % of the hours, follow-along and natural supports are planned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from placement.domain.fading_reasons import Evidence, against_step, for_step, too_little
from placement.domain.words import Say, say


class FadingState(StrEnum):
    """Where a step back stands."""

    #: Taken, and looked at more closely for a while.
    WATCHING = "watching"
    HELD = "held"
    #: Taken back: more help again.
    TAKEN_BACK = "taken_back"


#: From this share of the hours down, follow-along and natural supports are planned, in percent.
FOLLOW_ALONG = 20
#: "Now" is the share of the last four weeks.
RECENT = timedelta(weeks=4)
#: After a step: two weeks or four shifts, whichever takes longer, but never more than six weeks.
WATCH, WATCH_SHIFTS, WATCH_MOST = timedelta(days=14), 4, timedelta(days=42)
_STEP = 5


@dataclass(frozen=True, slots=True)
class DayAtWork:
    """Minutes worked on a day, and minutes a coach wrote down for it."""

    day: date
    worked: int
    coached: int


@dataclass(frozen=True, slots=True)
class WeekShare:
    """A week's minutes; ``share`` in percent, None without hours."""

    monday: date
    worked: int
    coached: int
    share: float | None


def coach_share(coach_minutes: float, worked_minutes: float) -> float | None:
    """Percent of the hours with a coach, 0-100; None without hours. Raises ValueError on negative minutes.

    More coaching than work (two coaches at once, a talk after the shift) counts as all of it.
    """
    if coach_minutes < 0 or worked_minutes < 0:
        raise ValueError("minutes: must not be negative")
    if worked_minutes == 0:
        return None
    return 100 * min(1.0, coach_minutes / worked_minutes)


def with_coach(days: Iterable[DayAtWork]) -> tuple[int, int]:
    """(worked, with a coach) minutes: on each day at most as much coaching as work."""
    rows = list(days)
    return sum(day.worked for day in rows), sum(min(day.coached, day.worked) for day in rows)


def share_by_week(days: Iterable[DayAtWork], first: date, last: date) -> tuple[WeekShare, ...]:
    """Every week from ``first``'s to ``last``'s, oldest first; those without hours have no share."""
    rows = list(days)
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday <= last:
        end = monday + timedelta(days=7)
        worked, coached = with_coach(day for day in rows if monday <= day.day < end)
        weeks.append(WeekShare(monday, worked, coached, coach_share(coached, worked)))
        monday = end
    return tuple(weeks)


def recent_share(days: Iterable[DayAtWork], today: date) -> float | None:
    """The share of the last four weeks, today included."""
    worked, coached = with_coach(day for day in days if today - RECENT < day.day <= today)
    return coach_share(coached, worked)


def next_share(share: float) -> int:
    """About a third less, in steps of five percent; always less, never below 0."""
    aimed = _STEP * round(share * 2 / 3 / _STEP)
    return max(0, aimed if aimed < share else aimed - _STEP)


def watch_until(taken_on: date, coming: Iterable[date]) -> date:
    """The last day a step is watched; ``coming``: days of the planned shifts from the day it was taken."""
    days = sorted(day for day in coming if day >= taken_on)[:WATCH_SHIFTS]
    latest = days[-1] if len(days) == WATCH_SHIFTS else taken_on + WATCH
    return min(max(latest, taken_on + WATCH), taken_on + WATCH_MOST)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Shares in percent. ``next_share`` None: nothing is proposed, since too little is known or no coach is left.

    What speaks against a step is always listed; whoever reads it decides.
    """

    share_now: float | None
    next_share: int | None
    for_: tuple[Say, ...]
    against: tuple[Say, ...]
    at_follow_along: bool

    @property
    def ready(self) -> bool:
        """A step could be next, something speaks for it and nothing against it."""
        return self.next_share is not None and bool(self.for_) and not self.against


def step_proposal(evidence: Evidence, today: date) -> Proposal:
    """What speaks for and against the next step back."""
    share = evidence.share
    proposed = None if too_little(evidence) or not share else next_share(share)
    return Proposal(
        share_now=share,
        next_share=proposed,
        for_=for_step(evidence),
        against=against_step(evidence, today),
        at_follow_along=share is not None and share <= FOLLOW_ALONG,
    )


def follow_along_words() -> Say:
    """What to plan at about 20 %."""
    return say(
        "At about %(n)s %% of the hours, plan what stays: who in the shop can help, what reminds without a person,"
        " and who looks in from time to time.",
        n=FOLLOW_ALONG,
    )


def state_words(state: FadingState) -> Say:
    """Where a step stands, as it is shown."""
    return _STATES[state]


_STATES = {
    FadingState.WATCHING: say("being watched"),
    FadingState.HELD: say("it holds"),
    FadingState.TAKEN_BACK: say("taken back"),
}
