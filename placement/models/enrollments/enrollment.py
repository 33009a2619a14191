"""The way from referral to follow-up: what funders ask, written down once."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, Float, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.enrollments import ExpenseKind, ListKind, Reached, Unit
from placement.extensions import Base
from placement.models.base import (
    Archived,
    BigId,
    Created,
    IntPk,
    Owned,
    PublicId,
    Versioned,
    Words,
    choice,
    owned,
    points_to,
)

OPEN = text("exited_on IS NULL")
WAITING = text("entered_on IS NULL AND exited_on IS NULL")


class ListEntry(PublicId, Owned, Created, Archived, Base):
    """An entry of one of the program's own lists. Unknown is no entry: it is the absence of one."""

    __tablename__ = "list_entry"
    __table_args__ = owned(Index("ix_list_entry_kind", "program_id", "kind", "id"))

    id: Mapped[IntPk]
    kind: Mapped[ListKind] = mapped_column(choice(ListKind, "kind"))
    name: Mapped[Words]


class Enrollment(PublicId, Owned, Created, Versioned, Base):
    """One time somebody is referred, enters and leaves. ``None``: not yet, or unknown."""

    __tablename__ = "enrollment"
    __table_args__ = owned(
        points_to("participant"),
        points_to("list_entry", "source_id"),
        points_to("list_entry", "work_in_id"),
        points_to("list_entry", "benefit_in_id"),
        points_to("list_entry", "insurance_in_id"),
        points_to("list_entry", "exit_reason_id"),
        points_to("list_entry", "work_out_id"),
        points_to("list_entry", "benefit_out_id"),
        points_to("list_entry", "insurance_out_id"),
        # One at a time: whoever comes back has left before.
        Index("uq_enrollment_open", "participant_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_enrollment_person", "participant_id", "referred_on", "id"),
        Index(
            "ix_enrollment_waiting",
            "program_id",
            "later",
            "referred_on",
            "id",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        Index("ix_enrollment_entered", "program_id", "entered_on"),
        Index("ix_enrollment_exited", "program_id", "exited_on"),
        Index("ix_enrollment_follow_up", "program_id", "follow_up_on"),
        CheckConstraint("entered_on IS NULL OR entered_on >= referred_on", name="entered"),
        CheckConstraint("exited_on IS NULL OR exited_on >= COALESCE(entered_on, referred_on)", name="exited"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    referred_on: Mapped[date] = mapped_column(Date)
    source_id: Mapped[int | None] = mapped_column(BigId)
    #: Who it was, e.g. "Ms. Kern, day clinic".
    referred_by: Mapped[str] = mapped_column(String(120), default="")
    #: In neutral words.
    reason: Mapped[str] = mapped_column(Text, default="")
    #: In the participant's own words.
    own_goals: Mapped[str] = mapped_column(Text, default="")
    #: 0: goes before all who are not urgent; 1: by age alone.
    later: Mapped[int] = mapped_column(default=1, server_default="1")
    entered_on: Mapped[date | None] = mapped_column(Date)
    work_in_id: Mapped[int | None] = mapped_column(BigId)
    benefit_in_id: Mapped[int | None] = mapped_column(BigId)
    insurance_in_id: Mapped[int | None] = mapped_column(BigId)
    exited_on: Mapped[date | None] = mapped_column(Date)
    exit_reason_id: Mapped[int | None] = mapped_column(BigId)
    #: Whether a job was offered.
    job_offer: Mapped[bool | None]
    work_out_id: Mapped[int | None] = mapped_column(BigId)
    benefit_out_id: Mapped[int | None] = mapped_column(BigId)
    insurance_out_id: Mapped[int | None] = mapped_column(BigId)
    #: From this day on the next follow-up is due; the writer keeps it.
    follow_up_on: Mapped[date | None] = mapped_column(Date)


class Approval(PublicId, Owned, Created, Archived, Versioned, Base):
    """What a funder approved, and what was delivered of it: the writer of attendance keeps the last three."""

    __tablename__ = "approval"
    __table_args__ = owned(
        points_to("participant"),
        points_to("enrollment"),
        Index("ix_approval_person", "participant_id", "first_day"),
        Index("ix_approval_enrollment", "enrollment_id"),
        Index("ix_approval_end", "program_id", "last_day"),
        CheckConstraint("last_day >= first_day", name="period"),
        CheckConstraint("units > 0", name="units"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    enrollment_id: Mapped[int] = mapped_column(BigId)
    funder: Mapped[str] = mapped_column(String(120))
    #: Folded, so that one funder is one line of a report.
    funder_key: Mapped[str] = mapped_column(String(130))
    reference: Mapped[str] = mapped_column(String(60), default="")
    unit: Mapped[Unit] = mapped_column(choice(Unit, "unit"))
    units: Mapped[float] = mapped_column(Float)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    given_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    given_days: Mapped[int] = mapped_column(default=0, server_default="0")
    #: Basis points of ``units``.
    used: Mapped[int] = mapped_column(default=0, server_default="0")


class Employment(PublicId, Owned, Created, Archived, Versioned, Base):
    """A paid job; an internship is never one. ``None`` in a yes-or-no: unknown."""

    __tablename__ = "employment"
    __table_args__ = owned(
        points_to("participant"),
        points_to("enrollment"),
        Index("ix_employment_person", "participant_id", "started_on"),
        Index("ix_employment_enrollment", "enrollment_id"),
        Index("ix_employment_start", "program_id", "started_on"),
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="period"),
        CheckConstraint("hours_week > 0", name="hours_week"),
        CheckConstraint("wage_hour >= 0", name="wage_hour"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    enrollment_id: Mapped[int] = mapped_column(BigId)
    employer: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(120), default="")
    started_on: Mapped[date] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    hours_week: Mapped[float | None] = mapped_column(Float)
    #: Gross, in the program's currency.
    wage_hour: Mapped[float | None] = mapped_column(Float)
    #: At least four paid hours were worked: from then on it counts as a job start (IPS).
    four_hours: Mapped[bool | None]
    subsidised: Mapped[bool | None]
    integrated: Mapped[bool | None]
    seasonal: Mapped[bool | None]
    prevailing_wage: Mapped[bool | None]
    #: At a shop that hosted them.
    same_site: Mapped[bool | None]


class FollowUp(PublicId, Owned, Created, Versioned, Base):
    """How it goes in a quarter after exit, or that nobody was reached."""

    __tablename__ = "follow_up"
    __table_args__ = owned(
        points_to("participant"),
        points_to("enrollment"),
        UniqueConstraint("enrollment_id", "number"),
        Index("ix_follow_up_person", "participant_id"),
        CheckConstraint("number BETWEEN 1 AND 4", name="number"),
        CheckConstraint("reached = 'reached' OR (employed IS NULL AND earnings IS NULL)", name="unknown"),
        CheckConstraint("earnings >= 0", name="earnings"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    enrollment_id: Mapped[int] = mapped_column(BigId)
    #: The quarter after the one of the exit: 1 to 4.
    number: Mapped[int]
    asked_on: Mapped[date] = mapped_column(Date)
    reached: Mapped[Reached] = mapped_column(choice(Reached, "reached"))
    #: In paid work at some time in that quarter.
    employed: Mapped[bool | None]
    #: Gross earnings of the quarter, in the program's currency.
    earnings: Mapped[float | None] = mapped_column(Float)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))


class Expense(PublicId, Owned, Created, Archived, Versioned, Base):
    """What was paid to or for a participant in a month."""

    __tablename__ = "expense"
    __table_args__ = owned(
        points_to("participant"),
        Index("ix_expense_person", "participant_id", "month"),
        Index("ix_expense_month", "program_id", "month"),
        CheckConstraint("amount > 0", name="amount"),
    )

    id: Mapped[IntPk]
    participant_id: Mapped[int] = mapped_column(BigId)
    #: The month's first day.
    month: Mapped[date] = mapped_column(Date)
    kind: Mapped[ExpenseKind] = mapped_column(choice(ExpenseKind, "kind"))
    #: In the program's currency.
    amount: Mapped[float] = mapped_column(Float)
    by_account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))


__all__ = ["Approval", "Employment", "Enrollment", "Expense", "FollowUp", "ListEntry"]
