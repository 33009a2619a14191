"""What would make a pair possible: the exact relaxation of every rule that stands against it.

A remedy is data first: :func:`relax` applies it, and then the pair passes. What is shown
is what is applied, so a limit to be raised is told to the tenth of a kilometer upward.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from placement.domain.matching.features import prepare
from placement.domain.matching.figures import Figures, figures, hours, km_up, minutes_up, points_of_100
from placement.domain.matching.parties import Opening, Person
from placement.domain.matching.problem import Problem
from placement.domain.matching.refusals import comma
from placement.domain.matching.remedy_words import further_words, week_words
from placement.domain.matching.rules import RULES, HardRule
from placement.domain.matching.schedule import quarters_down
from placement.domain.matching.score import score_pairs
from placement.domain.matching.week import most_welcome
from placement.domain.words import Say, Wording, say, say_n

_ONE = np.zeros(1, np.int64)
#: Minutes a limit may be; what takes longer means no limit.
_LONGEST = 10_000
#: What is asked for may be so many times what there is; anything farther off is nobody's help.
MOST_TIMES = 2


@dataclass(frozen=True, slots=True)
class Remedy:
    """One relaxation for a pair; ``rule`` None is the minimum fit. Only what the rule is about is set.

    ``km``, ``minutes``: the person's new limits (infinite: none); ``hours``: the opening's new
    minimum a week; ``week``: mask of the time to be free; ``needs``: keys of the accommodations
    to offer, see :func:`named`; ``fit``: the new minimum, basis points. ``sensible``: whether
    to ask anybody for it: no limit more than doubled, no demand more than halved.
    """

    rule: HardRule | None
    person: str
    opening: str
    words: Say
    km: float | None = None
    minutes: float | None = None
    hours: float | None = None
    week: int = 0
    needs: frozenset[str] = frozenset()
    fit: int | None = None
    sensible: bool = True


def what_would_help(problem: Problem, person_key: str, opening_key: str) -> tuple[Remedy, ...]:
    """What has to change for this pair to pass, in the order of the rules, the minimum fit last.

    Empty if it passes. A rule that an earlier remedy helps as well is not named again: fewer
    hours asked for may be hours the person is free. KeyError for a foreign key.
    """
    small, found = problem.only(person_key, opening_key), []
    f = prepare(small)
    looked = figures(f, _ONE, _ONE)
    for k, rule in enumerate(RULES):
        if looked.broken[0][k]:
            found.append(_BUILD[rule](small.people[0], small.openings[0], looked))
            small = relax(small, found[-1:])
            f = prepare(small)
            looked = figures(f, _ONE, _ONE)
    fit = int(score_pairs(f, _ONE, _ONE).sum())
    if fit < problem.settings.minimum_fit:
        found.append(_lower_minimum(small.people[0], small.openings[0], fit, problem.settings.minimum_fit))
    return tuple(found)


def sensible_help(problem: Problem, person_key: str, opening_key: str) -> tuple[Remedy, ...]:
    """:func:`what_would_help`, as far as it is any help: nothing where one of the changes is not sensible.

    That a place would have to be free is no help either: what stands against it says so already.
    """
    found = what_would_help(problem, person_key, opening_key)
    if not all(remedy.sensible for remedy in found):
        return ()
    return tuple(remedy for remedy in found if remedy.rule is not HardRule.PLACES)


def named(remedy: Remedy, names: Mapping[str, Wording]) -> Say:
    """The remedy in words, with the accommodations it is about by name; ``names``: key → name, as far as known."""
    needs = [say("%(thing)s", thing=names[key]) for key in sorted(remedy.needs) if key in names]
    if not needs or len(needs) < len(remedy.needs):
        return remedy.words
    return say("It would have to offer what they need: %(things)s.", things=reduce(comma, needs))


def relax(problem: Problem, remedies: Iterable[Remedy]) -> Problem:
    """The same question with these remedies applied; they may concern many pairs."""
    people, openings = {p.key: p for p in problem.people}, {o.key: o for o in problem.openings}
    bans, settings = list(problem.bans), problem.settings
    for remedy in remedies:
        person, opening = people[remedy.person], openings[remedy.opening]
        bans = [ban for ban in bans if remedy.rule is not HardRule.BANNED or ban != (person.key, opening.key)]
        people[person.key] = _relaxed_person(person, opening, remedy)
        openings[opening.key] = _relaxed_opening(opening, remedy)
        if remedy.fit is not None:
            settings = replace(settings, minimum_fit=min(settings.minimum_fit, remedy.fit))
    return replace(
        problem,
        people=tuple(people.values()),
        openings=tuple(openings.values()),
        bans=tuple(bans),
        settings=settings,
    )


def _relaxed_person(person: Person, opening: Opening, remedy: Remedy) -> Person:
    match remedy.rule:
        case HardRule.EXCLUDED:
            return replace(person, excluded_employers=person.excluded_employers - {opening.employer})
        case HardRule.DISTANCE:
            return replace(
                person,
                travel_limit_km=_wider(person.travel_limit_km, remedy.km),
                travel_limit_minutes=_wider(person.travel_limit_minutes, remedy.minutes),
            )
        case HardRule.SCHEDULE:
            return replace(person, availability=(person.availability or 0) | remedy.week)
    return person


def _relaxed_opening(opening: Opening, remedy: Remedy) -> Opening:
    match remedy.rule:
        case HardRule.HOURS:
            return replace(opening, minimum_weekly_hours=remedy.hours)
        case HardRule.ACCOMMODATION:
            return replace(opening, offers=opening.offers | remedy.needs)
        case HardRule.PLACES:
            return replace(opening, places=max(1, opening.places))
    return opening


def _wider(limit: float | None, wanted: float | None) -> float | None:
    if limit is None or wanted is None:
        return limit
    return None if math.isinf(wanted) else max(limit, wanted)


def _allow_employer(person: Person, opening: Opening, _looked: Figures) -> Remedy:
    words = say("Only they themselves can make this employer possible again.")
    return Remedy(HardRule.EXCLUDED, person.key, opening.key, words)


def _allow_pair(person: Person, opening: Opening, _looked: Figures) -> Remedy:
    words = say("The pair was ruled out by hand and would have to be allowed again.")
    return Remedy(HardRule.BANNED, person.key, opening.key, words)


def _travel_further(person: Person, opening: Opening, looked: Figures) -> Remedy:
    away, table, km, minutes = looked.km[0], looked.table[0], None, None
    if person.travel_limit_km is not None and _beyond(away, person.travel_limit_km):
        km = km_up(away)
    limit, speed = person.travel_limit_minutes, person.travel_speed_kmh
    # A limit in minutes is held against the table as it is; without one, as whole meters at their speed.
    if limit is not None and (_beyond(away, limit / 60 * speed) if math.isnan(table) else table > limit):
        takes = minutes_up(away / speed * 60) if math.isnan(table) else math.ceil(table)
        minutes = float(takes) if takes <= _LONGEST else math.inf
    sensible = _at_most_double(km, person.travel_limit_km) and _at_most_double(minutes, limit)
    words = further_words(person, km, minutes)
    return Remedy(HardRule.DISTANCE, person.key, opening.key, words, km=km, minutes=minutes, sensible=sensible)


def _at_most_double(wanted: float | None, now: float | None) -> bool:
    return wanted is None or now is None or wanted <= MOST_TIMES * now


def _beyond(away: float, limit: float) -> bool:
    return not math.isnan(away) and round(away * 1000) > round(limit * 1000)


def _fewer_hours(person: Person, opening: Opening, _looked: Figures) -> Remedy:
    can = hours(quarters_down(person.weekly_hours_limit or 0))
    asked = opening.minimum_weekly_hours
    need = hours(opening.pattern.bit_count()) if asked is None else asked
    words = say("It would have to ask for %(has)s hours a week instead of %(need)s.", has=can, need=need)
    return Remedy(HardRule.HOURS, person.key, opening.key, words, hours=can, sensible=_at_most_double(need, can))


def _free_time(person: Person, opening: Opening, looked: Figures) -> Remedy:
    size, least, has = opening.pattern.bit_count(), opening.minimum_weekly_hours, person.availability or 0
    asked = size if least is None else min(size, math.ceil(least * 4 - 1e-9))
    week = most_welcome(opening.pattern & ~has, has, asked - looked.shared[0])
    words = say("This time would have to be free: %(times)s.", times=week_words(week))
    return Remedy(
        HardRule.SCHEDULE, person.key, opening.key, words, week=week, sensible=week.bit_count() * MOST_TIMES <= asked
    )


def _offer_more(person: Person, opening: Opening, _looked: Figures) -> Remedy:
    needs = person.needs - opening.offers
    words = say_n(
        "It would have to offer one more thing that they need.",
        "It would have to offer %(n)s more things that they need.",
        len(needs),
    )
    return Remedy(HardRule.ACCOMMODATION, person.key, opening.key, words, needs=needs)


def _one_place(person: Person, opening: Opening, _looked: Figures) -> Remedy:
    return Remedy(HardRule.PLACES, person.key, opening.key, say("It would need a free place."))


def _lower_minimum(person: Person, opening: Opening, fit: int, minimum: int) -> Remedy:
    # What is shown, to the tenth of a point downward, is what is set.
    lower = fit // 10 * 10
    words = say(
        "A minimum fit of %(fit)s points of 100 instead of %(minimum)s.",
        fit=points_of_100(lower),
        minimum=points_of_100(minimum),
    )
    return Remedy(None, person.key, opening.key, words, fit=lower, sensible=_at_most_double(minimum, lower))


_BUILD: Mapping[HardRule, Callable[[Person, Opening, Figures], Remedy]] = {
    HardRule.EXCLUDED: _allow_employer,
    HardRule.BANNED: _allow_pair,
    HardRule.DISTANCE: _travel_further,
    HardRule.HOURS: _fewer_hours,
    HardRule.SCHEDULE: _free_time,
    HardRule.ACCOMMODATION: _offer_more,
    HardRule.PLACES: _one_place,
}
