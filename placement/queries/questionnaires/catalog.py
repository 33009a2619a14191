"""The program's questionnaires, for those who look after them; nothing about who filled one in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from placement.domain.errors import NotFound
from placement.domain.questionnaires import Item, languages
from placement.models.questionnaires.questionnaire import Questionnaire
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.questionnaires.rows import Asked, asked_columns, asked_of

Words = Mapping[str, str]
MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    public_id: str
    key: str
    name: Words
    number: int
    items: int
    languages: tuple[str, ...]
    archived: bool


@dataclass(frozen=True, slots=True)
class Version:
    """``replaced``: there is a newer one."""

    public_id: str
    key: str
    number: int
    name: Words
    created_at: datetime
    archived: bool
    replaced: bool
    asked: Asked


def catalog_lines(db: Session, actor: Actor, *, archived: bool = False) -> list[Line]:
    """Live ones, or archived ones, in the order they came. One statement."""
    state = Questionnaire.archived_at.is_not(None) if archived else Questionnaire.archived_at.is_(None)
    rows = db.execute(
        select(
            Questionnaire.public_id, Questionnaire.key, Questionnaire.name, Questionnaire.number, Questionnaire.items,
            Questionnaire.answers, Questionnaire.archived_at,
        )
        .where(scope.questionnaires(actor), state)
        .order_by(Questionnaire.id)
        .limit(MOST)
    )  # fmt: skip
    return [_line(row) for row in rows]


def one_version(db: Session, actor: Actor, public_id: str) -> Version:
    """Raises NotFound. One statement."""
    newer = aliased(Questionnaire)
    replaced = exists().where(
        newer.program_id == Questionnaire.program_id,
        newer.key == Questionnaire.key,
        newer.number > Questionnaire.number,
    )
    row = db.execute(
        select(
            Questionnaire.key, Questionnaire.number, Questionnaire.name, Questionnaire.created_at,
            Questionnaire.archived_at, replaced.label("replaced"), *asked_columns(),
        ).where(scope.questionnaires(actor), Questionnaire.public_id == public_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    return Version(
        public_id, row.key, row.number, row.name, row.created_at, row.archived_at is not None, bool(row.replaced),
        asked_of(row),
    )  # fmt: skip


def _line(row: Any) -> Line:
    items = [Item(one["key"], one["text"]) for one in row.items]
    known = tuple(sorted(languages(items, row.answers)))
    return Line(row.public_id, row.key, row.name, row.number, len(items), known, row.archived_at is not None)
