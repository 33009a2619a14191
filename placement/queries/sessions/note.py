"""The private note: its author's to read, and with a reason a named deputy's for some hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.sealed import Cipher
from placement.domain.sessions import OPENED
from placement.models.sessions.one_to_one import NoteOpening, SessionNote
from placement.policy.actor import Actor
from placement.queries.sealed import Words, opened_note
from placement.queries.sessions.one import Head, session_head, session_to_hold


@dataclass(frozen=True, slots=True)
class OwnNote:
    """``version`` 0: nothing was written yet."""

    head: Head
    words: Words
    version: int
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeputyNote:
    """``words`` None: no reason was given in the last hours."""

    head: Head
    words: Words | None


def own_note(db: Session, actor: Actor, cipher: Cipher, now: datetime, public_id: str) -> OwnNote:
    """For its author, as long as they look after the person. Raises NotFound and Forbidden. Two statements."""
    head = session_to_hold(db, actor, cipher, now, public_id)
    row = db.execute(
        select(SessionNote.public_id, SessionNote.text_sealed, SessionNote.version, SessionNote.changed_at).where(
            SessionNote.session_id == head.id, SessionNote.by_account_id == actor.account_id
        )
    ).one_or_none()
    if row is None:
        return OwnNote(head, Words(), 0, None)
    return OwnNote(head, opened_note(cipher, row.text_sealed, row.public_id), row.version, row.changed_at)


def deputy_note(db: Session, actor: Actor, cipher: Cipher, now: datetime, public_id: str) -> DeputyNote:
    """For a named deputy. Raises NotFound for everybody else, and where there is no note. Three statements."""
    head = session_head(db, actor, cipher, now, public_id)
    if not head.may_open_note:
        raise NotFound
    last = db.scalar(
        select(func.max(NoteOpening.created_at))
        .join(SessionNote, SessionNote.id == NoteOpening.note_id)
        .where(
            SessionNote.session_id == head.id,
            SessionNote.by_account_id == head.account_id,
            NoteOpening.account_id == actor.account_id,
            NoteOpening.created_at > now - OPENED,
        )
    )
    if last is None:
        return DeputyNote(head, None)
    row = db.execute(
        select(SessionNote.public_id, SessionNote.text_sealed).where(
            SessionNote.session_id == head.id, SessionNote.by_account_id == head.account_id
        )
    ).one()
    return DeputyNote(head, opened_note(cipher, row.text_sealed, row.public_id))
