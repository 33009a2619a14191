"""What setting a pattern will do to a placement's shifts: exactly what the page shows, and what is then written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from placement.domain.clashes import Around, Standing, split, twice_words, warnings, within
from placement.domain.patterns import AHEAD, Pattern, clock_problems, days_off, occurrences
from placement.domain.replanning import Changes, Retimed, Stored, compare
from placement.domain.shifts import PlannedTime, TimeProblem, instants
from placement.domain.words import Say


@dataclass(frozen=True, slots=True)
class Outlook:
    """``until``: the day up to which shifts are made now. ``left_out``: shifts that can't be, and why.

    ``warnings``: what to know before saying yes. ``days_off``: holidays without a shift, with their names.
    ``past``: of ``left_out`` what is past limits or plan.
    """

    until: date
    changes: Changes
    left_out: tuple[Say, ...] = ()
    warnings: tuple[Say, ...] = ()
    days_off: tuple[tuple[date, str], ...] = ()
    past: tuple[Say, ...] = ()

    @property
    def impossible(self) -> Say | None:
        """Why not one shift can be: all of them are past limits or plan; None if any can."""
        changes = self.changes
        some = (changes.added, changes.revived, changes.retimed, changes.same, changes.kept)
        return self.past[0] if self.past and not any(some) else None

    @property
    def fingerprint(self) -> str:
        """The same for the same outcome."""
        return self.changes.fingerprint


def horizon(
    today: date, pattern: Pattern, placement_last: date | None, stored: Sequence[Stored] = (), until: date | None = None
) -> date:
    """Up to which day shifts are made: some weeks ahead or ``until``, as far as there are any, within the placement."""
    furthest = max([until or today + AHEAD, pattern.first_day, *(row.agreed_day for row in stored)])
    return min([furthest, *(day for day in (pattern.last_day, placement_last) if day is not None)])


def outlook(
    pattern: Pattern,
    zone: str,
    first: date,
    until: date,
    now: datetime,
    stored: Sequence[Stored],
    around: Around,
    holidays: Mapping[date, str],
) -> Outlook:
    """What ``pattern`` makes of the shifts from ``first`` on; what has begun by ``now`` is left alone.

    ``stored``: the placement's shifts with their place in a pattern, or planned, from ``first`` on.
    """
    wanted = [planned for planned in occurrences(pattern, first, until, zone, holidays) if instants(planned)[0] > now]
    changes = compare(wanted, stored)
    staying = standing_of(changes)
    free, twice = split(_moving(changes), [*staying, *around.others])
    free, past = within(free, [*staying, *around.others], around.rules)
    changes = _without(changes, [*twice, *(planned for planned, _ in past)])
    clocks = clock_problems(pattern, first, until, zone, holidays)
    reasons = _reasons(past)
    missing = [problem.say for problem in clocks if problem.problem is TimeProblem.NONEXISTENT]
    doubled = [problem.say for problem in clocks if problem.problem is TimeProblem.AMBIGUOUS]
    return Outlook(
        until,
        changes,
        (*missing, *(twice_words(planned) for planned in twice), *reasons),
        (*doubled, *warnings(free, around, staying)),
        tuple((day, holidays[day]) for day in days_off(pattern, first, until, holidays)),
        reasons,
    )


def standing_of(changes: Changes) -> list[Standing]:
    """The placement's own shifts that stay where they are."""
    rows = [row.stored for row in changes.same] + [row.stored for row in changes.kept]
    return [Standing(row.day, row.starts_at, row.ends_at) for row in rows if not row.cancelled]


def only_more(changes: Changes) -> Changes:
    """The part that adds, for going on with a pattern: nothing that is there is changed or taken away."""
    return replace(changes, retimed=(), removed=(), kept=(), same=())


def _moving(changes: Changes) -> list[PlannedTime]:
    return [*changes.added, *(row.planned for row in changes.revived), *(row.planned for row in changes.retimed)]


def _reasons(past: Sequence[tuple[PlannedTime, Say]]) -> tuple[Say, ...]:
    """Each reason once, in the order of the days: some are the same for many."""
    found: list[Say] = []
    for _, reason in past:
        if reason not in found:
            found.append(reason)
    return tuple(found)


def _without(changes: Changes, impossible: Sequence[PlannedTime]) -> Changes:
    """Leave out what can't be; a shift whose new time can't be is taken out of the plan."""
    gone = {(planned.day, planned.start) for planned in impossible}

    def possible(planned: PlannedTime) -> bool:
        return (planned.day, planned.start) not in gone

    def parted(rows: Sequence[Retimed]) -> tuple[Retimed, ...]:
        return tuple(row for row in rows if possible(row.planned))

    lost = tuple(row.stored for row in changes.retimed if not possible(row.planned))
    return replace(
        changes,
        added=tuple(planned for planned in changes.added if possible(planned)),
        revived=parted(changes.revived),
        retimed=parted(changes.retimed),
        removed=tuple(sorted((*changes.removed, *lost), key=lambda row: (row.day, row.start))),
    )
