"""Who looked at somebody's record: by day and reader, and phones that opened a card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.accounts.account import Account
from placement.models.feedback.rater import Rater
from placement.models.system.log import AccessLog, Audit
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.pages import Page, fetch_page

#: Looks on one page; phones' looks shown, the latest.
SIZE, MOST_CARDS = 120, 30


@dataclass(frozen=True, slots=True)
class Looked:
    """One reader on one day. ``pages``: endpoints with how often, in order."""

    day: date
    name: str
    pages: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Looks:
    participant_id: int
    page: Page[Looked]
    cards: tuple[tuple[datetime, str], ...]


def looks(db: Session, actor: Actor, cursor: str | None) -> Looks:
    """The participant's own record; their own looks left out. Three statements. Raises NotFound and Forbidden."""
    me = actor.participant_id
    if me is None or actor.program_id is None:
        raise NotFound
    ensure(actor, Permission.RIGHTS_OWN, Facts(actor.program_id, me))
    columns: list[Any] = [AccessLog.page.label("endpoint"), AccessLog.account_id, Account.name]
    keys: list[Any] = [AccessLog.at, AccessLog.id]
    seen: Select[Any] = (
        select(*columns)
        .outerjoin(Account, Account.id == AccessLog.account_id)
        .where(AccessLog.participant_id == me, AccessLog.account_id != actor.account_id)
    )
    raw = fetch_page(db, seen, keys, cursor, descending=True, size=SIZE)
    zone = ZoneInfo(actor.zone)
    days = groupby(raw.rows, key=lambda row: row.at.astimezone(zone).date())
    rows = [one for day, found in days for one in _of_day(day, [(row.name or "", row.endpoint) for row in found])]
    return Looks(me, Page(rows, raw.next, raw.previous), _cards(db, me) if cursor is None else ())


def _of_day(day: date, found: list[tuple[str, str]]) -> list[Looked]:
    names = list(dict.fromkeys(name for name, _ in found))
    rows = []
    for name in names:
        pages: dict[str, int] = {}
        for who, endpoint in found:
            if who == name:
                pages[endpoint] = pages.get(endpoint, 0) + 1
        rows.append(Looked(day, name, tuple(pages.items())))
    return rows


def _cards(db: Session, participant_id: int) -> tuple[tuple[datetime, str], ...]:
    """Phones have no account: the log of changes says which rater's it was. Two statements."""
    rows = db.execute(
        select(Audit.at, Audit.detail)
        .where(Audit.subject == "participant", Audit.subject_id == participant_id, Audit.action == "card.read")
        .order_by(Audit.id.desc())
        .limit(MOST_CARDS)
    ).all()
    keys = {row.detail.get("rater_id") for row in rows}
    names = {row.id: row.name for row in db.execute(select(Rater.id, Rater.name).where(Rater.id.in_(keys)))}
    return tuple((row.at, names.get(row.detail.get("rater_id"), "")) for row in rows)
