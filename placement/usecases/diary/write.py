"""Writing in one's own daily log: a day, a thought record, what was expected of a shift. Nobody is told of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.diary import Body, EntryKind, ensure_body, ensure_day, kind_of
from placement.domain.errors import Refused
from placement.domain.words import say
from placement.models.base import new_public_id
from placement.models.diary.entry import DiaryEntry
from placement.policy.actor import Actor
from placement.usecases.effects.diary import (
    ensure_may_write,
    locked_entry,
    own_shift,
    seal_body,
    shown_values,
    written,
)
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.shares import drop_shares_of
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class WriteEntry:
    """``shift``: public id, only for what was expected. ``key``: so that a double tap is one entry."""

    body: Body
    day: date
    key: str
    shift: str = ""


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    public_id: str
    version: int
    body: Body


def write_entry(work: Work, actor: Actor, command: WriteEntry) -> str:
    """Write an entry; its public id. Same key and body: the first answer again.

    Raises Forbidden, KeyReused and Refused with the field's name: one entry for each day and for each shift.
    """
    ensure_body(command.body)
    return again_if_taken(_write, work, actor, command)


def change_entry(work: Work, actor: Actor, command: ChangeEntry) -> None:
    """Write it anew. Raises NotFound, Stale and Refused with the field's name."""
    with work.transaction() as session:
        row = locked_entry(session, actor, command.public_id)
        ensure_may_write(session, actor)
        if kind_of(command.body) is not row.kind:
            raise Refused(say("Something is missing. Please open the page again."))
        ensure_body(command.body)
        check_version(row, command.version, shown_values(written(work, row)))
        seal_body(work, row, command.body)
        row.changed_at = work.clock()
        audit(session, work, actor, "diary.change", "diary_entry", row.id, participant_id=row.participant_id)


def delete_entry(work: Work, actor: Actor, public_id: str) -> None:
    """Remove it for good, for everybody it was shared with, too. Raises NotFound."""
    with work.transaction() as session:
        row = locked_entry(session, actor, public_id)
        drop_shares_of(session, entry_id=row.id)
        audit(session, work, actor, "diary.delete", "diary_entry", row.id, participant_id=row.participant_id)
        session.delete(row)


def _write(work: Work, actor: Actor, command: WriteEntry) -> str:
    body = asdict(command)
    with work.transaction() as session:
        ensure_may_write(session, actor)
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["entry"])
        row = _row(session, work, actor, command)
        session.add(row)
        session.flush()
        audit(session, work, actor, "diary.write", "diary_entry", row.id, participant_id=row.participant_id)
        keep_answer(session, work, actor, command.key, body, {"entry": row.public_id})
        return row.public_id


def _row(session: Session, work: Work, actor: Actor, command: WriteEntry) -> DiaryEntry:
    kind, now = kind_of(command.body), work.clock()
    row = DiaryEntry(
        public_id=new_public_id(), program_id=actor.program, participant_id=actor.participant_id or 0, kind=kind,
        day=command.day, created_at=now,
    )  # fmt: skip
    if kind is EntryKind.EXPECTED:
        shift = own_shift(session, actor, command.shift, now)
        row.occasion_id, row.day = shift.id, shift.local_day
        about = DiaryEntry.occasion_id == shift.id
        _ensure_first(session, row, about, "shift")
    else:
        ensure_day(command.day, actor.today(now))
        if kind is EntryKind.DAY:
            _ensure_first(session, row, DiaryEntry.day == command.day, "day")
    seal_body(work, row, command.body)
    return row


def _ensure_first(session: Session, row: DiaryEntry, same: object, field: str) -> None:
    there = select(DiaryEntry.id).where(
        DiaryEntry.participant_id == row.participant_id,
        DiaryEntry.kind == row.kind,
        same,  # type: ignore[arg-type]
    )
    if session.scalar(there.limit(1)) is not None:
        raise Refused(say("You have written about this already. Open that entry to go on with it."), field)
