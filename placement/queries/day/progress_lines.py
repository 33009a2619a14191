"""What a day says of progress: who needs more help again, milestones, steps back to look at, checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from placement.domain.milestones import RuleKind
from placement.domain.profiles import full_name
from placement.queries.day import current

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Slip:
    """Somebody who needs more help again: with how many ``tasks``, one of them, and since when at the latest."""

    participant: str
    name: str
    tasks: int
    task: Words
    since: date


@dataclass(frozen=True, slots=True)
class Celebration:
    """A milestone of the last days; ``to_tell``: withdrawn, seen, and nobody has told the participant yet."""

    participant: str
    name: str
    kind: RuleKind
    percent: int
    occasions: int
    amount: int
    task: Words | None
    #: The rule's own wording.
    words: Words
    day: date
    to_tell: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """A step back to look at: watched long enough, or (``slips``) help is needed again since. Shares in percent."""

    placement: str
    participant: str
    name: str
    before: int
    after: int
    until: date
    slips: bool


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """Somebody with ``tasks`` mastered tasks to look at, one of them, and the latest day: due, or helped again."""

    participant: str
    name: str
    needs_look: bool
    tasks: int
    task: Words
    day: date


def slips_of(rows: Sequence[Any]) -> tuple[Slip, ...]:
    """Each person once, the latest first."""
    found = {row.participant_id: row for row in rows if row.slips}
    slips = [
        Slip(row.participant, full_name(row.preferred_name, row.family_name), row.slips, row.slip_name, row.slip_since)
        for row in found.values()
    ]
    return tuple(sorted(slips, key=lambda slip: slip.since, reverse=True))


def to_look_at(row: Any, today: date) -> bool:
    """Whether a step back of a running placement wants a look now."""
    return row.watch_until is not None and (row.watch_until <= today or _slipped_since(row))


def _slipped_since(row: Any) -> bool:
    return bool(row.slips) and row.slip_since is not None and bool(row.slip_since >= row.taken_on)


def watched(row: Any) -> Watched:
    """A placement after a step back."""
    name = full_name(row.preferred_name, row.family_name)
    return Watched(
        row.placement, row.participant, name, row.share_before, row.share_after, row.watch_until,
        _slipped_since(row),
    )  # fmt: skip


def in_this_month(row: Any, today: date) -> bool:
    """Whether a row of ``news.milestones`` stands and is of this month."""
    return row.withdrawn_at is None and bool(row.reached_on >= today.replace(day=1))


def is_news(row: Any, today: date) -> bool:
    """Whether a row of ``news.milestones`` is worth a word today."""
    if row.withdrawn_at is not None:
        return row.seen_at is not None and row.told_at is None
    return bool(row.reached_on > today - current.NEWS)


def celebration(row: Any) -> Celebration:
    """A row of ``news.milestones``."""
    name = full_name(row.preferred_name, row.family_name)
    return Celebration(
        row.participant, name, row.kind, row.percent, row.occasions, row.amount, row.task, row.rule_name,
        row.reached_on, row.withdrawn_at is not None,
    )  # fmt: skip


def checks_of(rows: Sequence[Any]) -> tuple[KeptCheck, ...]:
    """Rows of checks, each person once of a kind; what needs a look first."""
    found: dict[tuple[str, bool], list[Any]] = defaultdict(list)
    for row in rows:
        found[row.participant, row.lost_on is not None].append(row)
    checks = [
        KeptCheck(
            participant,
            full_name(of[0].preferred_name, of[0].family_name),
            lost,
            len(of),
            of[-1].task,
            max(row.lost_on or row.reached_on for row in of),
        )
        for (participant, lost), of in found.items()
    ]
    return tuple(sorted(checks, key=lambda check: (not check.needs_look, check.day)))
