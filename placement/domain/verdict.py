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

    ``rated`` of ``shifts`` shifts since the last restart are rated. ``since``: the place in the history of the occasion
    that brought it, None while it is too early to tell.
    """

    trend: Trend
    nap: float | None
    earlier: int
    later: int
    rated: int
    shifts: int
    words: Say
    since: int | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    """What a stretch says by itself at one of its rated occasions; ``size`` occasions on either side."""

    trend: Trend
    nap: float | None
    size: int
    rated: int
    shifts: int


def verdict(history: Sequence[Occasion]) -> Verdict:
    """The verdict after the last occasion of one task's history, oldest first."""
    start = restart(history)
    ranks = [occasion.rank for occasion in history[start:]]
    rated = [place for place, rank in enumerate(ranks) if rank is not None]
    trend, since = _said(ranks, rated)
    now = _look(ranks, rated, len(rated), len(ranks))
    return Verdict(
        trend=trend,
        nap=now.nap,
        earlier=now.size,
        later=now.size,
        rated=now.rated,
        shifts=now.shifts,
        words=verdict_sentence(trend, now.nap, now.size, now.rated, now.shifts),
        since=None if trend is Trend.TOO_EARLY or since is None else start + since,
    )


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


def verdict_sentence(trend: Trend, nap: float | None, size: int, rated: int, shifts: int) -> Say:
    """A verdict in words, with its arithmetic, from the numbers that are kept of it (:class:`Verdict`)."""
    if trend is Trend.TOO_EARLY:
        return _too_early(nap, size, rated, shifts)
    return _still(trend) if nap is None or _trend(nap) is not trend else _words(nap, size)


def _said(ranks: Sequence[float | None], rated: Sequence[int]) -> tuple[Trend, int | None]:
    """What was the same at two successive rated occasions last, and at which of them it was first said.

    Asked from the latest occasion back, until something else was said: most of a long history need not be looked at.
    """
    said, since, now = None, None, _trend_at(ranks, rated, len(rated))
    for count in range(len(rated), 0, -1):
        before = _trend_at(ranks, rated, count - 1)
        if now in (before, Trend.TOO_EARLY):
            if said not in (None, now):
                break
            said, since = now, rated[count - 1]
            if said is Trend.TOO_EARLY:
                return said, None
        now = before
    return said or Trend.TOO_EARLY, since


def _trend_at(ranks: Sequence[float | None], rated: Sequence[int], count: int) -> Trend:
    """What a stretch says at the last of its first ``count`` rated occasions."""
    if count < 2 * FEWEST:
        return Trend.TOO_EARLY
    return _look(ranks, rated, count, rated[count - 1] + 1).trend


def _look(ranks: Sequence[float | None], rated: Sequence[int], count: int, end: int) -> _Look:
    """What the first ``count`` rated occasions of a stretch say, with its shifts up to ``end``."""
    size = min(MOST, count // 2)
    if size < FEWEST:
        return _Look(Trend.TOO_EARLY, None, 0, count, end)
    places = rated[count - 2 * size : count]
    shifts = end - places[0]
    if 2 * size < RATED_SHARE * shifts:
        return _Look(Trend.TOO_EARLY, None, size, 2 * size, shifts)
    known = [ranks[place] for place in places]
    share = nap(known[:size], known[size:])
    assert share is not None
    return _Look(_trend(share), share, size, 2 * size, shifts)


def _trend(share: float) -> Trend:
    if share >= GROWING_FROM:
        return Trend.GROWING
    return Trend.NEEDS_MORE_HELP if share <= FALLING_TO else Trend.STEADY


def _too_early(nap: float | None, size: int, rated: int, shifts: int) -> Say:
    if nap is not None:
        return say("Too early to tell: something may be changing, but it has not shown twice in a row.")
    if size:
        return say(
            "Too early to tell: %(rated)s of the last %(shifts)s shifts are rated; %(needed)s are needed.",
            rated=rated, shifts=shifts, needed=-int(-RATED_SHARE * shifts // 1),
        )  # fmt: skip
    return say(
        "Too early to tell: %(rated)s ratings since it began or something changed; %(needed)s are needed.",
        rated=rated, needed=2 * FEWEST,
    )  # fmt: skip


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
