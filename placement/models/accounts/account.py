from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Boolean, Date, ForeignKey, Index, String, Time, false, text
from sqlalchemy.orm import Mapped, mapped_column

from placement.domain.jobs import LinkPurpose
from placement.domain.roles import Role
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
    table,
)

LIVE = text("archived_at IS NULL")


class Account(PublicId, Created, Archived, Versioned, Base):
    """Somebody who can sign in. What they may do comes from their memberships."""

    __tablename__ = "account"
    __table_args__ = table(
        Index("uq_account_live_email", "email_key", unique=True, sqlite_where=LIVE, postgresql_where=LIVE)
    )

    id: Mapped[IntPk]
    name: Mapped[str] = mapped_column(String(120))
    sort_key: Mapped[str] = mapped_column(String(160), index=True)
    email: Mapped[str] = mapped_column(String(254))
    #: Case-folded, for looking up.
    email_key: Mapped[str] = mapped_column(String(254))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    password_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    locale: Mapped[str] = mapped_column(String(8))
    theme: Mapped[str] = mapped_column(String(8), default="auto")
    #: Where participants and shops can call this person, "" for nowhere.
    phone: Mapped[str] = mapped_column(String(40), default="", server_default="")
    #: Kinds of mail this person does not want (``domain.mails.MailKind``).
    mails_off: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")
    #: No mails between these local times; both or neither. The zone is this person's, "" for the program's.
    quiet_from: Mapped[time | None] = mapped_column(Time)
    quiet_until: Mapped[time | None] = mapped_column(Time)
    zone: Mapped[str] = mapped_column(String(64), default="", server_default="")
    #: How this person reads: plain language, larger type, pictograms, texts read aloud by the device.
    plain: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    large_type: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    pictograms: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    read_aloud: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    #: May run the whole site: programs, admins. No role in any program by itself.
    runs_site: Mapped[bool] = mapped_column(Boolean, default=False)


class Membership(PublicId, Owned, Created, Archived, Base):
    """One role of one account in one program."""

    __tablename__ = "membership"
    __table_args__ = owned(
        Index(
            "uq_membership_live",
            "program_id",
            "account_id",
            "role",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
    )

    id: Mapped[IntPk]
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role, "role"))


class Assignment(PublicId, Owned, Created, Base):
    """A member of staff looks after a participant, from one day to another, for themselves or standing in."""

    __tablename__ = "assignment"
    __table_args__ = owned(points_to("participant"))

    id: Mapped[IntPk]
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    participant_id: Mapped[int] = mapped_column(BigId, index=True)
    #: The colleague this person stands in for, None for the main assignment.
    stands_in_for_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date)


class AccountLink(PublicId, Created, Base):
    """A link that lets the owner of an address in once, e.g. to set a password.

    The token is recomputed from the link key, the id and the generation; only its hash is here.
    """

    __tablename__ = "account_link"
    __table_args__ = table()

    id: Mapped[IntPk]
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(choice(LinkPurpose, "purpose"))
    generation: Mapped[int] = mapped_column(default=1)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
