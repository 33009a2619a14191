"""Lists of one-to-one sessions: one's own, those with one person, and for coordinators only that they took place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.domain.shifts import Attendance
from placement.domain.text import fold
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.models.sessions.one_to_one import OneToOne
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.pages import Page, fetch_page, starts_with


class When(StrEnum):
    """Which part of a list: what comes, the soonest first; or what was, the latest first."""

    COMING = "coming"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class SessionRow:
    """``name``: the participant; ``by``: the therapist or coach. Times are local to the program."""

    public_id: str
    participant: str
    name: str
    by: str
    day: date
    start: time
    end: time
    place: str
    attendance: Attendance
    cancelled: bool
    written: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class DateRow:
    """What a coordinator sees: when, with whom, whether it took place."""

    day: date
    start: time
    end: time
    by: str
    attendance: Attendance
    cancelled: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Sessions with one participant."""

    participant_id: int
    public_id: str
    name: str
    archived: bool
    page: Page[Any]


def sessions_page(
    db: Session, actor: Actor, now: datetime, when: When, search: str = "", cursor: str | None = None
) -> Page[SessionRow]:
    """One's own sessions: of the participant who asks, or held by the actor. ``search``: a beginning of a name.

    One statement.
    """
    mine = or_(scope.own_sessions(actor), scope.held_sessions(actor))
    conditions = [mine, _when(when, now)]
    if search:
        conditions.append(starts_with(Participant.__table__.c.sort_key, fold(search)))
    return _page(db, actor, conditions, when, cursor)


def sessions_with(
    db: Session, actor: Actor, now: datetime, public_id: str, when: When, cursor: str | None = None
) -> PersonPage:
    """Sessions with somebody the actor looks after, a colleague's whom they stand in for included. Two statements.

    Raises NotFound for a participant out of sight.
    """
    person = person_of(db, actor, public_id, Permission.SESSION_PLAN)
    seen = [scope.one_to_ones(actor, actor.today(now)), OneToOne.participant_id == person.id, _when(when, now)]
    page = _page(db, actor, seen, when, cursor)
    return PersonPage(person.id, public_id, person.name, person.archived, page)


def session_dates(db: Session, actor: Actor, public_id: str, cursor: str | None = None) -> PersonPage:
    """For coordinators: when sessions with a participant were and are, newest first. Two statements."""
    person = person_of(db, actor, public_id, Permission.SESSION_DATES)
    columns: list[Any] = [OneToOne.start, OneToOne.end, Account.name, Occasion.attendance, OneToOne.cancelled_at]
    statement: Select[Any] = (
        select(*columns)
        .join(Occasion, Occasion.id == OneToOne.id)
        .join(Account, Account.id == OneToOne.account_id)
        .where(scope.session_dates(actor), OneToOne.participant_id == person.id)
    )
    keys = [OneToOne.__table__.c.day, OneToOne.__table__.c.id]
    found: Page[Any] = fetch_page(db, statement, keys, cursor, descending=True)
    rows = [DateRow(row.day, row[0], row[1], row[2], row[3], row[4] is not None) for row in found.rows]
    return PersonPage(person.id, public_id, person.name, person.archived, Page(rows, found.next, found.previous))


@dataclass(frozen=True, slots=True)
class SessionPerson:
    """Whom a page about sessions is about."""

    id: int
    public_id: str
    name: str
    archived: bool


def person_of(db: Session, actor: Actor, public_id: str, permission: Permission) -> SessionPerson:
    """A participant in sight. Raises NotFound, and Forbidden without ``permission``. One statement."""
    row = db.execute(
        select(
            Participant.id, Participant.program_id, Participant.preferred_name, Participant.family_name,
            Participant.archived_at,
        ).where(scope.participants(actor), Participant.public_id == public_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    ensure(actor, permission, Facts(row.program_id, row.id))
    name = full_name(row.preferred_name, row.family_name)
    return SessionPerson(row.id, public_id, name, row.archived_at is not None)


def _when(when: When, now: datetime) -> ColumnElement[bool]:
    return Occasion.ends_at > now if when is When.COMING else Occasion.ends_at <= now


def _page(
    db: Session, actor: Actor, conditions: list[ColumnElement[bool]], when: When, cursor: str | None
) -> Page[SessionRow]:
    statement: Any = (
        select(
            OneToOne.public_id, Participant.public_id.label("participant"), Participant.preferred_name,
            Participant.family_name, Account.name.label("by"), OneToOne.start, OneToOne.end, OneToOne.place,
            Occasion.attendance, OneToOne.cancelled_at, OneToOne.summary_sealed.is_not(None).label("written"),
            OneToOne.account_id,
        )
        .join(Occasion, Occasion.id == OneToOne.id)
        .join(Participant, Participant.id == OneToOne.participant_id)
        .join(Account, Account.id == OneToOne.account_id)
        .where(and_(*conditions))
    )  # fmt: skip
    columns = OneToOne.__table__.c
    keys = [columns.day, columns.start, columns.id]
    found: Page[Any] = fetch_page(db, statement, keys, cursor, descending=when is When.PAST)
    return Page([_row(actor, row) for row in found.rows], found.next, found.previous)


def _row(actor: Actor, row: Any) -> SessionRow:
    return SessionRow(
        row.public_id, row.participant, full_name(row.preferred_name, row.family_name), row.by, row.day, row.start,
        row.end, row.place, row.attendance, row.cancelled_at is not None, bool(row.written),
        row.account_id == actor.account_id,
    )  # fmt: skip
