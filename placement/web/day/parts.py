"""Which parts a person's day has, in the order in which they matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from placement.charts.scale import Level, LevelScale, Words
from placement.charts.spark import Spark, sparkline
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.domain.trend import change_sentence
from placement.domain.words import Say, say_n
from placement.policy.actor import Actor
from placement.queries.day.admin import MOST, site_programs, unused_accounts
from placement.queries.day.caseload import caseload_day
from placement.queries.day.coordinator import Whose, coordinator_day
from placement.queries.day.own import OwnDay, own_day
from placement.queries.day.shop import Waits, at_my_sites
from placement.queries.day.spark_lines import CaseloadRow
from placement.queries.mails.dead import MOST_COUNTED, dead_count
from placement.queries.placements.offer import Standing, open_offers
from placement.queries.session import Reads
from placement.web.current import cipher
from placement.web.day import sentences
from placement.web.day.attention import called_for, things_of
from placement.web.day.notice_lines import notice, paper
from placement.web.day.progress_lines import check_text, title_of, watched_text
from placement.web.day.thing import some


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
    if Role.COORDINATOR in actor.roles:
        parts.append(_coordinator(db, actor, now, whose))
    if actor.roles & ASSIGNED_ROLES:
        parts.append(_caseload(db, actor, now))
    if Role.SUPERVISOR in actor.roles:
        parts.append(_shop(db, actor, now))
    if Role.ADMIN in actor.roles or actor.runs_site:
        parts.append(_admin(db, actor))
    return [part for part in parts if part is not None]


def _own(db: Reads, actor: Actor, now: datetime) -> Part | None:
    found = own_day(db, actor, now, cipher())
    if found is None:
        return None
    more = {
        "change": change_sentence(found.change, found.shifts_done),
        "milestone": None if found.milestone is None else title_of(found.milestone),
        "expect": _expect(found, actor.today(now)),
    }
    heading = sentences.own(found, actor.today(now))
    return Part("day/own.html", heading, found, more=more)


def _expect(own: OwnDay, today: date) -> str | None:
    """The shift of today or tomorrow that is still to come and of which the log knows no expectation."""
    shift = own.next_shift
    if shift is None or shift.paused or shift.begun or shift.day > today + timedelta(days=1):
        return None
    return None if shift.public_id in own.asks.log.ahead else shift.public_id


def _shop(db: Reads, actor: Actor, now: datetime) -> Part:
    shifts, offers = at_my_sites(db, actor, now), open_offers(db, actor, now)
    waiting = sum(offer.standing is Standing.WAITS for offer in offers)
    return Part("day/shop.html", sentences.shop(shifts, waiting), shifts, more={"offers": offers})


def _coordinator(db: Reads, actor: Actor, now: datetime, whose: str) -> Part:
    chosen = _chosen(actor, whose)
    day = coordinator_day(db, actor, now, chosen)
    things = things_of(day, actor.today(now), chosen.value)
    levels = [Level(level.rank, level.name) for level in day.levels]
    lines = [_line(row, levels) for row in day.caseload] if len(levels) > 1 else []
    more = {"things": things, "lines": lines, "whose": chosen.value if actor.caseload else None}
    heading = sentences.called_for(*called_for(day, actor.today(now)), len(things))
    lead = say_n("%(n)s person on placement", "%(n)s people on placement", day.people)
    return Part("day/coordinator.html", heading, day, lead, True, more)


def _line(row: CaseloadRow, levels: list[Level]) -> tuple[CaseloadRow, Spark, Words | None]:
    """A row of the caseload, its small line, and the latest week in words."""
    rated = [rank for rank in row.weeks if rank is not None]
    return row, sparkline(row.weeks, levels), LevelScale.of(levels).words(rated[-1]) if rated else None


def _chosen(actor: Actor, whose: str) -> Whose:
    """What the address asks for; else one's own people, or everybody for who has none."""
    if whose in tuple(Whose):
        return Whose(whose)
    return Whose.MINE if actor.caseload else Whose.ALL


def _caseload(db: Reads, actor: Actor, now: datetime) -> Part:
    day = caseload_day(db, actor, now)
    titles = {person.participant: [title_of(mark) for mark in person.milestones] for person in day.people}
    checks = {person.participant: [check_text(check) for check in person.checks] for person in day.people}
    watched = {
        person.participant: [
            (row.placement, watched_text(row.before, row.after, row.until, row.slips)) for row in person.watched
        ]
        for person in day.people
    }
    more = {
        "titles": titles,
        "checks": checks,
        "watched": watched,
        "notices": [*(notice(row) for row in day.notices), *some(day.papers, partial(paper, actor.today(now)))],
        "shifts": [shift for shift in day.shifts if shift.waits is not Waits.NOTHING],
    }
    return Part("day/caseload.html", sentences.caseload(day), day, more=more)


def _undelivered(db: Reads, actor: Actor) -> Say | None:
    """How many mails were given up; None for the usual day without any."""
    count = dead_count(db, actor)
    return sentences.undelivered(count, MOST_COUNTED) if count else None


def _admin(db: Reads, actor: Actor) -> Part:
    admin, programs = Role.ADMIN in actor.roles, site_programs(db, actor)
    unused = unused_accounts(db, actor) if admin else []
    more = {"programs": programs, "admin": admin, "undelivered": _undelivered(db, actor)}
    heading = sentences.accounts(len(unused), MOST) if admin else sentences.programs(len(programs))
    return Part("day/admin.html", heading, unused, more=more)
