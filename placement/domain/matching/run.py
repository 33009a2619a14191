"""One matching run from question to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from placement.domain.matching import modes
from placement.domain.matching.arrays import Array
from placement.domain.matching.features import Features, prepare
from placement.domain.matching.modes import Asked
from placement.domain.matching.problem import Problem
from placement.domain.matching.refusals import left_out_words, rule_words
from placement.domain.matching.result import LeftOut, Pair, Parts, Solution
from placement.domain.matching.rules import HardRule, failing_pair, reasons_many
from placement.domain.matching.score import Scored, score_all, score_pairs
from placement.domain.matching.solve import LockError, with_locks
from placement.domain.matching.travel import EARTH_KM, squared_km

#: What no decision by hand outweighs: somebody's protection, and places that are not there.
NEVER_OVERRIDDEN = frozenset({HardRule.EXCLUDED, HardRule.PLACES})
#: Percent of the work behind each stage, roughly.
_SCORED, _SOLVED, _CHECKED = 30, 75, 95


class UncertifiedError(RuntimeError):
    """The result did not pass the check of its mode; it must not be shown."""


@dataclass(frozen=True, slots=True)
class Board:
    """A problem laid out: ``scored`` every pair within the rules, ``asked`` what is left to decide.

    ``held`` int64 (n,): the openings of the people locked, −1 elsewhere; they and their
    places are no part of ``asked``. People and openings in the order of ``features``.
    """

    features: Features
    scored: Scored
    asked: Asked
    held: Array


def match(problem: Problem, progress: Callable[[int], None] | None = None) -> Solution:
    """Answer the problem under its mode, and give everyone left out a reason.

    Pairs below the minimum fit are not formed. Locked pairs are kept whatever their fit, take
    a place and are no part of what the mode compares; they must keep the hard rules, or, in
    ``overrides``, those that may be overridden (LockError). The answer does not depend on the
    order of people, openings or traits. ``progress`` is told the percent done, stage by stage.
    Raises UncertifiedError if the check of the mode fails.
    """
    tell = progress or (lambda _percent: None)
    laid, mode = lay_out(problem), problem.settings.mode
    tell(_SCORED)
    x = modes.solve(mode, laid.asked)
    tell(_SOLVED)
    if not modes.passes(mode, laid.asked, x):
        raise UncertifiedError(f"the matching found does not pass the check of the mode {mode.value}")
    tell(_CHECKED)
    x = np.where(laid.held >= 0, laid.held, x)
    pairs = _pairs(problem, laid, x)
    return Solution(
        pairs=pairs,
        left_out=_left_out(laid, np.flatnonzero(x < 0)),
        total=sum(pair.fit for pair in pairs),
        placed=len(pairs),
        certified=True,
        check=modes.PROVES[mode],
        worst=min((pair.fit for pair in pairs if not pair.locked), default=None),
        mean_km=_mean_km(laid.features, x),
    )


def lay_out(problem: Problem) -> Board:
    """Score all pairs and set the locked ones aside; LockError as in :func:`match`."""
    f = prepare(problem)
    scored = score_all(f)
    n, m = len(f.people), len(f.openings)
    locks = _locks(problem, f)
    enough = scored.fit >= problem.settings.minimum_fit
    # Locked pairs need not be among those: their weight is never read.
    i, j = (
        np.concatenate([side[enough], np.array([lock[k] for lock in locks], np.int64)])
        for k, side in enumerate((scored.i, scored.j))
    )
    fit = np.concatenate([scored.fit[enough], np.zeros(len(locks), np.int64)])
    rest = with_locks(n, m, i, j, fit, f.places, locks)
    parts = scored.parts[np.searchsorted(_code(scored.i, scored.j, m), _code(rest.i, rest.j, m))]
    named = _named(problem, f, rest.i, rest.j)
    return Board(f, scored, Asked(n, m, rest.i, rest.j, rest.w, parts, named, rest.cap), rest.x)


def _locks(problem: Problem, f: Features) -> list[tuple[int, int]]:
    """The locked pairs as indices; LockError where a rule stands against one that is not overridden."""
    person = {key: k for k, key in enumerate(f.people)}
    opening = {key: k for k, key in enumerate(f.openings)}
    locks = [(person[p], opening[o]) for p, o in problem.locks]
    forced = set(problem.overrides)
    for k, (i, j) in enumerate(locks):
        broken = failing_pair(f, i, j)
        if problem.locks[k] in forced:
            broken = tuple(rule for rule in broken if rule in NEVER_OVERRIDDEN)
        if broken:
            raise LockError(k, rule_words(f, broken[0], i, j))
    return locks


def _named(problem: Problem, f: Features, i: Array, j: Array) -> Array:
    """int64 (E,): how high the opening's own ranking puts the person, 0 not named."""
    row = {key: k for k, key in enumerate(f.people)}
    column = {key: k for k, key in enumerate(f.openings)}
    m = len(column)
    heights = sorted(
        (row[person] * m + column[opening.key], len(opening.ranking) - k)
        for opening in problem.openings
        for k, person in enumerate(opening.ranking)
        if person in row
    )
    named, height = np.array(heights, np.int64).reshape(-1, 2).T
    found = np.zeros(len(i), np.int64)
    pairs = _code(i, j, m)
    at = np.flatnonzero(np.isin(pairs, named))
    found[at] = height[np.searchsorted(named, pairs[at])]
    return found


def _code(i: Array, j: Array, m: int) -> Array:
    return np.asarray(i.astype(np.int64) * m + j)


def _pairs(problem: Problem, laid: Board, x: Array) -> tuple[Pair, ...]:
    f, scored = laid.features, laid.scored
    people = np.flatnonzero(x >= 0)
    openings, m = x[people], len(f.openings)
    enough = scored.fit >= f.settings.minimum_fit
    rivals = np.bincount(scored.j[enough], minlength=m)[openings]
    rivals -= np.isin(_code(people, openings, m), _code(scored.i[enough], scored.j[enough], m))
    forced = set(problem.overrides)
    keys = [(f.people[i], f.openings[j]) for i, j in zip(people.tolist(), openings.tolist(), strict=True)]
    parts, locked = score_pairs(f, people, openings).tolist(), (laid.held[people] >= 0).tolist()
    return tuple(
        Pair(*pair, sum(points), Parts(*points), kept, pair in forced, others)
        for pair, points, kept, others in zip(keys, parts, locked, rivals.tolist(), strict=True)
    )


def _left_out(laid: Board, out: Array) -> tuple[LeftOut, ...]:
    f, scored = laid.features, laid.scored
    best = np.full(len(f.people), -1, np.int64)
    np.maximum.at(best, scored.i, scored.fit)
    return tuple(
        LeftOut(f.people[i], left_out_words(found, int(best[i]), f.settings.minimum_fit))
        for i, found in zip(out.tolist(), reasons_many(f, out), strict=True)
    )


def _mean_km(f: Features, x: Array) -> float | None:
    people = np.flatnonzero(x >= 0)
    chords = np.sqrt(squared_km(f.travel, people, x[people]))
    # Half a chord, on the sphere of the Earth.
    km = 2 * EARTH_KM * np.arcsin(np.minimum(chords / (2 * EARTH_KM), 1))
    known = km[~np.isnan(km)]
    return round(float(known.mean()), 3) if known.size else None
