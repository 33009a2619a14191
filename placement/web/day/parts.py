"""Which parts a person's day has, in the order in which they matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from placement.domain.milestones import milestone_words
from placement.domain.roles import Role
from placement.domain.trend import change_sentence
from placement.domain.words import Say
from placement.policy.actor import Actor
from placement.queries.day.own import LatestMilestone, own_day
from placement.queries.day.shop import at_my_sites
from placement.queries.session import Reads
from placement.web.day import sentences


@dataclass(frozen=True, slots=True)
class Part:
    """One role's part: its template, its first line (the page's heading if it comes first) and what it shows."""

    template: str
    heading: Say
    data: Any
    lead: Say | None = None
    wide: bool = False
    more: dict[str, Any] = field(default_factory=dict)


def parts_for(db: Reads, actor: Actor, now: datetime, whose: str) -> list[Part]:
    """The parts of an actor's day. ``whose``: the coordinator's filter, as in the address."""
    parts = []
    if Role.PARTICIPANT in actor.roles:
        parts.append(_own(db, actor, now))
    if Role.SUPERVISOR in actor.roles:
        parts.append(_shop(db, actor, now))
    return [part for part in parts if part is not None]


def _own(db: Reads, actor: Actor, now: datetime) -> Part | None:
    found = own_day(db, actor, now)
    if found is None:
        return None
    more = {
        "change": change_sentence(found.change, found.shifts_done),
        "milestone": None if found.milestone is None else _title(found.milestone),
    }
    heading = sentences.next_shift(found.next_shift, actor.today(now))
    return Part("day/own.html", heading, found, more=more)


def _shop(db: Reads, actor: Actor, now: datetime) -> Part:
    shifts = at_my_sites(db, actor, now)
    return Part("day/shop.html", sentences.to_rate(shifts), shifts)


def _title(milestone: LatestMilestone) -> Say:
    return milestone_words(
        milestone.kind,
        task=milestone.task,
        percent=milestone.percent,
        occasions=milestone.occasions,
        amount=milestone.amount,
    )
