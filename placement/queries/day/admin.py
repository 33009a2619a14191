"""What an admin finds on their day: accounts that were never used, and the site's programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.models.accounts.account import Account, Membership
from placement.models.programs.program import Program
from placement.policy.actor import Actor
from placement.queries import scope

#: Shown at once; the list of accounts has the others.
MOST = 20


@dataclass(frozen=True, slots=True)
class Unused:
    """An account whose owner has not set a password yet."""

    public_id: str
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class SiteProgram:
    public_id: str
    name: str


def unused_accounts(db: Session, actor: Actor) -> list[Unused]:
    """Members of the program who never signed in, the longest waiting first; one more than is shown tells of others."""
    rows = db.execute(
        select(Account.public_id, Account.name, Account.created_at)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            scope.in_program(actor, Membership.program_id),
            Membership.archived_at.is_(None),
            Account.archived_at.is_(None),
            Account.password_hash.is_(None),
        )
        .distinct()
        .order_by(Account.created_at, Account.public_id)
        .limit(MOST + 1)
    )
    return [Unused(*row) for row in rows]


def site_programs(db: Session, actor: Actor) -> list[SiteProgram]:
    """The site's programs by name, for whoever runs it; nothing for others."""
    if not actor.runs_site:
        return []
    rows = db.execute(
        select(Program.public_id, Program.name).where(Program.archived_at.is_(None)).order_by(Program.name).limit(MOST)
    )
    return [SiteProgram(*row) for row in rows]
