"""One-to-one sessions. What is written in them is sealed; the private note stands apart from what is shared."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    Time,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.sessions import AgreedState
from placement.extensions import Base
from placement.models.base import (
    BigId,
    Created,
    IntPk,
    Owned,
    PublicId,
    UtcDateTime,
    Versioned,
    choice,
    owned,
    points_to,
)


class OneToOne(PublicId, Owned, Created, Versioned, Base):
    """A session of a participant with a therapist or coach. Shares its key with its occasion (kind one_to_one)."""

    __tablename__ = "one_to_one"
    __table_args__ = (
        ForeignKeyConstraint(["program_id", "id"], ["occasion.program_id", "occasion.id"]),
        UniqueConstraint("program_id", "id"),
        points_to("participant"),
        Index("ix_one_to_one_person", "participant_id", "day"),
        Index("ix_one_to_one_account", "account_id", "day"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    participant_id: Mapped[int] = mapped_column(BigId)
    #: The therapist or coach.
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    day: Mapped[date] = mapped_column(Date)
    start: Mapped[time] = mapped_column(Time)
    end: Mapped[time] = mapped_column(Time)
    start_fold: Mapped[int] = mapped_column(default=0)
    end_fold: Mapped[int] = mapped_column(default=0)
    place: Mapped[str] = mapped_column(String(120), default="")
    #: What both read afterwards.
    summary_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AgendaItem(PublicId, Owned, Created, Base):
    """Something one of the two wants to talk about at their next session."""

    __tablename__ = "agenda_item"
    __table_args__ = owned(
        points_to("participant"),
        points_to("one_to_one", "session_id"),
        Index("ix_agenda_item_pair", "participant_id", "account_id"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    #: The therapist or coach it is to be talked about with.
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    #: The session it was taken to; None: waiting for the next one.
    session_id: Mapped[int | None] = mapped_column(BigId)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    talked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SessionNote(PublicId, Owned, Created, Versioned, Base):
    """The author's private note: read by them and, with a reason, by their named clinical deputy."""

    __tablename__ = "session_note"
    __table_args__ = owned(
        points_to("one_to_one", "session_id"),
        points_to("participant"),
        UniqueConstraint("session_id", "by_account_id"),
        Index("ix_session_note_person", "participant_id", "id"),
    )

    id: Mapped[IntPk]
    session_id: Mapped[int] = mapped_column(BigId)
    participant_id: Mapped[int] = mapped_column(BigId)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The participant may read it, because they asked and the author said yes.
    opened_to_participant_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: A named clinician keeps it out of what the participant takes with them (§ 630g BGB): the ground, when, who.
    withheld_ground: Mapped[str] = mapped_column(Text, default="", server_default="")
    withheld_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withheld_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))


class NoteOpening(Owned, Created, Base):
    """A deputy opened a note, and why: the participant reads both."""

    __tablename__ = "note_opening"
    __table_args__ = owned(points_to("session_note", "note_id"), Index("ix_note_opening_note", "note_id"))

    id: Mapped[IntPk]
    note_id: Mapped[int] = mapped_column(BigId)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text)


class ClinicalDeputy(PublicId, Owned, Created, Base):
    """Who may open a therapist's notes in their absence, from one day to another."""

    __tablename__ = "clinical_deputy"
    __table_args__ = owned(
        Index("ix_clinical_deputy_deputy", "deputy_account_id"),
        CheckConstraint("account_id <> deputy_account_id", name="somebody_else"),
    )

    id: Mapped[IntPk]
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    deputy_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))


class AgreedTask(PublicId, Owned, Created, Versioned, Base):
    """What the two agreed on until next time: on the participant's day, and back at the next session."""

    __tablename__ = "agreed_task"
    __table_args__ = owned(
        points_to("participant"),
        points_to("one_to_one", "session_id"),
        points_to("one_to_one", "reviewed_session_id"),
        Index("ix_agreed_task_person", "participant_id", "state"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    session_id: Mapped[int] = mapped_column(BigId)
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    due_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[AgreedState] = mapped_column(choice(AgreedState, "state"), default=AgreedState.OPEN)
    helped_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    said_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The session at which they looked at it together.
    reviewed_session_id: Mapped[int | None] = mapped_column(BigId)


class SessionCheckIn(PublicId, Owned, Created, Base):
    """How the two of them work together, as the participant says it after a session; both see its course."""

    __tablename__ = "session_check_in"
    __table_args__ = owned(
        points_to("one_to_one", "session_id"),
        points_to("participant"),
        UniqueConstraint("session_id"),
        Index("ix_session_check_in_person", "participant_id", "id"),
    )

    id: Mapped[IntPk]
    session_id: Mapped[int] = mapped_column(BigId)
    participant_id: Mapped[int] = mapped_column(BigId)
    answers_sealed: Mapped[bytes] = mapped_column(LargeBinary)
