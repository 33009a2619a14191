"""What somebody chose about mails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.mails import MailKind
from placement.domain.stop_mails import ACCOUNT, Stop
from placement.models.accounts.account import Account
from placement.models.feedback.rater import Rater
from placement.policy.actor import Actor


@dataclass(frozen=True, slots=True)
class Choices:
    """``zone``: one's own, "" for the program's."""

    email: str
    locale: str
    mails_off: frozenset[str]
    quiet_from: time | None
    quiet_until: time | None
    zone: str
    phone: str

    def wants(self, kind: MailKind) -> bool:
        return kind not in self.mails_off


def own_choices(db: Session, actor: Actor) -> Choices:
    """The actor's own; one statement."""
    row = db.execute(
        select(
            Account.email, Account.locale, Account.mails_off, Account.quiet_from, Account.quiet_until, Account.zone,
            Account.phone,
        ).where(Account.id == actor.account_id)
    ).one()  # fmt: skip
    return Choices(row.email, row.locale, frozenset(row.mails_off), *row[3:])


def stopped(db: Session, stop: Stop) -> bool | None:
    """Whether these mails have ended; None where nobody is behind the address any more. One statement."""
    if stop.reader == ACCOUNT:
        off = db.scalar(
            select(Account.mails_off).where(Account.public_id == stop.public_id, Account.archived_at.is_(None))
        )
        return None if off is None else stop.kind in off
    row = db.execute(
        select(Rater.mails_off_at).where(
            Rater.public_id == stop.public_id, Rater.account_id.is_(None), Rater.archived_at.is_(None)
        )
    ).one_or_none()
    return None if row is None else row.mails_off_at is not None
