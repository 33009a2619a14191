"""Questionnaires as data, and what was handed out and answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, Float, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.questionnaires import Scoring
from placement.extensions import Base
from placement.models.base import (
    Archived,
    BigId,
    Created,
    IntPk,
    Json,
    Owned,
    PublicId,
    UtcDateTime,
    Words,
    choice,
    owned,
    points_to,
)


class Questionnaire(PublicId, Owned, Created, Archived, Base):
    """One version; versions never change, because answers belong to their wording."""

    __tablename__ = "questionnaire"
    __table_args__ = owned(UniqueConstraint("program_id", "key", "number"), CheckConstraint("high > low", name="range"))

    id: Mapped[IntPk]
    key: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    name: Mapped[Words]
    about: Mapped[Words]
    #: [{"key": …, "text": locale → text, "reversed": bool}], in the order in which they are asked.
    items: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    low: Mapped[int]
    high: Mapped[int]
    #: locale → the words of each answer from ``low`` to ``high``.
    answers: Mapped[dict[str, list[str]]] = mapped_column(Json)
    scoring: Mapped[Scoring] = mapped_column(choice(Scoring, "scoring"))
    #: A change smaller than this is within what the scale can show; None: not known.
    smallest_change: Mapped[float | None] = mapped_column(Float)
    #: Where it comes from and by what right.
    source: Mapped[str] = mapped_column(Text, default="")


class Handout(PublicId, Owned, Created, Base):
    """Handed to a participant by a therapist, who says who reads it and by when."""

    __tablename__ = "handout"
    __table_args__ = owned(
        points_to("questionnaire"),
        points_to("participant"),
        Index("ix_handout_person", "participant_id", "id"),
        Index("ix_handout_reader", "reader_account_id", "read_by"),
    )

    id: Mapped[IntPk]
    questionnaire_id: Mapped[int] = mapped_column(BigId)
    participant_id: Mapped[int] = mapped_column(BigId)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    reader_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    read_by: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date | None] = mapped_column(Date)
    #: JSON: item key → answer.
    answers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The participant would rather not; no reason is asked.
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
