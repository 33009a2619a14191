"""Taking care of a notice: what a call found, closing it, opening it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from placement.domain.contacts import MOST_MINUTES, ContactKind
from placement.domain.errors import Refused
from placement.domain.notices import CALLS, LONGEST_TEXT, TRY_AGAIN, Found, NoticeKind, closes
from placement.domain.words import say
from placement.models.contacts.contact import Contact
from placement.models.notices.notice import Notice
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.notice_rows import locked_notice
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class CloseNotice:
    """``outcome``: what was done, for whoever takes care of it; may be empty."""

    public_id: str
    version: int
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class NoteCall:
    """What a call found. ``minutes``: how long it took, None writes no contact. ``again_in``: hours until the next
    attempt, for somebody not reached."""

    public_id: str
    version: int
    found: Found
    outcome: str = ""
    minutes: int | None = None
    again_in: int = TRY_AGAIN[0]


def close_notice(work: Work, actor: Actor, command: CloseNotice) -> None:
    """Say that it is taken care of. Raises NotFound, Forbidden, Stale and Refused with the field's name.

    A missed shift closes by what the call found (:func:`note_call`).
    """
    with work.transaction() as session:
        row = _open(session, actor, command.public_id, command.version, command.outcome)
        if row.kind in CALLS:
            raise Refused(say("Please say what the call found."), "found")
        if row.kind is NoticeKind.CONCERN and not command.outcome.strip():
            raise Refused(say("Please write what was done."), "outcome")
        _done(work, actor, row, command.outcome)
        audit(session, work, actor, "notice.close", "notice", row.id, kind=row.kind.value)


def note_call(work: Work, actor: Actor, command: NoteCall) -> None:
    """Write down how they are; somebody not reached is called again later.

    With minutes it is also a contact of kind call. Raises NotFound, Forbidden, Stale, Refused with the field's name.
    """
    with work.transaction() as session:
        row = _open(session, actor, command.public_id, command.version, command.outcome)
        if row.kind not in CALLS:
            raise Refused(say("Nobody had to be called about this."))
        row.found = command.found
        if closes(command.found):
            _done(work, actor, row, command.outcome)
        else:
            if command.again_in not in TRY_AGAIN:
                raise Refused(say("Choose one of the answers."), "again_in")
            row.due_at = work.clock() + timedelta(hours=command.again_in)
            row.outcome = command.outcome.strip()
        if command.minutes is not None:
            _write_contact(session, work, actor, row, command.minutes, command.outcome)
        audit(
            session, work, actor, "notice.call", "notice", row.id, kind=row.kind.value, closed=row.done_at is not None
        )


def reopen_notice(work: Work, actor: Actor, public_id: str) -> None:
    """It is not taken care of after all; twice changes nothing. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = locked_notice(session, actor, public_id)
        if row.done_at is None:
            return
        row.done_at, row.done_by_id, row.found = None, None, None
        row.version += 1
        audit(session, work, actor, "notice.reopen", "notice", row.id, kind=row.kind.value)


def _open(session: Session, actor: Actor, public_id: str, version: int, outcome: str) -> Notice:
    row = locked_notice(session, actor, public_id)
    check_version(row, version, {"outcome": row.outcome, "found": row.found})
    if row.done_at is not None:
        raise Refused(say("Somebody has taken care of this already."))
    if len(outcome) > LONGEST_TEXT:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_TEXT), "outcome")
    return row


def _done(work: Work, actor: Actor, row: Notice, outcome: str) -> None:
    row.outcome = outcome.strip()
    row.done_at, row.done_by_id = work.clock(), actor.account_id


def _write_contact(session: Session, work: Work, actor: Actor, row: Notice, minutes: int, note: str) -> None:
    ensure(actor, Permission.CONTACT_ADD, Facts(row.program_id, row.participant_id))
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused(say("Please enter from 1 to %(most)s minutes.", most=MOST_MINUTES), "minutes")
    contact = Contact(
        program_id=row.program_id,
        participant_id=row.participant_id,
        account_id=actor.account_id,
        day=actor.today(work.clock()),
        minutes=minutes,
        kind=ContactKind.CALL,
        note=note.strip(),
        created_at=work.clock(),
    )
    session.add(contact)
    session.flush()
    audit(
        session, work, actor, "contact.add", "contact", contact.id, participant_id=row.participant_id,
        kind=ContactKind.CALL,
    )  # fmt: skip
