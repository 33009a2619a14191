"""Groups, their projects and their sessions. A session owns one occasion for each member."""

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
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.groups import GroupKind
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

MEMBER = text("last_day IS NULL")


class Group(PublicId, Owned, Created, Archived, Versioned, Base):
    """People who meet for a project or an activity over a planned period."""

    __tablename__ = "work_group"
    __table_args__ = owned(
        Index("ix_work_group_list", "program_id", "sort_key", "id"),
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="period"),
    )

    id: Mapped[IntPk]
    kind: Mapped[GroupKind] = mapped_column(choice(GroupKind, "kind"))
    name: Mapped[str] = mapped_column(String(120))
    sort_key: Mapped[str] = mapped_column(String(160))
    #: What it is about and what it is meant for, as members read it.
    about: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    leader_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)


class GroupMember(PublicId, Owned, Created, Base):
    """Somebody belongs to a group, from one day to another; ``last_day`` None: still."""

    __tablename__ = "group_member"
    __table_args__ = owned(
        points_to("work_group", "group_id"),
        points_to("participant"),
        Index("ix_group_member_person", "participant_id"),
        Index(
            "uq_group_member_live",
            "group_id",
            "participant_id",
            unique=True,
            sqlite_where=MEMBER,
            postgresql_where=MEMBER,
        ),
    )

    id: Mapped[IntPk]
    group_id: Mapped[int] = mapped_column(BigId)
    participant_id: Mapped[int] = mapped_column(BigId)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)


class GroupTask(PublicId, Owned, Created, Base):
    """A task of a project, in order: what members are seen doing, and whether it is finished."""

    __tablename__ = "group_task"
    __table_args__ = owned(
        points_to("work_group", "group_id"), points_to("task"), UniqueConstraint("group_id", "task_id")
    )

    id: Mapped[IntPk]
    group_id: Mapped[int] = mapped_column(BigId)
    task_id: Mapped[int] = mapped_column(BigId)
    position: Mapped[int]
    planned_for: Mapped[date | None] = mapped_column(Date)
    begun_on: Mapped[date | None] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)


class GroupSession(PublicId, Owned, Created, Versioned, Base):
    """One meeting, planned in the program's local time."""

    __tablename__ = "group_session"
    __table_args__ = owned(
        points_to("work_group", "group_id"),
        Index("ix_group_session_day", "program_id", "day"),
        Index("ix_group_session_group", "group_id", "day"),
        CheckConstraint("ends_at > starts_at", name="length"),
    )

    id: Mapped[IntPk]
    group_id: Mapped[int] = mapped_column(BigId)
    day: Mapped[date] = mapped_column(Date)
    start: Mapped[time] = mapped_column(Time)
    end: Mapped[time] = mapped_column(Time)
    start_fold: Mapped[int] = mapped_column(default=0)
    end_fold: Mapped[int] = mapped_column(default=0)
    zone: Mapped[str] = mapped_column(String(64))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(120), default="")
    agenda: Mapped[str] = mapped_column(Text, default="")
    #: What was done.
    done: Mapped[str] = mapped_column(Text, default="")
    #: The talk: topics, and a note every member reads.
    topics: Mapped[list[str]] = mapped_column(Json, default=list)
    shared_note: Mapped[str] = mapped_column(Text, default="")
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GroupSeat(Owned, Base):
    """A member's place in a session. Shares its key with their occasion, which holds the attendance."""

    __tablename__ = "group_seat"
    __table_args__ = (
        ForeignKeyConstraint(["program_id", "id"], ["occasion.program_id", "occasion.id"]),
        points_to("group_session", "session_id"),
        Index("ix_group_seat_session", "session_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    session_id: Mapped[int] = mapped_column(BigId)


class GroupPhoto(PublicId, Owned, Created, Archived, Base):
    """A picture of the work, drawn anew from what was uploaded: no metadata, bounded size."""

    __tablename__ = "group_photo"
    __table_args__ = owned(
        points_to("work_group", "group_id"),
        points_to("group_session", "session_id"),
        Index("ix_group_photo_group", "group_id", "id"),
    )

    id: Mapped[IntPk]
    group_id: Mapped[int] = mapped_column(BigId)
    session_id: Mapped[int | None] = mapped_column(BigId)
    caption: Mapped[str] = mapped_column(String(160), default="")
    #: JPEG.
    image: Mapped[bytes] = mapped_column(LargeBinary)
    thumbnail: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
