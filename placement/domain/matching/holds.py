"""Pairs set by hand, looked at before anything is solved: whether they can be kept at all."""

from __future__ import annotations

from dataclasses import replace

from placement.domain.matching.options import refusals
from placement.domain.matching.problem import Problem
from placement.domain.matching.run import lay_out
from placement.domain.words import Say


def check_locks(problem: Problem) -> None:
    """Raise LockError for the first locked pair that cannot be kept; ``lock`` counts in ``problem.locks``.

    Looks at the people and openings of the locks alone, whatever the size of the problem.
    """
    if problem.locks:
        lay_out(_part(problem, problem.locks))


def stands_against(problem: Problem, person: str, opening: str) -> Say | None:
    """What keeps these two from being paired, the minimum fit included; None if nothing does."""
    pair = (person, opening)
    part = _part(replace(problem, locks=(), overrides=()), (pair,))
    return refusals(part, [pair]).get(pair)


def _part(problem: Problem, pairs: tuple[tuple[str, str], ...]) -> Problem:
    people, openings = {person for person, _opening in pairs}, {opening for _person, opening in pairs}
    return replace(
        problem,
        people=tuple(p for p in problem.people if p.key in people),
        openings=tuple(o for o in problem.openings if o.key in openings),
        bans=tuple(ban for ban in problem.bans if ban[0] in people and ban[1] in openings),
    )
