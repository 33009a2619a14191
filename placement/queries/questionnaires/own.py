"""The participant's own: what was handed out to them, and one of them with their answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.sealed import Cipher
from placement.models.questionnaires.questionnaire import Handout
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.questionnaires.rows import (
    Asked,
    Given,
    HandoutRow,
    asked_columns,
    asked_of,
    given_of,
    handout_row,
    handout_rows,
)

MOST = 100


@dataclass(frozen=True, slots=True)
class OwnHandout:
    participant_id: int
    row: HandoutRow
    asked: Asked
    given: Given


def own_handouts(db: Session, actor: Actor, today: date) -> list[HandoutRow]:
    """The latest first; what was taken back only where something is filled in. One statement."""
    rows = db.execute(
        handout_rows(today)
        .where(scope.own_handouts(actor), Handout.taken_back_at.is_(None) | Handout.answers_sealed.is_not(None))
        .order_by(Handout.id.desc())
        .limit(MOST)
    )
    return [handout_row(row) for row in rows]


def own_handout(db: Session, actor: Actor, cipher: Cipher, today: date, public_id: str) -> OwnHandout:
    """Raises NotFound for somebody else's. One statement."""
    row = db.execute(
        handout_rows(today, Handout.participant_id, Handout.answers_sealed, *asked_columns()).where(
            scope.own_handouts(actor), Handout.public_id == public_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    asked = asked_of(row)
    return OwnHandout(
        row.participant_id, handout_row(row), asked, given_of(cipher, row.answers_sealed, public_id, asked.scale)
    )
