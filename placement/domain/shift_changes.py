"""What was changed in somebody's plan, as those concerned are told: several quick changes make one mail.

A mail says what the plan was before the first of them and what it is when the mail is written: what was moved and put
back meanwhile is no change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from placement.domain.words import Say, say

#: A mail waits so long for further changes to the same placement's shifts.
GATHER = timedelta(minutes=10)
#: More lines are no help; the plan itself has the others.
MOST_LINES = 10

#: From when to when a shift was planned (instants); None: it was not in the plan.
Times = tuple[datetime, datetime] | None


@dataclass(frozen=True, slots=True)
class Changed:
    """One shift's ``before`` and ``after``, read in its shop's ``zone``."""

    before: Times
    after: Times
    zone: str

    @property
    def at(self) -> datetime:
        """By when it is listed: when it begins now, else when it was to begin."""
        times = self.after or self.before
        if times is None:
            raise ValueError("neither planned before nor now")
        return times[0]

    def matters(self, now: datetime) -> bool:
        """Whether there is a difference, and any of it still to come."""
        return self.before != self.after and any(times[1] > now for times in (self.before, self.after) if times)


def packed(before: Times) -> list[int]:
    """Seconds, as a job keeps them: no text, no zone."""
    return [] if before is None else [int(at.timestamp()) for at in before]


def unpacked(seconds: list[int]) -> Times:
    """The inverse of :func:`packed`."""
    if not seconds:
        return None
    start, end = (datetime.fromtimestamp(each, UTC) for each in seconds)
    return start, end


def gathered(known: Mapping[str, list[int]], more: Mapping[int, Times]) -> dict[str, list[int]]:
    """What is told together: of a shift that is changed again, what was before the first change stays."""
    return {**{str(key): packed(before) for key, before in more.items()}, **known}


def change_words(changed: Changed) -> Say:
    """One line, the same for everybody who reads it: days and times, never why."""
    before, after = _local(changed.before, changed.zone), _local(changed.after, changed.zone)
    if before is None and after is not None:
        return say("New: %(day)s, from %(start)s to %(end)s", **after)
    if before is not None and after is None:
        return say("Cancelled: %(day)s, from %(start)s to %(end)s", **before)
    if before is None or after is None:
        raise ValueError("neither planned before nor now")
    return say(
        "Moved to %(day)s, from %(start)s to %(end)s; before: %(was_day)s, from %(was_start)s to %(was_end)s",
        **after,
        **{f"was_{key}": value for key, value in before.items()},
    )


def _local(times: Times, zone: str) -> dict[str, object] | None:
    if times is None:
        return None
    start, end = (at.astimezone(ZoneInfo(zone)) for at in times)
    return {"day": start.date(), "start": start.time(), "end": end.time()}
