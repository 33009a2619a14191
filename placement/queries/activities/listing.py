"""What somebody made and played, the latest first: their own list, and that of whoever looks after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, exists, false, or_, select, true
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.models.activities.activity import Activity, Reflection
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.pages import Page, fetch_page


@dataclass(frozen=True, slots=True)
class Line:
    """``words``: there are words the reader may read; not written and not shared are both False."""

    public_id: str
    day: date
    name: str
    words: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a page is about."""

    id: int
    public_id: str
    name: str
    archived: bool


def own_activities(db: Session, actor: Actor, cursor: str | None = None) -> Page[Line]:
    """Of the participant who asks. What staff took off the list stays where own words hang on it. One statement."""
    pictures = exists().where(Reflection.activity_id == Activity.id).correlate(Activity)
    kept = or_(Activity.archived_at.is_(None), Activity.words_sealed.is_not(None), pictures)
    rows = _lines(Activity.words_sealed.is_not(None)).where(scope.own_activities(actor), kept)
    return _page(db, rows, cursor)


def activities_of(db: Session, actor: Actor, participant_id: int, cursor: str | None = None) -> Page[Line]:
    """Of somebody in sight, for whoever looks after them. One statement."""
    readable = and_(scope.shared_words(actor), Activity.words_sealed.is_not(None))
    rows = _lines(readable).where(
        scope.activities(actor), Activity.participant_id == participant_id, Activity.archived_at.is_(None)
    )
    return _page(db, rows, cursor)


def person_of(db: Session, actor: Actor, public_id: str, permission: Permission) -> Person:
    """A participant in sight. Raises NotFound, and Forbidden without ``permission``. One statement."""
    row = db.execute(
        select(
            Participant.id, Participant.program_id, Participant.preferred_name, Participant.family_name,
            Participant.archived_at,
        ).where(scope.participants(actor), Participant.public_id == public_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    ensure(actor, permission, Facts(row.program_id, row.id))
    name = full_name(row.preferred_name, row.family_name)
    return Person(row.id, public_id, name, row.archived_at is not None)


def _lines(words: Any) -> Select[Any]:
    return select(Activity.public_id, Activity.name, case((words, true()), else_=false()).label("words"))


def _page(db: Session, rows: Select[Any], cursor: str | None) -> Page[Line]:
    columns = Activity.__table__.c
    found = fetch_page(db, rows, [columns.day, columns.id], cursor, descending=True)
    lines = [Line(row.public_id, row.day, row.name, bool(row.words)) for row in found.rows]
    return Page(lines, found.next, found.previous)
