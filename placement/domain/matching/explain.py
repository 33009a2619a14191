"""Why a pair fits as it does, or why it cannot be formed; see also :mod:`remedies` and :mod:`left_out`.

Everything is a sentence without a language; keys stay keys, the caller puts names.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from placement.domain.matching.features import Features, prepare
from placement.domain.matching.figures import figures, hours, km_up, minutes_up
from placement.domain.matching.problem import Opening, Person, Problem, Requirement
from placement.domain.matching.profile import OVER
from placement.domain.matching.score import score_pairs
from placement.domain.words import Say, say, say_n

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
    if not asked:
        return say("It asks for nothing in particular: counted as half.")
    if not known:
        return say("Nothing is known yet about what it asks for: counted as half.")
    met = sum(gap == 0 for gap in known.values())
    if met == len(asked):
        return say_n("The one ability it asks for fits.", "All %(n)s abilities it asks for fit.", met)
    found = [say_n("%(n)s of %(of)s abilities fits.", "%(n)s of %(of)s abilities fit.", met, of=len(asked))]
    over, under = sum(gap < 0 for gap in known.values()), sum(gap > 0 for gap in known.values())
    unknown = len(asked) - len(known)
    if over:
        found.append(
            say_n("%(n)s asks for more than they can do yet.", "%(n)s ask for more than they can do yet.", over)
        )
    if under:
        found.append(say_n("%(n)s asks for less than they can do.", "%(n)s ask for less than they can do.", under))
    if unknown:
        found.append(say_n("%(n)s is not known yet.", "%(n)s are not known yet.", unknown))
    return _sentences(found)


def _wishes_detail(person: Person, opening: Opening) -> Say:
    tasks = [person.task_wishes[task] for task in opening.tasks if task in person.task_wishes]
    employer = person.employer_wishes.get(opening.employer)
    if not tasks and employer is None:
        return say("They said nothing about its tasks or the employer: counted as half.")
    liked, unwanted, of = sum(wish > 0 for wish in tasks), sum(wish < 0 for wish in tasks), len(opening.tasks)
    found = []
    if liked:
        found.append(
            say_n(
                "They would like %(n)s of its %(of)s tasks.", "They would like %(n)s of its %(of)s tasks.", liked, of=of
            )
        )
    if unwanted:
        found.append(say_n("They would rather not do %(n)s task.", "They would rather not do %(n)s tasks.", unwanted))
    if employer is not None and employer > 0:
        found.append(say("They wish for this employer."))
    if employer is not None and employer < 0:
        found.append(say("They would rather not work for this employer."))
    return _sentences(found) if found else say("They do not mind its tasks or the employer.")


def _travel_detail(f: Features, person: Person) -> Say:
    looked = figures(f, _ONE, _ONE)
    km, table = looked.km[0], looked.table[0]
    if not math.isnan(table):
        return say("%(minutes)s minutes one way by the table of travel times.", minutes=minutes_up(table))
    if math.isnan(km):
        return say("The distance is not known: counted as half.")
    return say(
        "%(km)s km, about %(minutes)s minutes one way.",
        km=km_up(km),
        minutes=minutes_up(km / person.travel_speed_kmh * 60),
    )


def _schedule_detail(f: Features) -> Say:
    if not f.times.week_known[0]:
        return say("When they have time is not known yet: counted as half.")
    if not f.times.size[0]:
        return say("Its working hours are not known yet: counted as half.")
    has, of = figures(f, _ONE, _ONE).shared[0], int(f.times.size[0])
    if has == of:
        return say("All its %(of)s hours a week lie in the time they have.", of=hours(of))
    return say("%(has)s of its %(of)s hours a week lie in the time they have.", has=hours(has), of=hours(of))


def _sentences(found: Sequence[Say]) -> Say:
    return reduce(lambda first, rest: say("%(first)s %(rest)s", first=first, rest=rest), found)
