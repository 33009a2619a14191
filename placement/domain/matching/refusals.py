"""The sentences for what cannot be: a hard rule that fails, a person left out."""

from __future__ import annotations

from functools import reduce

import numpy as np

from placement.domain.matching.features import Features
from placement.domain.matching.figures import hours, kilometers, km_up, points_of_100
from placement.domain.matching.rules import HardRule, Reasons, overlap, squared_km
from placement.domain.words import Say, say, say_n


def left_out_words(found: Reasons, best: int, minimum: int) -> Say:
    """The sentence for someone left out; ``best`` is their highest fit in basis points."""
    if not found.passing:
        if not found.counts:
            return say("There are no openings in this run.")
        return say("No opening passes: %(counts)s.", counts=reduce(_comma, map(_count_words, found.counts.items())))
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


def rule_words(f: Features, rule: HardRule, i: int, j: int) -> Say:
    """The sentence for one failed rule of person ``i`` and opening ``j`` (indices of ``f``)."""
    one, other = np.array([i]), np.array([j])
    if rule is HardRule.EXCLUDED:
        return say("They are never to be matched with this employer.")
    if rule is HardRule.BANNED:
        return say("This pair was ruled out by hand.")
    if rule is HardRule.DISTANCE:
        km = kilometers(float(squared_km(f, one, other)[0]))
        return say(
            "Too far: %(km)s km; they travel up to %(limit)s km.", km=km_up(km), limit=round(float(f.near[i]), 3)
        )
    if rule is HardRule.HOURS:
        return say(
            "It asks for %(need)s hours a week; they can work %(has)s.",
            need=hours(f.asked_hours[j]),
            has=hours(f.hours_limit[i]),
        )
    if rule is HardRule.SCHEDULE:
        return say(
            "%(has)s of its hours lie within their week; it asks for %(need)s.",
            need=hours(f.asked_overlap[j]),
            has=hours(overlap(f, one, other)[0]),
        )
    if rule is HardRule.ACCOMMODATION:
        return say_n(
            "It does not offer something they need.",
            "It does not offer %(n)s things they need.",
            int(f.needs[i] @ f.lacks[j]),
        )
    return say("It has no free place.")


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


def _comma(first: Say, rest: Say) -> Say:
    return say("%(first)s, %(rest)s", first=first, rest=rest)


def also(first: Say, rest: Say) -> Say:
    """Two refusals, one after the other."""
    return say("%(first)s Also: %(rest)s", first=first, rest=rest)
