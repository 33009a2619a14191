"""A problem as arrays: what scoring needs of each person and each opening.

People and openings are put in the order of their keys, so that the order in which
they were handed over never matters. All products formed from these arrays are of
small integers and exact in float32 whatever the order of summation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from placement.domain.matching.arrays import Array, Rows, index, levels, sparse
from placement.domain.matching.problem import Opening, Person, Problem, Settings
from placement.domain.matching.profile import Profile, profile_arrays
from placement.domain.matching.schedule import Times, time_arrays
from placement.domain.matching.travel import Travel, travel_arrays
from placement.domain.matching.wishes import Wishes, wish_arrays

__all__ = ["Array", "Features", "prepare"]


@dataclass(frozen=True, slots=True)
class Features:
    """n people, m openings, A accommodations; one group of arrays for each factor."""

    people: tuple[str, ...]
    openings: tuple[str, ...]
    settings: Settings
    profile: Profile
    wishes: Wishes
    travel: Travel
    times: Times
    needs: Array  # float32 (n, A)
    lacks: Array  # float32 (m, A), accommodations not offered
    banned: Rows  # over openings
    places: Array  # int64 (m,)


def prepare(problem: Problem) -> Features:
    """The arrays of a problem; people and openings in the order of their keys."""
    people = sorted(problem.people, key=lambda p: p.key)
    openings = sorted(problem.openings, key=lambda o: o.key)
    column = {o.key: j for j, o in enumerate(openings)}
    row = {p.key: i for i, p in enumerate(people)}
    bans = {(row[p], column[o], 1) for p, o in problem.bans}
    return Features(
        people=tuple(row),
        openings=tuple(column),
        settings=problem.settings,
        profile=profile_arrays(people, openings, problem.traits),
        wishes=wish_arrays(people, openings),
        travel=travel_arrays(people, openings, column),
        times=time_arrays(people, openings),
        **_accommodations(people, openings),
        banned=sparse(len(people), len(openings), list(bans)),
        places=np.array([o.places for o in openings], np.int64),
    )


def _accommodations(people: Sequence[Person], openings: Sequence[Opening]) -> dict[str, Any]:
    at = index(need for person in people for need in person.needs)
    needs = levels([[(at[need], 1) for need in p.needs] for p in people], len(at), 0)
    offers = levels([[(at[offer], 1) for offer in o.offers if offer in at] for o in openings], len(at), 0)
    return {"needs": needs.astype(np.float32), "lacks": (1 - offers).astype(np.float32)}
