"""The private note of a session: written by its author; opened by a named deputy who says why."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from placement.domain.errors import NotFound
from placement.domain.sessions import LONGEST_NOTE, LONGEST_REASON, ensure_short, ensure_text
from placement.models.base import new_public_id
from placement.models.sessions.one_to_one import NoteOpening, OneToOne, SessionNote
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.sealed import opened_note
from placement.usecases.effects.log import audit
from placement.usecases.effects.sessions import held_session, seal
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class WriteNote:
    """``version`` 0: none was there when the form was opened. An empty text removes the note's words."""

    session: str
    version: int
    text: str


@dataclass(frozen=True, slots=True)
class OpenNote:
    session: str
    reason: str


def write_note(work: Work, actor: Actor, command: WriteNote) -> None:
    """Write or change one's own note. Raises NotFound, Forbidden, Stale and Refused with the field's name."""
    ensure_short(command.text, LONGEST_NOTE, "text")
    with work.transaction() as session:
        of, _ = held_session(session, actor, command.session, Permission.SESSION_NOTE_WRITE)
        row = session.scalar(
            select(SessionNote).where(SessionNote.session_id == of.id, SessionNote.by_account_id == actor.account_id)
        )
        if row is None:
            if not command.text:
                return
            row = SessionNote(
                public_id=new_public_id(), program_id=of.program_id, session_id=of.id, version=command.version,
                participant_id=of.participant_id, by_account_id=actor.account_id, created_at=work.clock(),
            )  # fmt: skip
            session.add(row)
        now = {"text": ""} if row.text_sealed is None else {"text": _text(work, row)}
        check_version(row, command.version, now)
        row.text_sealed = seal(work, row, "text_sealed", command.text)
        row.changed_at = work.clock()
        session.flush()
        audit(session, work, actor, "session_note.write", "session_note", row.id, participant_id=of.participant_id)


def open_note(work: Work, actor: Actor, command: OpenNote) -> None:
    """Give the reason for which a deputy opens a colleague's note; the participant reads who and why.

    Raises NotFound where there is no note or no deputy, Forbidden, and Refused with the field's name.
    """
    ensure_text(command.reason, LONGEST_REASON, "reason")
    with work.transaction() as session:
        row = session.execute(
            select(SessionNote.id, OneToOne.program_id, OneToOne.participant_id, OneToOne.account_id)
            .join(OneToOne, OneToOne.id == SessionNote.session_id)
            .where(
                OneToOne.public_id == command.session,
                SessionNote.by_account_id == OneToOne.account_id,
                scope.deputized(actor, actor.today(work.clock())),
            )
        ).one_or_none()
        if row is None:
            raise NotFound
        about = Facts(row.program_id, row.participant_id, account_id=row.account_id, current=True)
        ensure(actor, Permission.SESSION_NOTE_OPEN, about)
        session.add(
            NoteOpening(
                program_id=row.program_id, note_id=row.id, account_id=actor.account_id, reason=command.reason,
                created_at=work.clock(),
            )
        )  # fmt: skip
        audit(session, work, actor, "session_note.open", "session_note", row.id, participant_id=row.participant_id)


def _text(work: Work, row: SessionNote) -> str:
    return opened_note(work.cipher, row.text_sealed, row.public_id).text
