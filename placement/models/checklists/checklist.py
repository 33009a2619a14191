"""The start gate: what a program asks for before a placement may start, and what was written down."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.checklists import FileKind
from placement.extensions import Base
from placement.models.base import (
    Archived,
    BigId,
    Created,
    IntPk,
    Json,
    Owned,
    PublicId,
    Versioned,
    Words,
    choice,
    owned,
    points_to,
)

LIVE = text("archived_at IS NULL")


class CheckItem(PublicId, Owned, Created, Archived, Base):
    """A line of the program's list. ``kinds``: the kinds of placement it is asked of; empty: all."""

    __tablename__ = "check_item"
    __table_args__ = owned(Index("ix_check_item_list", "program_id", "id"))

    id: Mapped[IntPk]
    name: Mapped[Words]
    kinds: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")


class CheckEntry(PublicId, Owned, Created, Archived, Versioned, Base):
    """That something is there for a placement: since when, by whom, until when. One live entry for each item."""

    __tablename__ = "check_entry"
    __table_args__ = owned(
        points_to("placement"),
        points_to("check_item", "item_id"),
        Index("uq_check_entry_live", "placement_id", "item_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_check_entry_expires", "program_id", "expires_on"),
        CheckConstraint("expires_on IS NULL OR expires_on >= done_on", name="expires"),
    )

    id: Mapped[IntPk]
    placement_id: Mapped[int] = mapped_column(BigId)
    item_id: Mapped[int] = mapped_column(BigId)
    done_on: Mapped[date] = mapped_column(Date)
    #: Who signed, checked or instructed.
    done_by: Mapped[str] = mapped_column(String(120), default="")
    #: The last day on which it holds.
    expires_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))


class CheckFile(PublicId, Owned, Base):
    """The paper itself, kept with its entry."""

    __tablename__ = "check_file"
    __table_args__ = owned(points_to("check_entry", "entry_id"), UniqueConstraint("entry_id"))

    id: Mapped[IntPk]
    entry_id: Mapped[int] = mapped_column(BigId)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[FileKind] = mapped_column(choice(FileKind, "kind"))
    #: SHA-256 of the content, hexadecimal.
    digest: Mapped[str] = mapped_column(String(64))
    #: The file in base64: agreements name people.
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
