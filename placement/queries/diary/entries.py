"""One's own daily log: by month, one entry, today's, and the shifts an expectation can be about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.diary import SHIFTS_AHEAD, SHIFTS_BACK, Body, EntryKind
from placement.domain.errors import NotFound
from placement.domain.sealed import Cipher
from placement.models.diary.entry import DiaryEntry
from placement.models.employers.employer import Employer, Site
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.diary.bodies import opened_body
from placement.queries.pages import Page, fetch_page

SIZE = 20
#: Offered to choose from, and looked at.
MOST_SHIFTS, MOST_LOOKED_AT = 10, 80


@dataclass(frozen=True, slots=True)
class Entry:
    """``body`` None: it can't be read. ``employer``: of the shift it is about, empty for none."""

    id: int
    public_id: str
    participant_id: int
    participant: str
    kind: EntryKind
    day: date
    body: Body | None
    version: int
    at: datetime
    changed_at: datetime | None
    employer: str


@dataclass(frozen=True, slots=True)
class Month:
    """Entries of a month, the latest first; ``earlier``, ``later``: days of the nearest entries before and after it."""

    first: date
    page: Page[Entry]
    earlier: date | None
    later: date | None


@dataclass(frozen=True, slots=True)
class OwnShift:
    public_id: str
    day: date
    employer: str


def own_month(db: Session, actor: Actor, cipher: Cipher, day: date, cursor: str | None = None) -> Month:
    """The month a day is in. Two statements."""
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    keys: list[Any] = [DiaryEntry.day, DiaryEntry.id]
    mine = scope.own_entries(actor)
    rows = entry_rows().where(mine, DiaryEntry.day >= first, DiaryEntry.day < after)
    page = fetch_page(db, rows, keys, cursor, descending=True, size=SIZE)
    around = db.execute(
        select(
            select(func.max(DiaryEntry.day)).where(mine, DiaryEntry.day < first).scalar_subquery(),
            select(func.min(DiaryEntry.day)).where(mine, DiaryEntry.day >= after).scalar_subquery(),
        )
    ).one()
    return Month(first, Page([entry_of(cipher, row) for row in page.rows], page.next, page.previous), *around)


def own_entry(db: Session, actor: Actor, cipher: Cipher, public_id: str) -> Entry:
    """One statement. Raises NotFound for anything that is not one's own."""
    row = db.execute(entry_rows().where(scope.own_entries(actor), DiaryEntry.public_id == public_id)).one_or_none()
    if row is None:
        raise NotFound
    return entry_of(cipher, row)


def own_day_entry(db: Session, actor: Actor, cipher: Cipher, day: date) -> Entry | None:
    """What is written about a day; None for nothing. One statement."""
    about = (DiaryEntry.kind == EntryKind.DAY, DiaryEntry.day == day)
    row = db.execute(entry_rows().where(scope.own_entries(actor), *about)).one_or_none()
    return None if row is None else entry_of(cipher, row)


def own_shifts(db: Session, actor: Actor, now: datetime) -> tuple[OwnShift, ...]:
    """Shifts of the last two weeks and the next one without an expectation, the nearest first. One statement."""
    written = (
        select(DiaryEntry.id)
        .where(scope.own_entries(actor), DiaryEntry.occasion_id == Occasion.id)
        .correlate(Occasion)
        .exists()
    )
    rows = db.execute(
        select(Occasion.public_id, Occasion.local_day, Employer.name, Occasion.starts_at)
        .join(Shift, Shift.id == Occasion.id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.in_program(actor, Occasion.program_id),
            Occasion.participant_id == (actor.participant_id or 0),
            Occasion.starts_at.between(now - SHIFTS_BACK, now + SHIFTS_AHEAD),
            Shift.cancelled_at.is_(None),
            ~written,
        )
        .order_by(Occasion.starts_at)
        .limit(MOST_LOOKED_AT)
    )
    near = sorted(rows, key=lambda row: abs(row.starts_at - now))
    return tuple(OwnShift(row.public_id, row.local_day, row.name) for row in near[:MOST_SHIFTS])


def entry_rows() -> Any:
    """The columns :func:`entry_of` reads."""
    return (
        select(
            DiaryEntry.id, DiaryEntry.public_id, DiaryEntry.participant_id, DiaryEntry.kind, DiaryEntry.day,
            DiaryEntry.body_sealed, DiaryEntry.version, DiaryEntry.created_at, DiaryEntry.changed_at,
            Employer.name.label("employer"), Participant.public_id.label("participant"),
        )
        .join(Participant, Participant.id == DiaryEntry.participant_id)
        .outerjoin(Shift, Shift.id == DiaryEntry.occasion_id)
        .outerjoin(Site, Site.id == Shift.site_id)
        .outerjoin(Employer, Employer.id == Site.employer_id)
    )  # fmt: skip


def entry_of(cipher: Cipher, row: Any) -> Entry:
    """A row of :func:`entry_rows`, opened."""
    return Entry(
        id=row.id,
        public_id=row.public_id,
        participant_id=row.participant_id,
        participant=row.participant,
        kind=row.kind,
        day=row.day,
        body=opened_body(cipher, row.kind, row.public_id, row.body_sealed),
        version=row.version,
        at=row.created_at,
        changed_at=row.changed_at,
        employer=row.employer or "",
    )
