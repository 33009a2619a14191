"""What somebody shares with the reader. Not shared and not written look alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.domain.sealed import Cipher
from placement.domain.shares import ShareKind, shows
from placement.models.diary.entry import DiaryEntry
from placement.models.participants.participant import Participant
from placement.models.rights.share import Share
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.diary.course import Felt, shared_course
from placement.queries.diary.entries import SIZE, Entry, entry_of, entry_rows
from placement.queries.pages import Page, fetch_page


@dataclass(frozen=True, slots=True)
class SharedEntry:
    """``read_by``: the day by which the reader reads it, as the participant was told."""

    entry: Entry
    read_by: date | None


@dataclass(frozen=True, slots=True)
class SharedPage:
    participant_id: int
    public_id: str
    name: str
    page: Page[SharedEntry]
    course: tuple[Felt, ...]


def shared_page(
    db: Session, actor: Actor, cipher: Cipher, now: datetime, public_id: str, cursor: str | None = None
) -> SharedPage:
    """Of one person. Raises NotFound out of sight, and Forbidden. Four statements."""
    person = db.execute(
        select(Participant.id, Participant.program_id, Participant.preferred_name, Participant.family_name).where(
            scope.participants(actor), Participant.public_id == public_id
        )
    ).one_or_none()
    if person is None:
        raise NotFound
    ensure(actor, Permission.DIARY_SHARED, Facts(person.program_id, person.id))
    name = full_name(person.preferred_name, person.family_name)
    course = shared_course(db, actor, cipher, actor.today(now), person.id)
    return SharedPage(person.id, public_id, name, _entries(db, actor, cipher, person.id, cursor), course)


def _entries(db: Session, actor: Actor, cipher: Cipher, participant_id: int, cursor: str | None) -> Page[SharedEntry]:
    shares = db.execute(
        select(Share.kind, Share.since_day, Share.entry_id, Share.read_by).where(
            scope.standing_shares(actor), Share.participant_id == participant_id
        )
    ).all()
    keys: list[Any] = [DiaryEntry.day, DiaryEntry.id]
    rows = entry_rows().where(scope.shared_entries(actor), DiaryEntry.participant_id == participant_id)
    page = fetch_page(db, rows, keys, cursor, descending=True, size=SIZE)
    found = [entry_of(cipher, row) for row in page.rows]
    return Page([SharedEntry(one, _read_by(one, shares)) for one in found], page.next, page.previous)


def _read_by(entry: Entry, shares: Sequence[Any]) -> date | None:
    """The soonest day; a kind's day is said with the entries that were there when it was shared."""
    days = [
        row.read_by
        for row in shares
        if row.read_by is not None
        and row.kind is not ShareKind.MOOD_CHART
        and shows(row.kind, row.since_day, row.entry_id, entry.id, entry.kind, entry.day)
    ]
    return min(days, default=None)
