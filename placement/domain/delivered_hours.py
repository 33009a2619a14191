"""Hours of a month: by person and site, and by who pays for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

#: Hours on days without an approval.
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Worked:
    """Confirmed minutes of a person at a site on a day."""

    person: int
    site: int
    day: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Approved:
    """``funder``: the folded name, one for each funder."""

    person: int
    funder: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Sum:
    """``people`` with at least one confirmed minute, their ``minutes`` and ``days``."""

    people: int
    minutes: int
    days: int


def by_person_and_site(worked: Iterable[Worked]) -> dict[tuple[int, int], tuple[int, int]]:
    """(person, site) → minutes and days."""
    minutes: dict[tuple[int, int], int] = defaultdict(int)
    days: dict[tuple[int, int], set[date]] = defaultdict(set)
    for one in worked:
        if one.minutes > 0:
            minutes[one.person, one.site] += one.minutes
            days[one.person, one.site].add(one.day)
    return {key: (minutes[key], len(days[key])) for key in minutes}


def by_funder(worked: Iterable[Worked], approved: Sequence[Approved]) -> dict[str, Sum]:
    """Funder → sum. A day that two approve counts for the approval that began first, so that no hour is paid twice."""
    of_person: dict[int, list[Approved]] = defaultdict(list)
    for approval in sorted(approved, key=lambda row: (row.first, row.funder)):
        of_person[approval.person].append(approval)
    minutes: dict[str, int] = defaultdict(int)
    days: dict[str, set[tuple[int, date]]] = defaultdict(set)
    for one in worked:
        if one.minutes > 0:
            pays = next((row.funder for row in of_person[one.person] if row.first <= one.day <= row.last), NOBODY)
            minutes[pays] += one.minutes
            days[pays].add((one.person, one.day))
    return {
        funder: Sum(len({person for person, _ in days[funder]}), minutes[funder], len(days[funder]))
        for funder in sorted(minutes)
    }
