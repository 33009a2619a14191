"""Slow and plain checks of matchings, and random problems for them."""

from __future__ import annotations

import numpy as np
from hypothesis import settings

modest = settings(max_examples=150, deadline=None, derandomize=True)


def best_weights(args):
    """The highest weight of each pair."""
    best = {}
    for a, b, weight in zip(*args[2:5], strict=True):
        best[a, b] = max(weight, best.get((a, b), 0))
    return best


def value(args, x):
    """People placed and total weight of a matching, after checking that it is one."""
    cap, best = args[5], best_weights(args)
    taken = [(a, int(b)) for a, b in enumerate(x) if b >= 0]
    assert all(pair in best for pair in taken)
    assert (np.bincount([b for _, b in taken], minlength=len(cap)) <= cap).all()
    return len(taken), sum(best[pair] for pair in taken)


def brute_force(args):
    """The best value there is, by trying everything."""
    n, m, *_, cap = args
    best = best_weights(args)

    def search(person, left):
        if person == n:
            return 0, 0
        found = search(person + 1, left)
        for opening in range(m):
            if left[opening] and (person, opening) in best:
                rest = [count - (k == opening) for k, count in enumerate(left)]
                placed, total = search(person + 1, rest)
                found = max(found, (placed + 1, total + best[person, opening]))
        return found

    return search(0, list(cap))


def random_args(seed, n, m, share=0.3, heaviest=10_000, places=3):
    rng = np.random.default_rng(seed)
    i, j = np.nonzero(rng.random((n, m)) < share)
    w = rng.integers(0, heaviest, len(i), endpoint=True)
    return n, m, i.tolist(), j.tolist(), w.tolist(), rng.integers(0, places, m, endpoint=True).tolist()
