"""Two taps a day: mood and energy, each by one tap, each may be left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from placement.domain.diary import DayBody, EntryKind, ensure_body
from placement.domain.errors import Refused
from placement.domain.words import say
from placement.models.base import new_public_id
from placement.models.diary.entry import DiaryEntry
from placement.policy.actor import Actor
from placement.queries import scope
from placement.usecases.effects.diary import ensure_may_write, seal_body, written
from placement.usecases.effects.idempotency import again_if_taken
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class Tap:
    """One of both, 1–5."""

    mood: int | None = None
    energy: int | None = None


def tap(work: Work, actor: Actor, command: Tap) -> str:
    """Add it to today's entry, which is made with the first tap; a later tap counts. The entry's public id.

    Raises Forbidden and Refused.
    """
    ensure_body(DayBody(command.mood, command.energy))
    return again_if_taken(_tap, work, actor, command)


def _tap(work: Work, actor: Actor, command: Tap) -> str:
    now = work.clock()
    today = actor.today(now)
    with work.transaction() as session:
        ensure_may_write(session, actor)
        row = session.scalar(
            select(DiaryEntry)
            .where(scope.own_entries(actor), DiaryEntry.kind == EntryKind.DAY, DiaryEntry.day == today)
            .with_for_update()
        )
        if row is None:
            row = DiaryEntry(
                public_id=new_public_id(), program_id=actor.program, participant_id=actor.participant_id or 0,
                kind=EntryKind.DAY, day=today, created_at=now,
            )  # fmt: skip
            body = DayBody()
        else:
            found = written(work, row)
            if not isinstance(found, DayBody):
                raise Refused(say("Today's entry can't be read. Please tell the people who run this app."))
            body = found
            row.version, row.changed_at = row.version + 1, now
        if command.mood is not None:
            body = replace(body, mood=command.mood)
        if command.energy is not None:
            body = replace(body, energy=command.energy)
        seal_body(work, row, body)
        session.add(row)
        session.flush()
        audit(session, work, actor, "diary.tap", "diary_entry", row.id, participant_id=row.participant_id)
        return row.public_id
