"""One matching run from question to answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from placement.domain.matching.features import Array, Features, prepare
from placement.domain.matching.problem import Problem
from placement.domain.matching.refusals import left_out_words, rule_words
from placement.domain.matching.result import LeftOut, Pair, Parts, Solution
from placement.domain.matching.rules import failing_pair, reasons
from placement.domain.matching.score import Scored, score_all
from placement.domain.matching.solve import LockError, certificate, solve_pairs, with_locks


class UncertifiedError(RuntimeError):
    """The result could not be proved best; it must not be shown."""


def match(problem: Problem) -> Solution:
    """Place the most people, then with the greatest total fit, and give everyone left out a reason.

    Pairs below the minimum fit are not formed; locked pairs are kept whatever their fit,
    take a place, and must keep the hard rules (LockError). The answer does not depend on
    the order of people, openings or traits. Raises UncertifiedError if the proof fails.
    """
    f = prepare(problem)
    scored = score_all(f)
    locks = _locks(problem, f)
    n, m = len(f.people), len(f.openings)
    held = np.isin(_code(scored.i, scored.j, m), [i * m + j for i, j in locks])
    kept = held | (scored.fit >= problem.settings.minimum_fit)
    i, j, fit = scored.i[kept], scored.j[kept], scored.fit[kept]
    rest = with_locks(n, m, i, j, fit, f.places, locks)
    x = solve_pairs(n, m, rest.i, rest.j, rest.w, rest.cap)
    if not certificate(n, m, rest.i, rest.j, rest.w, rest.cap, x).optimal:
        raise UncertifiedError("the matching found could not be proved best")
    x = np.where(rest.x >= 0, rest.x, x)
    pairs = _pairs(f, scored, x, rest.x)
    return Solution(
        pairs=pairs,
        left_out=_left_out(f, scored, np.flatnonzero(x < 0)),
        total=sum(pair.fit for pair in pairs),
        placed=len(pairs),
        certified=True,
    )


def _locks(problem: Problem, f: Features) -> list[tuple[int, int]]:
    person = {key: k for k, key in enumerate(f.people)}
    opening = {key: k for k, key in enumerate(f.openings)}
    locks = [(person[p], opening[o]) for p, o in problem.locks]
    for k, (i, j) in enumerate(locks):
        broken = failing_pair(f, i, j)
        if broken:
            raise LockError(k, rule_words(f, broken[0], i, j))
    return locks


def _code(i: Array, j: Array, m: int) -> Array:
    return i.astype(np.int64) * m + j


def _pairs(f: Features, scored: Scored, x: Array, locked: Array) -> tuple[Pair, ...]:
    at = np.flatnonzero(scored.j == x[scored.i])
    return tuple(
        Pair(f.people[i], f.openings[j], fit, Parts(*parts), bool(locked[i] >= 0))
        for i, j, fit, parts in zip(
            *(values[at].tolist() for values in (scored.i, scored.j, scored.fit, scored.parts)), strict=True
        )
    )


def _left_out(f: Features, scored: Scored, out: Sequence[int] | Array) -> tuple[LeftOut, ...]:
    best = np.full(len(f.people), -1, np.int64)
    np.maximum.at(best, scored.i, scored.fit)
    return tuple(
        LeftOut(f.people[i], left_out_words(reasons(f, int(i)), int(best[i]), f.settings.minimum_fit)) for i in out
    )
