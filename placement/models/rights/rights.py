"""What participants asked about their record, what they said yes to, and who speaks for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.rights import ConsentPurpose, RequestKind, RequestState
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
    Versioned,
    choice,
    owned,
    points_to,
)

OPEN = text("state = 'open'")
STANDING = text("withdrawn_at IS NULL")


class RightsRequest(PublicId, Owned, Created, Versioned, Base):
    """A correction, a note to read, or to be forgotten; answered by a named person within its time."""

    __tablename__ = "rights_request"
    __table_args__ = owned(
        points_to("participant"),
        points_to("session_note", "note_id"),
        Index("ix_rights_request_person", "participant_id", "id"),
        Index("ix_rights_request_open", "program_id", "due_on", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    kind: Mapped[RequestKind] = mapped_column(choice(RequestKind, "kind"))
    #: The group of data it is about (``domain.rights``).
    about: Mapped[str] = mapped_column(String(60), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    note_id: Mapped[int | None] = mapped_column(BigId)
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[RequestState] = mapped_column(choice(RequestState, "state"), default=RequestState.OPEN)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))


class Consent(PublicId, Owned, Created, Base):
    """A yes that can be taken back, for what has no consequence when it is a no."""

    __tablename__ = "consent"
    __table_args__ = owned(
        points_to("participant"),
        Index(
            "uq_consent_standing",
            "participant_id",
            "purpose",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    purpose: Mapped[ConsentPurpose] = mapped_column(choice(ConsentPurpose, "purpose"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Representative(PublicId, Owned, Created, Archived, Versioned, Base):
    """Somebody who decides for a participant by law, and about what."""

    __tablename__ = "representative"
    __table_args__ = owned(points_to("participant"))

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId, index=True)
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(40), default="")
    #: ``domain.rights.RepresentationScope`` values.
    scopes: Mapped[list[str]] = mapped_column(Json)
    #: What the order leaves to the participant or excludes, in plain words.
    words: Mapped[str] = mapped_column(String(300), default="")
    valid_until: Mapped[date | None] = mapped_column(Date)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
