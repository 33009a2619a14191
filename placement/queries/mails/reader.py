"""Whoever reads a mail: address, language, zone, and what they chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from placement.domain.mails import MailKind, Quiet, quiet_of
from placement.models.accounts.account import Account, Membership
from placement.models.feedback.rater import Rater
from placement.models.programs.program import Program


class ReaderKind(StrEnum):
    """With an account or without."""

    ACCOUNT = "account"
    RATER = "rater"


@dataclass(frozen=True, slots=True)
class Reader:
    """``public_id`` is the account's or the rater's. ``zone``: in which this person reads the clock."""

    kind: ReaderKind
    public_id: str
    name: str
    email: str
    locale: str
    zone: str
    program: str
    mails_off: frozenset[str]
    quiet: Quiet | None
    account_id: int | None
    rater_id: int | None

    def wants(self, kind: MailKind | None) -> bool:
        """None: what somebody asked for, which is always sent."""
        return kind is None or kind not in self.mails_off


def reader_of(db: Session, refs: Mapping[str, Any], program_id: int | None) -> Reader | None:
    """Whom a job's ``refs`` name; None if they left, or there is no address to write to."""
    if "rater" in refs:
        return _rater(db, refs["rater"], program_id)
    return _account(db, refs["account"], program_id) if "account" in refs else None


def _rater(db: Session, rater_id: int, program_id: int | None) -> Reader | None:
    row = db.execute(
        select(
            Rater.public_id, Rater.name, Rater.email, Rater.locale, Rater.mails_off_at, Rater.account_id,
            Program.locale.label("program_locale"), Program.zone, Program.name.label("program"),
        )
        .join(Program, Program.id == Rater.program_id)
        .where(Rater.id == rater_id, Rater.program_id == program_id, Rater.archived_at.is_(None))
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    if row.account_id is not None:
        return _account(db, row.account_id, program_id, rater_id)
    if not row.email:
        return None
    off = frozenset(MailKind) if row.mails_off_at is not None else frozenset[str]()
    return Reader(
        ReaderKind.RATER, row.public_id, row.name, row.email, row.locale or row.program_locale, row.zone, row.program,
        off, None, None, rater_id,
    )  # fmt: skip


def _account(db: Session, account_id: int, program_id: int | None, rater_id: int | None = None) -> Reader | None:
    member = exists().where(
        Membership.account_id == Account.id, Membership.program_id == program_id, Membership.archived_at.is_(None)
    )
    row = db.execute(
        select(
            Account.public_id, Account.name, Account.email, Account.locale, Account.zone.label("own_zone"),
            Account.mails_off, Account.quiet_from, Account.quiet_until, Program.zone, Program.name.label("program"),
        )
        .join(Program, Program.id == program_id)
        .where(Account.id == account_id, Account.archived_at.is_(None), member)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    zone = row.own_zone or row.zone
    return Reader(
        ReaderKind.ACCOUNT, row.public_id, row.name, row.email, row.locale, zone, row.program,
        frozenset(row.mails_off), quiet_of(row.quiet_from, row.quiet_until, zone), account_id, rater_id,
    )  # fmt: skip
