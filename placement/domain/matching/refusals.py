"""The sentences for what cannot be: a hard rule that fails, a person left out."""

from __future__ import annotations

import math
from functools import reduce

import numpy as np

from placement.domain.matching.arrays import Array
from placement.domain.matching.features import Features
from placement.domain.matching.figures import Figures, figures, hours, km_up, minutes_up, points_of_100
from placement.domain.matching.rules import RULES, HardRule, Reasons
from placement.domain.words import Say, say, say_n


def left_out_words(found: Reasons, best: int, minimum: int) -> Say:
    """The sentence for someone left out; ``best`` is their highest fit in basis points."""
    if not found.passing:
        if not found.counts:
            return say("There are no openings in this run.")
        return say("No opening passes: %(counts)s.", counts=reduce(comma, map(_count_words, found.counts.items())))
    if best < minimum:
        return say_n(
            "One opening passes the rules, but its fit of %(fit)s points of 100 is below the minimum of %(minimum)s.",
            "%(n)s openings pass the rules, but the best fit of %(fit)s points of 100"
            " is below the minimum of %(minimum)s.",
            found.passing,
            fit=points_of_100(best),
            minimum=points_of_100(minimum),
        )
    return say_n(
        "Every place that passes went to someone else: one opening would have been possible,"
        " with a fit of %(fit)s points of 100.",
        "Every place that passes went to someone else: %(n)s openings would have been possible,"
        " the best with a fit of %(fit)s points of 100.",
        found.passing,
        fit=points_of_100(best),
    )


def refusal_words(f: Features, i: Array, j: Array) -> list[Say | None]:
    """What stands against each of the pairs ``(i, j)``: every rule that fails, the first one first."""
    pairs = figures(f, i, j)
    found: list[Say | None] = []
    for k, broken in enumerate(pairs.broken):
        words = [_rule_words(f, pairs, k, rule) for rule, fails in zip(RULES, broken, strict=True) if fails]
        found.append(reduce(also, words) if words else None)
    return found


def rule_words(f: Features, rule: HardRule, i: int, j: int) -> Say:
    """The sentence for one failed rule of person ``i`` and opening ``j`` (indices of ``f``)."""
    return _rule_words(f, figures(f, np.array([i]), np.array([j])), 0, rule)


def _rule_words(f: Features, pairs: Figures, k: int, rule: HardRule) -> Say:
    i, j = pairs.i[k], pairs.j[k]
    match rule:
        case HardRule.EXCLUDED:
            return say("They are never to be matched with this employer.")
        case HardRule.BANNED:
            return say("This pair was ruled out by hand.")
        case HardRule.DISTANCE:
            return _far_words(f, i, pairs.km[k], pairs.table[k])
        case HardRule.HOURS:
            return say(
                "It asks for %(need)s hours a week; they can work %(has)s.",
                need=hours(f.times.asked_hours[j]),
                has=hours(f.times.hours_limit[i]),
            )
        case HardRule.SCHEDULE:
            return say(
                "%(has)s of its hours lie within their week; it asks for %(need)s.",
                need=hours(f.times.asked[f.times.kind[j]]),
                has=hours(pairs.shared[k]),
            )
        case HardRule.ACCOMMODATION:
            return say_n(
                "It does not offer something they need.", "It does not offer %(n)s things they need.", pairs.lacking[k]
            )
        case HardRule.PLACES:
            return say("It has no free place.")


def _far_words(f: Features, i: int, km: float, table: float) -> Say:
    limit_km, limit, speed = (
        float(values[i]) for values in (f.travel.km_limit, f.travel.minutes_limit, f.travel.speed)
    )
    if table > limit:
        return say(
            "Too far: %(minutes)s minutes; they travel up to %(limit)s minutes.", minutes=minutes_up(table), limit=limit
        )
    if not math.isnan(table) or limit_km <= limit / 60 * speed:
        return say("Too far: %(km)s km; they travel up to %(limit)s km.", km=km_up(km), limit=limit_km)
    return say(
        "Too far: %(km)s km, about %(minutes)s minutes; they travel up to %(limit)s minutes.",
        km=km_up(km),
        minutes=minutes_up(km / speed * 60),
        limit=limit,
    )


def _count_words(item: tuple[HardRule, int]) -> Say:
    rule, n = item
    match rule:
        case HardRule.EXCLUDED:
            return say_n("%(n)s with an employer ruled out", "%(n)s with employers ruled out", n)
        case HardRule.BANNED:
            return say_n("%(n)s ruled out by hand", "%(n)s ruled out by hand", n)
        case HardRule.DISTANCE:
            return say_n("%(n)s too far", "%(n)s too far", n)
        case HardRule.HOURS:
            return say_n("%(n)s with more hours than they can work", "%(n)s with more hours than they can work", n)
        case HardRule.SCHEDULE:
            return say_n("%(n)s outside their hours", "%(n)s outside their hours", n)
        case HardRule.ACCOMMODATION:
            return say_n("%(n)s without something they need", "%(n)s without something they need", n)
        case HardRule.PLACES:
            return say_n("%(n)s without a free place", "%(n)s without a free place", n)


def comma(first: Say, rest: Say) -> Say:
    """Two parts of a list, a comma between them."""
    return say("%(first)s, %(rest)s", first=first, rest=rest)


def also(first: Say, rest: Say) -> Say:
    """Two refusals, one after the other."""
    return say("%(first)s Also: %(rest)s", first=first, rest=rest)
