"""What the first mail to somebody says, read when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from placement.models.accounts.account import Account, AccountLink, Membership
from placement.models.programs.program import Program


@dataclass(frozen=True, slots=True)
class Welcome:
    """``link``: id and generation of an open link, None for somebody who has a password already.

    ``known``: has a password. ``program`` is empty for somebody who runs the site.
    ``until``: when the link ends, ``zone`` where it is read.
    """

    name: str
    email: str
    locale: str
    program: str
    zone: str
    link: tuple[int, int] | None
    known: bool
    until: datetime | None


def welcome(db: Session, refs: Mapping[str, Any], program_id: int | None, now: datetime) -> Welcome | None:
    """None if there is nothing to say any more: the person has left, or the link was used, replaced or is too old."""
    person = db.execute(
        select(Account.name, Account.email, Account.locale, Account.runs_site, Account.password_hash).where(
            Account.id == refs["account"], Account.archived_at.is_(None)
        )
    ).one_or_none()
    program = db.execute(
        select(Program.name, Program.zone).where(
            Program.id == program_id,
            exists().where(
                Membership.program_id == program_id,
                Membership.account_id == refs["account"],
                Membership.archived_at.is_(None),
            ),
        )
    ).one_or_none()
    if person is None or (program is None and not (person.runs_site and program_id is None)):
        return None
    name, zone = (program.name, program.zone) if program else ("", "UTC")
    known = person.password_hash is not None
    if "link" not in refs:
        return Welcome(person.name, person.email, person.locale, name, zone, None, known, None)
    link = db.execute(
        select(AccountLink.id, AccountLink.generation, AccountLink.expires_at).where(
            AccountLink.id == refs["link"],
            AccountLink.account_id == refs["account"],
            AccountLink.used_at.is_(None),
            AccountLink.expires_at > now,
        )
    ).one_or_none()
    if link is None:
        return None
    return Welcome(
        person.name, person.email, person.locale, name, zone, (link.id, link.generation), known, link.expires_at
    )
