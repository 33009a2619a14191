"""Why a pair fits as it does, why it cannot be formed, why someone was left out.

Everything is a sentence without a language; keys stay keys, the caller puts names.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from placement.domain.matching.features import Features, prepare
from placement.domain.matching.figures import figures, hours, km_up, points_of_100
from placement.domain.matching.problem import Opening, Person, Problem, Requirement
from placement.domain.matching.profile import OVER
from placement.domain.matching.refusals import left_out_words, refusal_words
from placement.domain.matching.result import Solution
from placement.domain.matching.rules import reasons
from placement.domain.matching.score import score_block, score_pairs
from placement.domain.words import Say, say

_ONE = np.zeros(1, np.int64)


@dataclass(frozen=True, slots=True)
class PartLine:
    """One factor of a fit: ``points`` of at most ``of`` basis points, and what they rest on."""

    factor: Say
    points: int
    of: int
    detail: Say


@dataclass(frozen=True, slots=True)
class TraitGap:
    """One trait asked for (its key), in words; ``has`` None is unknown."""

    trait: str
    need: int
    has: int | None
    weight: int
    words: Say


def explain_pair(problem: Problem, person_key: str, opening_key: str) -> tuple[PartLine, ...]:
    """Profile, wishes, travel, schedule: points and detail. KeyError for a foreign key."""
    small = problem.only(person_key, opening_key)
    f, person, opening = prepare(small), small.people[0], small.openings[0]
    points = score_pairs(f, _ONE, _ONE)[0].tolist()
    w = problem.settings.weights
    return (
        PartLine(say("Abilities"), points[0], w.profile, _profile_detail(person, opening)),
        PartLine(say("Wishes"), points[1], w.wishes, _wishes_detail(person, opening)),
        PartLine(say("Travel"), points[2], w.travel, _travel_detail(f, person)),
        PartLine(say("Schedule"), points[3], w.schedule, _schedule_detail(f)),
    )


def trait_gaps(problem: Problem, person_key: str, opening_key: str) -> tuple[TraitGap, ...]:
    """Every trait that counts for the opening, the dearest gap first. KeyError for a foreign key."""
    person, opening = problem.person(person_key), problem.opening(opening_key)
    gaps = [
        TraitGap(trait, asked.level, has, asked.weight, _gap_words(asked.level, has))
        for trait, asked in opening.requirements.items()
        for has in (person.abilities.get(trait),)
        if asked.weight
    ]
    return tuple(sorted(gaps, key=lambda gap: (-_cost(gap), gap.has is None, gap.trait)))


def why_not(problem: Problem, person_key: str, opening_key: str) -> Say:
    """What stands against a pair: every hard rule it fails, the first one first; else its fit."""
    f = prepare(problem.only(person_key, opening_key))
    refusal = refusal_words(f, _ONE, _ONE)[0]
    if refusal is not None:
        return refusal
    fit = int(score_pairs(f, _ONE, _ONE)[0].sum())
    if fit < problem.settings.minimum_fit:
        return say(
            "No rule stands against it, but the fit of %(fit)s points of 100 is below the minimum of %(minimum)s.",
            fit=points_of_100(fit),
            minimum=points_of_100(problem.settings.minimum_fit),
        )
    return say("No rule stands against it; the fit is %(fit)s points of 100.", fit=points_of_100(fit))


def why_left_out(problem: Problem, solution: Solution, person_key: str) -> Say:
    """Why this person got no opening. KeyError for a foreign key, ValueError if they got one."""
    if any(pair.person == person_key for pair in solution.pairs):
        raise ValueError(f"{person_key!r} was not left out")
    f = prepare(problem.only(person_key))
    fit = score_block(f, _ONE)[2]
    return left_out_words(reasons(f, 0), int(fit.max(initial=-1)), problem.settings.minimum_fit)


def _gap_words(need: int, has: int | None) -> Say:
    if has is None:
        return say("needs %(need)s, not known yet", need=need)
    if has < need:
        return say("needs %(need)s, has %(has)s: more than they can do yet", need=need, has=has)
    if has > need:
        return say("needs %(need)s, has %(has)s: less than they can do", need=need, has=has)
    return say("needs %(need)s, has %(has)s: fits", need=need, has=has)


def _cost(gap: TraitGap) -> int:
    if gap.has is None:
        return 0
    return gap.weight * max(OVER * (gap.need - gap.has), gap.has - gap.need)


def _profile_detail(person: Person, opening: Opening) -> Say:
    asked: dict[str, Requirement] = {t: r for t, r in opening.requirements.items() if r.weight}
    known = {t: person.abilities[t] - r.level for t, r in asked.items() if t in person.abilities}
    if not known:
        return say("nothing known yet: counted as half") if asked else say("nothing asked for: counted as half")
    return say(
        "fits: %(met)s, more than they can do yet: %(over)s, less than they can do: %(under)s, not known: %(unknown)s",
        met=sum(gap == 0 for gap in known.values()),
        over=sum(gap < 0 for gap in known.values()),
        under=sum(gap > 0 for gap in known.values()),
        unknown=len(asked) - len(known),
    )


def _wishes_detail(person: Person, opening: Opening) -> Say:
    tasks = [person.task_wishes[task] for task in opening.tasks if task in person.task_wishes]
    employer = person.employer_wishes.get(opening.employer)
    if not tasks and employer is None:
        return say("no wish about it: counted as half")
    liked, unwanted = sum(wish > 0 for wish in tasks), sum(wish < 0 for wish in tasks)
    if employer is None or employer == 0:
        return say("tasks liked: %(liked)s, rather not: %(unwanted)s", liked=liked, unwanted=unwanted)
    if employer > 0:
        return say(
            "tasks liked: %(liked)s, rather not: %(unwanted)s; employer wished for", liked=liked, unwanted=unwanted
        )
    return say("tasks liked: %(liked)s, rather not: %(unwanted)s; employer rather not", liked=liked, unwanted=unwanted)


def _travel_detail(f: Features, person: Person) -> Say:
    km = figures(f, _ONE, _ONE).km[0]
    if math.isnan(km):
        return say("distance not known: counted as half")
    minutes = math.ceil(km / person.travel_speed_kmh * 60)
    return say("%(km)s km, about %(minutes)s min", km=km_up(km), minutes=minutes)


def _schedule_detail(f: Features) -> Say:
    if not f.times.week_known[0] or not f.times.size[0]:
        return say("hours not known: counted as half")
    return say(
        "%(has)s of %(of)s hours lie within their week",
        has=hours(figures(f, _ONE, _ONE).shared[0]),
        of=hours(f.times.size[0]),
    )
