"""Is independence really growing: what changed between then and now.

The measures of two phases are in :mod:`phases`, what they let one say is in :mod:`verdict`; both are offered here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from placement.domain.phases import dual_criterion, nap, nap_interval, pnd, tau, tau_bc, tau_u, theil_sen
from placement.domain.support import is_alone
from placement.domain.verdict import Trend, verdict, verdict_sentence
from placement.domain.words import Say, say, say_n

__all__ = [
    "ThenNow",
    "Trend",
    "change_sentence",
    "change_sentence_for_staff",
    "dual_criterion",
    "nap",
    "nap_interval",
    "pnd",
    "tau",
    "tau_bc",
    "tau_u",
    "then_and_now",
    "theil_sen",
    "trend_words",
    "verdict",
    "verdict_sentence",
]

#: "Now" is each task's latest week within four weeks; "then" its latest week within the four that end five
#: weeks earlier. A shorter history is compared with its first two weeks, if they are three weeks back.
PERIOD = timedelta(weeks=4)
GAP = timedelta(weeks=5)
START_PERIOD = timedelta(weeks=2)
START_GAP = timedelta(weeks=3)

#: Below this many shifts, too little to compare is simply early.
EARLY_SHIFTS = 10


@dataclass(frozen=True, slots=True)
class ThenNow:
    """Of the same ``tasks`` tasks, how many were done alone then and are now.

    ``less_help``: how many take at least a level less help now than then by the middle of either period's weeks: a good
    last week alone says nothing.
    ``then_day`` is the Monday of the latest earlier week compared with;
    ``at_start`` says that the history begins there.
    """

    tasks: int
    alone_then: int
    alone_now: int
    then_day: date
    at_start: bool = False
    less_help: int = 0


def trend_words(trend: Trend) -> Say:
    """A verdict as a tag, to staff."""
    return _TREND_WORDS[trend]


def then_and_now(weeks: Mapping[int, Mapping[date, float]]) -> ThenNow | None:
    """Compare a participant's tasks with their own earlier period, the same tasks only.

    ``weeks``: task → Monday → median canonical rank of that week; a week's task
    counts as alone if its median does. None with too little history.
    """
    mondays = [monday for medians in weeks.values() for monday in medians]
    if not mondays:
        return None
    first, latest = min(mondays), max(mondays)
    then_end = latest - GAP
    if first <= then_end:
        return _compare(weeks, max(first, then_end - PERIOD + timedelta(weeks=1)), then_end, latest, False)
    if latest - first >= START_GAP:
        return _compare(weeks, first, first + START_PERIOD - timedelta(weeks=1), latest, True)
    return None


def change_sentence(change: ThenNow | None, shifts: int = 0) -> Say:
    """What changed, said to the participant. ``shifts`` done so far speak while there is too little to compare."""
    if change is None:
        return _early(shifts)
    if change.alone_now == change.alone_then:
        return _unchanged(change)
    if change.alone_now > change.alone_then:
        return say_n(
            "You now do %(now)s of %(n)s task alone. %(when)s it was %(then)s.",
            "You now do %(now)s of %(n)s tasks alone. %(when)s it was %(then)s.",
            change.tasks,
            **_numbers(change),
        )
    if change.alone_now == 0:
        # What was possible stands there; a zero about oneself helps nobody.
        return say_n(
            "At the moment a little help is good. %(when)s you did %(then)s of %(n)s task alone. "
            "Ups and downs are part of it.",
            "At the moment a little help is good. %(when)s you did %(then)s of %(n)s tasks alone. "
            "Ups and downs are part of it.",
            change.tasks,
            when=_numbers(change)["when"],
            then=change.alone_then,
        )
    return say_n(
        "At the moment you do %(now)s of %(n)s task alone. %(when)s it was %(then)s. Ups and downs are part of it.",
        "At the moment you do %(now)s of %(n)s tasks alone. %(when)s it was %(then)s. Ups and downs are part of it.",
        change.tasks,
        **_numbers(change),
    )


def change_sentence_for_staff(change: ThenNow | None, shifts: int = 0) -> Say:
    """The same, said about a participant."""
    if change is None:
        return _early(shifts)
    return say_n(
        "Now %(now)s of %(n)s task alone. %(when)s it was %(then)s.",
        "Now %(now)s of %(n)s tasks alone. %(when)s it was %(then)s.",
        change.tasks,
        **_numbers(change),
    )


def _compare(
    weeks: Mapping[int, Mapping[date, float]], then_start: date, then_end: date, latest: date, at_start: bool
) -> ThenNow | None:
    now_start = max(then_end + timedelta(weeks=1), latest - PERIOD + timedelta(weeks=1))
    pairs, less_help = [], 0
    for medians in weeks.values():
        then, now = _latest(medians, then_start, then_end), _latest(medians, now_start, latest)
        if then is not None and now is not None:
            pairs.append((then, now))
            earlier, later = _middle(medians, then_start, then_end), _middle(medians, now_start, latest)
            less_help += later - earlier >= 1
    if not pairs:
        return None
    return ThenNow(
        tasks=len(pairs),
        alone_then=sum(is_alone(then) for (_, then), _ in pairs),
        alone_now=sum(is_alone(now) for _, (_, now) in pairs),
        then_day=max(monday for (monday, _), _ in pairs),
        at_start=at_start,
        less_help=less_help,
    )


def _latest(medians: Mapping[date, float], start: date, end: date) -> tuple[date, float] | None:
    """The latest week within the period, with its median."""
    monday = max((monday for monday in medians if start <= monday <= end), default=None)
    return None if monday is None else (monday, medians[monday])


def _middle(medians: Mapping[date, float], start: date, end: date) -> float:
    """The middle of a period's weeks, of which there is one at least."""
    return median(rank for monday, rank in medians.items() if start <= monday <= end)


def _early(shifts: int) -> Say:
    if shifts <= 0:
        return say("What changes will show here after the first shifts.")
    if shifts < EARLY_SHIFTS:
        return say_n("It is early: %(n)s shift so far.", "It is early: %(n)s shifts so far.", shifts)
    return say_n(
        "%(n)s shift so far. What changes will show here once more of them are rated.",
        "%(n)s shifts so far. What changes will show here once more of them are rated.",
        shifts,
    )


def _unchanged(change: ThenNow) -> Say:
    if change.less_help and change.alone_now < change.tasks:
        return say_n(
            "%(less)s of %(n)s task takes you less help now. %(when)s it was more.",
            "%(less)s of %(n)s tasks take you less help now. %(when)s it was more.",
            change.tasks,
            less=change.less_help,
            when=_numbers(change)["when"],
        )
    if change.alone_now == 0:
        return say_n("You are practicing %(n)s task.", "You are practicing %(n)s tasks.", change.tasks)
    if change.alone_now == change.tasks:
        return say_n("You do %(n)s task alone, as before.", "You do all %(n)s tasks alone, as before.", change.tasks)
    return say_n(
        "You do %(now)s of %(n)s task alone, as many as before.",
        "You do %(now)s of %(n)s tasks alone, as many as before.",
        change.tasks,
        now=change.alone_now,
    )


def _numbers(change: ThenNow) -> dict[str, int | Say]:
    when = say("At the start") if change.at_start else _IN_MONTH[change.then_day.month - 1]
    return {"now": change.alone_now, "then": change.alone_then, "when": when}


_IN_MONTH = (
    say("In January"),
    say("In February"),
    say("In March"),
    say("In April"),
    say("In May"),
    say("In June"),
    say("In July"),
    say("In August"),
    say("In September"),
    say("In October"),
    say("In November"),
    say("In December"),
)

_TREND_WORDS = {
    Trend.GROWING: say("growing"),
    Trend.STEADY: say("steady"),
    Trend.NEEDS_MORE_HELP: say("needs more help again"),
    Trend.TOO_EARLY: say("too early to tell"),
}
