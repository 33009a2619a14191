"""The other openings one person could have, and what each would cost everybody.

For the modes total and least shortfall the cost is exact and comes from one chain of moves
(:mod:`alternatives`): of all arrangements with that pair, the one that is best under the same
mode. Max-min and stable have no such chain; there the run is solved again with the pair
held, as choosing it would do, for a few openings, and only while that takes no time.
All costs are told in points of fit, whatever the mode compares.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from placement.domain.matching import modes
from placement.domain.matching.alternatives import Move, Residual, alternatives, forced, residual
from placement.domain.matching.arrays import Array
from placement.domain.matching.costs import Cost
from placement.domain.matching.fairness import shortfall_weights
from placement.domain.matching.features import Features
from placement.domain.matching.modes import Asked
from placement.domain.matching.problem import Mode
from placement.domain.matching.score import score_pairs
from placement.domain.matching.solve import solve_pairs

#: Modes whose costs follow from one chain of moves.
CHAINED = frozenset({Mode.TOTAL, Mode.LEAST_SHORTFALL})
#: Pairs up to which other modes are solved again for each opening looked at.
MOST_AGAIN = 200_000
#: Weights up to here are solved exactly.
_LARGEST = 10**10
_PAIRS = ("i", "j", "fit", "parts", "named")


@dataclass(frozen=True, slots=True)
class Standing:
    """A solved run as it stands. People and openings are indices into ``features``.

    ``asked``: every pair that may be formed, nobody set aside; ``held`` int64 (n,): openings kept by hand, −1
    elsewhere; ``x`` int64 (n,): what everybody has. ``settled``: whether ``x`` is what was stored; False once
    something was taken out, and then it is what solving again would give. ``residual`` None: not a chained mode.
    """

    features: Features
    asked: Asked
    held: Array
    x: Array
    settled: bool
    residual: Residual | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One other opening. ``fit`` in basis points; ``moves``: everybody whose opening changes, the person first."""

    opening: int
    fit: int
    cost: Cost
    moves: tuple[Move, ...]


def stand(f: Features, asked: Asked, held: Array, stored: Array) -> Standing:
    """Prepare :func:`choices` for the openings ``stored`` int64 (n,), −1 unplaced, of a run with these settings."""
    mode, rest = f.settings.mode, _set_aside(asked, held)
    free = np.where(held >= 0, -1, stored)
    x, settled = free, modes.passes(mode, rest, free) if _formed(rest, free) else False
    if not settled:
        x = _solve_near(mode, rest, free)
    r = _residual(mode, rest, x) if mode in CHAINED else None
    return Standing(f, asked, held, np.where(held >= 0, held, x), settled, r)


def choices(standing: Standing, person: int, k: int = 5) -> tuple[Choice, ...] | None:
    """The ``k`` other openings of a person that cost the group least; in max-min and stable the ``k`` that fit best.

    None where working it out would take too long.
    """
    if standing.features.settings.mode in CHAINED:
        return _by_chain(standing, person, k)
    if len(standing.asked.i) > MOST_AGAIN:
        return None
    return _by_solving(standing, person, k)


def open_to(standing: Standing, person: int) -> tuple[Array, Array]:
    """``(openings, fits)``: where this person may be and a place is left that is not kept for somebody else."""
    mine = slice(*np.searchsorted(standing.asked.i, [person, person + 1]))
    openings, fits = standing.asked.j[mine], standing.asked.fit[mine]
    left = _set_aside(standing.asked, _without(standing.held, person)).cap[openings] > 0
    return openings[left], fits[left]


def _by_chain(s: Standing, person: int, k: int) -> tuple[Choice, ...]:
    r, base = s.residual, s.x
    if s.held[person] >= 0:
        # Somebody kept by hand is no part of the network: what would be, were they free?
        held = _without(s.held, person)
        rest = _set_aside(s.asked, held)
        free = _solve_near(s.features.settings.mode, rest, s.x)
        r, base = _residual(s.features.settings.mode, rest, free), np.where(held >= 0, held, free)
    if r is None:
        raise ValueError("standing: has no residual for its mode")
    found = list(alternatives(r, person, k + 1))
    own = forced(r, person, int(base[person])) if base[person] >= 0 else None
    found = [alternative for alternative in ([own] if own else []) + found if alternative.opening != s.x[person]]
    return tuple(_choice(s, person, one.opening, _after(base, one.moves)) for one in found[:k])


def _by_solving(s: Standing, person: int, k: int) -> tuple[Choice, ...]:
    openings, fits = open_to(s, person)
    order = np.lexsort((openings, -fits))
    best = [int(openings[at]) for at in order if openings[at] != s.x[person]][:k]
    found = []
    for opening in best:
        held = s.held.copy()
        held[person] = opening
        x = _solve_near(s.features.settings.mode, _set_aside(s.asked, held), s.x)
        found.append(_choice(s, person, opening, np.where(held >= 0, held, x)))
    return tuple(found)


def _choice(s: Standing, person: int, opening: int, after: Array) -> Choice:
    changed = [int(one) for one in np.flatnonzero(after != s.x) if one != person]
    moves = tuple(Move(one, int(s.x[one]), int(after[one])) for one in [person, *changed])
    total = sum(
        _fit(s.features, move.person, move.after) - _fit(s.features, move.person, move.before) for move in moves
    )
    placed = sum((move.after >= 0) - (move.before >= 0) for move in moves)
    lowest = None
    if s.features.settings.mode not in CHAINED:
        lowest = _lowest(s, s.x, person), _lowest(s, after, person)
    losing = sum(move.after < 0 for move in moves[1:])
    cost = Cost(placed, total, len(changed), lowest, losing)
    return Choice(opening, _fit(s.features, person, opening), cost, moves)


def _lowest(s: Standing, x: Array, person: int) -> int:
    """The lowest fit of those who were not kept by hand, with this person's."""
    people = np.flatnonzero((x >= 0) & (_without(s.held, person) < 0))
    return int(score_pairs(s.features, people, x[people]).sum(axis=1).min(initial=10_000))


def _fit(f: Features, person: int, opening: int) -> int:
    return int(score_pairs(f, np.array([person]), np.array([opening]))[0].sum()) if opening >= 0 else 0


def _after(base: Array, moves: tuple[Move, ...]) -> Array:
    after = base.copy()
    for move in moves:
        after[move.person] = move.after
    return after


def _without(held: Array, person: int) -> Array:
    free = held.copy()
    free[person] = -1
    return free


def _set_aside(asked: Asked, held: Array) -> Asked:
    """What is left to decide once everybody held has left with their place."""
    free = held[asked.i] < 0
    taken = np.bincount(held[held >= 0], minlength=asked.m)
    pairs = {name: getattr(asked, name)[free] for name in _PAIRS}
    return replace(asked, **pairs, cap=np.maximum(asked.cap - taken, 0))


def _formed(asked: Asked, x: Array) -> bool:
    """Whether ``x`` uses nothing but pairs and places that are there."""
    people = np.flatnonzero(x >= 0)
    there = np.isin(people * asked.m + x[people], asked.i.astype(np.int64) * asked.m + asked.j)
    return bool(there.all() and (np.bincount(x[people], minlength=asked.m) <= asked.cap).all())


def _solve_near(mode: Mode, a: Asked, x: Array) -> Array:
    """An answer of this mode; of equally good ones one that leaves most people where ``x`` has them."""
    if mode is Mode.STABLE:
        return modes.solve(mode, a)
    if mode is Mode.MAX_MIN:
        found = modes.solve(mode, a)
        formed = a.fit[found[a.i] == a.j]
        high = a.fit >= (formed.min() if len(formed) else 0)
        a = replace(a, **{name: getattr(a, name)[high] for name in _PAIRS})
    weights = _weights(mode, a)
    if len(weights) and int(weights.max()) * (a.n + 1) <= _LARGEST:
        weights = weights * (a.n + 1) + (x[a.i] == a.j)
    return solve_pairs(a.n, a.m, a.i, a.j, weights, a.cap)


def _weights(mode: Mode, a: Asked) -> Array:
    return shortfall_weights(a.fit) if mode is Mode.LEAST_SHORTFALL else np.asarray(a.fit, np.int64)


def _residual(mode: Mode, a: Asked, x: Array) -> Residual:
    return residual(a.n, a.m, a.i, a.j, _weights(mode, a), a.cap, x)
