"""Mood and energy over time, for the participant and whoever they share the picture with; never a word of the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.diary import DayBody, EntryKind
from placement.domain.sealed import Cipher
from placement.models.diary.entry import DiaryEntry
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.diary.bodies import opened_body

#: How far back the picture goes.
SPAN = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Felt:
    """One day; None where it was skipped."""

    day: date
    mood: int | None
    energy: int | None


def own_course(db: Session, actor: Actor, cipher: Cipher, today: date) -> tuple[Felt, ...]:
    """Of the participant who asks, in order of time. One statement."""
    return _course(db, cipher, today, scope.own_entries(actor))


def shared_course(db: Session, actor: Actor, cipher: Cipher, today: date, participant_id: int) -> tuple[Felt, ...]:
    """Of somebody who shares the picture with the actor; nothing looks like not shared. One statement."""
    return _course(db, cipher, today, scope.charted_days(actor) & (DiaryEntry.participant_id == participant_id))


def _course(db: Session, cipher: Cipher, today: date, seen: ColumnElement[bool]) -> tuple[Felt, ...]:
    rows = db.execute(
        select(DiaryEntry.day, DiaryEntry.public_id, DiaryEntry.body_sealed)
        .where(seen, DiaryEntry.kind == EntryKind.DAY, DiaryEntry.day > today - SPAN)
        .order_by(DiaryEntry.day)
    )
    found = ((day, opened_body(cipher, EntryKind.DAY, key, sealed)) for day, key, sealed in rows)
    felt = (Felt(day, body.mood, body.energy) for day, body in found if isinstance(body, DayBody))
    return tuple(one for one in felt if one.mood is not None or one.energy is not None)
