"""What a pattern adds, changes and takes away among the shifts that are there: for preview, writer and worker alike.

A shift's place in its pattern is its agreed day and start, which it keeps when it is moved. What a person did by hand
(moved, cancelled, added) and what somebody has already said something about stays as it is and takes its place.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from placement.domain.shifts import PlannedTime
from placement.domain.words import Say, say


class Why(StrEnum):
    """Why a shift stays as it is although the pattern would have it otherwise."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    EXTRA = "extra"
    TOLD = "told"


_WHY = {
    Why.MOVED: say("moved by hand"),
    Why.CANCELLED: say("cancelled by hand, stays cancelled"),
    Why.EXTRA: say("added by hand"),
    Why.TOLD: say("it has begun, or somebody has said how it was"),
}


def why_words(why: Why) -> Say:
    """A reason as it is shown."""
    return _WHY[why]


@dataclass(frozen=True, slots=True)
class Stored:
    """A shift as it is in the plan, with its instants in UTC.

    ``by_pattern``: a pattern made it; ``told``: it has begun, or somebody said how it was;
    ``dropped``: it was cancelled because its pattern ended, so it may come back with another one.
    """

    id: int
    day: date
    start: time
    end: time
    agreed_day: date
    agreed_start: time | None
    starts_at: datetime
    ends_at: datetime
    by_pattern: bool = True
    moved: bool = False
    told: bool = False
    cancelled: bool = False
    dropped: bool = False

    @property
    def why(self) -> Why | None:
        """Why a pattern leaves it alone; None where it may change it."""
        if self.told:
            return Why.TOLD
        if self.cancelled:
            return Why.CANCELLED
        if self.moved:
            return Why.MOVED
        return None if self.by_pattern else Why.EXTRA

    @property
    def place(self) -> tuple[date, time]:
        """Its place in a pattern."""
        return self.agreed_day, self.start if self.agreed_start is None else self.agreed_start


@dataclass(frozen=True, slots=True)
class Retimed:
    """A shift that keeps its day (and its entry in people's calendars) and gets other times."""

    stored: Stored
    planned: PlannedTime


@dataclass(frozen=True, slots=True)
class Kept:
    """A shift that stays as it is, and why. ``planned``: the place it takes in the pattern, if it has one."""

    stored: Stored
    why: Why
    planned: PlannedTime | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What follows from a pattern. ``same``: shifts already as it wants them. Each in order of day and start."""

    added: tuple[PlannedTime, ...] = ()
    revived: tuple[Retimed, ...] = ()
    retimed: tuple[Retimed, ...] = ()
    removed: tuple[Stored, ...] = ()
    kept: tuple[Kept, ...] = ()
    same: tuple[Retimed, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the plan stays as it is."""
        return not (self.added or self.revived or self.retimed or self.removed)

    @property
    def fingerprint(self) -> str:
        """The same for the same outcome: whoever confirms a preview confirms exactly this."""
        parts = [
            *(f"+{planned}" for planned in self.added),
            *(f"+{row.stored.id} {row.planned}" for row in self.revived),
            *(f"~{row.stored.id} {row.planned}" for row in self.retimed),
            *(f"-{row.id}" for row in self.removed),
            *(f"={row.stored.id}" for row in self.kept),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def compare(wanted: Iterable[PlannedTime], stored: Iterable[Stored]) -> Changes:
    """From what a pattern wants and what is there, what has to happen.

    The order of both is of no account; applying the result and comparing again gives nothing more to do.
    """
    open_slots = {(planned.day, planned.start): planned for planned in wanted}
    rows = sorted(stored, key=lambda row: (row.place, row.cancelled, row.id))
    settled: dict[int, PlannedTime] = {}
    for exact in (True, False):
        _settle([row for row in rows if not row.dropped], open_slots, settled, exact)
    revived = _revive([row for row in rows if row.dropped], open_slots)
    return _sorted(rows, settled, open_slots, revived)


def _settle(
    rows: Sequence[Stored],
    open_slots: dict[tuple[date, time], PlannedTime],
    settled: dict[int, PlannedTime],
    exact: bool,
) -> None:
    """Give each shift its slot: first those of the same start, then the nearest of the same day."""
    by_day: dict[date, list[PlannedTime]] = defaultdict(list)
    for planned in open_slots.values():
        by_day[planned.day].append(planned)
    for row in rows:
        # An extra shift takes a place only where it is that very shift.
        if row.id in settled or (not row.by_pattern and (not exact or row.moved or row.cancelled)):
            continue
        day, start = row.place
        near = [planned for planned in by_day[day] if not exact or planned.start == start]
        if near:
            slot = min(near, key=lambda planned: (abs(_minute(planned.start) - _minute(start)), planned.start))
            settled[row.id] = slot
            by_day[day].remove(slot)
            del open_slots[(slot.day, slot.start)]


def _revive(rows: Sequence[Stored], open_slots: dict[tuple[date, time], PlannedTime]) -> list[Retimed]:
    """Shifts that ended with their pattern and are wanted again, exactly as they were."""
    found = []
    for row in rows:
        slot = open_slots.get((row.day, row.start))
        if slot is not None and slot.end == row.end and not row.moved:
            found.append(Retimed(row, slot))
            del open_slots[(slot.day, slot.start)]
    return found


def _sorted(
    rows: Sequence[Stored],
    settled: dict[int, PlannedTime],
    open_slots: dict[tuple[date, time], PlannedTime],
    revived: list[Retimed],
) -> Changes:
    retimed, removed, kept, same = [], [], [], []
    for row in rows:
        slot = settled.get(row.id)
        if row.dropped:
            continue
        if slot is not None and not row.cancelled and (row.day, row.start, row.end) == (slot.day, slot.start, slot.end):
            same.append(Retimed(row, slot))
        elif row.why is not None:
            kept.append(Kept(row, row.why, slot))
        elif slot is not None:
            retimed.append(Retimed(row, slot))
        else:
            removed.append(row)
    added = tuple(sorted(open_slots.values(), key=lambda planned: (planned.day, planned.start)))
    return Changes(added, tuple(revived), tuple(retimed), tuple(removed), tuple(kept), tuple(same))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
