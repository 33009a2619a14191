"""The small caseload of a coordinator's day: a person a line, with the last weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from placement.domain.profiles import full_name

#: Weeks of the small line in the caseload.
SPARK_WEEKS = 8


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """A person on placement with the middle answer of each of the last weeks, oldest first; None: no answers."""

    participant: str
    name: str
    employer: str
    site: str
    weeks: tuple[float | None, ...]
    slips: int
    last_day: date | None


def once_each(rows: Sequence[Any]) -> list[Any]:
    """One row a person, those who need more help again first."""
    once = {row.participant_id: row for row in sorted(rows, key=lambda row: row.slips or 0)}
    return sorted(once.values(), key=lambda row: (-(row.slips or 0), row.sort_key, row.participant_id))


def rows_of(rows: Sequence[Any], weeks: Sequence[Any], today: date) -> tuple[CaseloadRow, ...]:
    """The lines of these people; ``weeks``: rows of ``current.weeks``."""
    ranks: dict[tuple[int, date], list[float]] = defaultdict(list)
    for participant, monday, rank in weeks:
        ranks[participant, monday].append(rank)
    middle = {key: median(found) for key, found in ranks.items()}
    mondays = mondays_to(today)
    return tuple(
        CaseloadRow(
            row.participant, full_name(row.preferred_name, row.family_name), row.employer, row.site,
            tuple(middle.get((row.participant_id, monday)) for monday in mondays), row.slips or 0, row.last_day,
        )
        for row in rows
    )  # fmt: skip


def mondays_to(today: date) -> list[date]:
    """The Mondays of the last weeks, oldest first, this week's included."""
    this = today - timedelta(days=today.weekday())
    return [this - timedelta(weeks=SPARK_WEEKS - 1 - index) for index in range(SPARK_WEEKS)]
