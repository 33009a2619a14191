"""What a task's latest stretch says: growing, steady, needs more help again, or too early to tell.

A verdict belongs to a task and a stretch of time, never to a person. It compares the last 5 to 12 rated occasions (B)
with as many before them (A) by NAP, and only since the last restart: another site, or a rater who had not rated this
task before. At least 60 % of the shifts in between must be rated. It is said once it is the same at two successive
occasions; until the next one holds twice, the last one said stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from placement.domain.phases import nap
from placement.domain.words import Say, say

FEWEST, MOST = 5, 12
RATED_SHARE = 0.6
GROWING_FROM, FALLING_TO = 0.66, 0.34


class Trend(StrEnum):
    """What can be said of a task."""

    TOO_EARLY = "too_early"
    GROWING = "growing"
    STEADY = "steady"
    NEEDS_MORE_HELP = "needs_more_help"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A shift with the task in it, oldest first. ``rank`` is canonical, None where nobody rated it.

    ``raters``: who saw it, oneself aside. Self-ratings never come here.
    """

    rank: float | None
    site: int
    raters: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """``nap`` compares ``later`` rated occasions with ``earlier`` ones; None while too little is there to compare.

    ``rated`` of ``shifts`` shifts since the last restart are rated.
    """

    trend: Trend
    nap: float | None
    earlier: int
    later: int
    rated: int
    shifts: int
    words: Say


def verdict(history: Sequence[Occasion]) -> Verdict:
    """The verdict after the last occasion of one task's history, oldest first."""
    since = list(history[restart(history) :])
    now = _look(since)
    said = _said(since)
    if said is now.trend:
        return now
    words = _not_twice(now) if said is Trend.TOO_EARLY else _still(said)
    return Verdict(said, now.nap, now.earlier, now.later, now.rated, now.shifts, words)


def restart(history: Sequence[Occasion]) -> int:
    """Where the last stretch begins: the last occasion at another site, or with a rater seen for the first time."""
    start, site, known = 0, None, set[int]()
    for k, occasion in enumerate(history):
        if occasion.rank is None:
            continue
        if site is not None and (occasion.site != site or occasion.raters - known):
            start = k
        site = occasion.site
        known |= occasion.raters
    return start


def _said(since: Sequence[Occasion]) -> Trend:
    """The last verdict that was the same at two successive rated occasions."""
    later: Trend | None = None
    for end in range(len(since), 0, -1):
        if since[end - 1].rank is None:
            continue
        trend = _look(since[:end]).trend
        if trend is later or trend is Trend.TOO_EARLY:
            return trend if trend is later else Trend.TOO_EARLY
        later = trend
    return Trend.TOO_EARLY


def _look(since: Sequence[Occasion]) -> Verdict:
    """What this stretch says by itself."""
    ranks = [occasion.rank for occasion in since]
    rated = [k for k, rank in enumerate(ranks) if rank is not None]
    size = min(MOST, len(rated) // 2)
    if size < FEWEST:
        words = say(
            "Too early to tell: %(rated)s ratings since it began or something changed; %(needed)s are needed.",
            rated=len(rated), needed=2 * FEWEST,
        )  # fmt: skip
        return Verdict(Trend.TOO_EARLY, None, 0, 0, len(rated), len(ranks), words)
    window = ranks[rated[-2 * size] :]
    if 2 * size < RATED_SHARE * len(window):
        words = say(
            "Too early to tell: %(rated)s of the last %(shifts)s shifts are rated; %(needed)s are needed.",
            rated=2 * size, shifts=len(window), needed=-int(-RATED_SHARE * len(window) // 1),
        )  # fmt: skip
        return Verdict(Trend.TOO_EARLY, None, size, size, 2 * size, len(window), words)
    known = [rank for rank in window if rank is not None]
    share = nap(known[:size], known[size:])
    assert share is not None
    return Verdict(_trend(share), share, size, size, 2 * size, len(window), _words(share, size))


def _trend(share: float) -> Trend:
    if share >= GROWING_FROM:
        return Trend.GROWING
    return Trend.NEEDS_MORE_HELP if share <= FALLING_TO else Trend.STEADY


def _words(share: float, size: int) -> Say:
    figures = {"share": round(share * 100), "n": size}
    match _trend(share):
        case Trend.GROWING:
            return say(
                "Growing: of 100 comparisons of the last %(n)s ratings with the %(n)s before, %(share)s go up"
                " (ties count half).", **figures,
            )  # fmt: skip
        case Trend.NEEDS_MORE_HELP:
            return say(
                "Needs more help again: of 100 comparisons of the last %(n)s ratings with the %(n)s before,"
                " only %(share)s go up (ties count half).", **figures,
            )  # fmt: skip
        case _:
            return say(
                "Steady: of 100 comparisons of the last %(n)s ratings with the %(n)s before, %(share)s go up"
                " (ties count half); 50 would be no change at all.", **figures,
            )  # fmt: skip


def _not_twice(now: Verdict) -> Say:
    if now.trend is Trend.TOO_EARLY:
        return now.words
    return say("Too early to tell: something may be changing, but it has not shown twice in a row.")


def _still(said: Trend) -> Say:
    match said:
        case Trend.GROWING:
            return say("Growing until now; the last shift does not say so, and one shift alone decides nothing.")
        case Trend.NEEDS_MORE_HELP:
            return say(
                "Needs more help again; the last shift does not say so any more, and one shift alone decides nothing."
            )
        case _:
            return say("Steady until now; the last shift says otherwise, and one shift alone decides nothing.")
