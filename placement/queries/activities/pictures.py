"""Words about abstract pictures: one's own, with whether they may be kept; and those shared with the reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.rights import ConsentPurpose
from placement.domain.sealed import Cipher, Place
from placement.models.activities.activity import Activity, Reflection
from placement.models.rights.rights import Consent
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.activities.readers import ShownTo, readers_of_reflection
from placement.queries.pages import Page, fetch_page
from placement.queries.sealed import Words, opened

#: Pictures on a page.
SIZE = 12


@dataclass(frozen=True, slots=True)
class Said:
    """What a picture is for somebody. ``activity``: public id and name of what it was said beside."""

    id: int
    participant_id: int
    public_id: str
    seed: int
    at: datetime
    words: Words
    activity: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class OwnSaid:
    said: Said
    shown_to: tuple[ShownTo, ...]


def keeps_words(db: Session, actor: Actor) -> bool:
    """Whether the participant who asks said yes to keeping such words. One statement."""
    mine = (
        Consent.participant_id == (actor.participant_id or 0),
        scope.in_program(actor, Consent.program_id),
        Consent.purpose == ConsentPurpose.REFLECTIONS,
        Consent.withdrawn_at.is_(None),
    )
    return bool(db.scalar(select(exists().where(*mine))))


def own_reflections(db: Session, actor: Actor, cipher: Cipher, cursor: str | None = None) -> Page[Said]:
    """Of the participant who asks, the latest first. One statement."""
    return _page(db, cipher, _rows().where(scope.own_reflections(actor)), cursor)


def own_reflection(db: Session, actor: Actor, cipher: Cipher, public_id: str) -> OwnSaid:
    """One of the participant who asks, with who reads it. Raises NotFound. Two statements."""
    row = db.execute(_rows().where(scope.own_reflections(actor), Reflection.public_id == public_id)).one_or_none()
    if row is None:
        raise NotFound
    return OwnSaid(_said(cipher, row), readers_of_reflection(db, actor, row.id))


def shared_reflections(
    db: Session, actor: Actor, cipher: Cipher, participant_id: int, cursor: str | None = None
) -> Page[Said]:
    """What somebody in sight shares with the actor, the latest first. One statement."""
    rows = _rows().where(scope.shared_reflections(actor), Reflection.participant_id == participant_id)
    return _page(db, cipher, rows, cursor)


def _rows() -> Any:
    return select(
        Reflection.participant_id, Reflection.public_id, Reflection.seed, Reflection.created_at,
        Reflection.words_sealed, Activity.public_id.label("activity"), Activity.name, Reflection.id,
    ).outerjoin(Activity, Activity.id == Reflection.activity_id)  # fmt: skip


def _page(db: Session, cipher: Cipher, rows: Any, cursor: str | None) -> Page[Said]:
    keys = [Reflection.__table__.c.id]
    found = fetch_page(db, rows, keys, cursor, descending=True, size=SIZE)
    return Page([_said(cipher, row) for row in found.rows], found.next, found.previous)


def _said(cipher: Cipher, row: Any) -> Said:
    words = opened(cipher, row.words_sealed, Place("reflection", "words_sealed", row.public_id))
    beside = (row.activity, row.name) if row.activity is not None else None
    return Said(row.id, row.participant_id, row.public_id, row.seed, row.created_at, words, beside)
