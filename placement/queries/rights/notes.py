"""Private notes as their subject sees them: that there is one, whether it was opened, and the words if it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from placement.domain.errors import NotFound
from placement.domain.rights import RequestState
from placement.domain.sealed import Cipher
from placement.models.accounts.account import Account
from placement.models.rights.rights import RightsRequest
from placement.models.sessions.one_to_one import OneToOne, SessionNote
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.sealed import Words, opened_note

MOST = 200


@dataclass(frozen=True, slots=True)
class NoteRow:
    """``asked``: a question about it waits. ``withheld_by``: who keeps it back, since ``withheld_at``."""

    public_id: str
    day: date
    by: str
    opened: bool
    asked: bool
    withheld_at: datetime | None
    withheld_by: str | None
    ground: str


def own_notes(db: Session, actor: Actor) -> tuple[NoteRow, ...]:
    """The latest first. One statement."""
    return tuple(_row(row) for row in db.execute(_statement(actor).order_by(OneToOne.day.desc()).limit(MOST)))


def own_note(db: Session, actor: Actor, cipher: Cipher, public_id: str) -> tuple[NoteRow, Words | None]:
    """One note; its words only where the author opened it. Raises NotFound. One statement."""
    row = db.execute(
        _statement(actor).add_columns(SessionNote.text_sealed).where(SessionNote.public_id == public_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    found = _row(row)
    return found, opened_note(cipher, row.text_sealed, public_id) if found.opened else None


def _statement(actor: Actor) -> Select[Any]:
    keeps = aliased(Account)
    asked = exists().where(RightsRequest.note_id == SessionNote.id, RightsRequest.state == RequestState.OPEN)
    columns: list[Any] = [
        SessionNote.public_id, OneToOne.day, Account.name, SessionNote.opened_to_participant_at,
        asked.correlate(SessionNote).label("asked"), SessionNote.withheld_at, keeps.name.label("keeps"),
        SessionNote.withheld_ground,
    ]  # fmt: skip
    found: Select[Any] = (
        select(*columns)
        .join(OneToOne, OneToOne.id == SessionNote.session_id)
        .join(Account, Account.id == SessionNote.by_account_id)
        .outerjoin(keeps, keeps.id == SessionNote.withheld_by_id)
        .where(scope.own_notes(actor))
    )
    return found


def _row(row: Any) -> NoteRow:
    opened = row.opened_to_participant_at is not None and row.withheld_at is None
    return NoteRow(row.public_id, row.day, row.name, opened, row.asked, row.withheld_at, row.keeps, row.withheld_ground)
