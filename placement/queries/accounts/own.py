"""What somebody sees of their own account: devices and programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.models.accounts.account import AccountLink, Membership
from placement.models.accounts.session import SignInSession
from placement.models.programs.program import Program
from placement.policy.actor import Actor


@dataclass(frozen=True, slots=True)
class Device:
    public_id: str
    device: str
    since: datetime
    last_seen: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class OwnProgram:
    public_id: str
    name: str
    active: bool


def devices(db: Session, actor: Actor, now: datetime, idle_since: datetime) -> list[Device]:
    """The actor's running sessions, newest first."""
    rows = db.execute(
        select(
            SignInSession.public_id,
            SignInSession.device,
            SignInSession.created_at,
            SignInSession.last_seen_at,
            SignInSession.id,
        )
        .where(
            SignInSession.account_id == actor.account_id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > now,
            SignInSession.last_seen_at > idle_since,
        )
        .order_by(SignInSession.last_seen_at.desc())
    )
    return [Device(p, d, c, s, key == actor.session_id) for p, d, c, s, key in rows]


def own_programs(db: Session, actor: Actor) -> list[OwnProgram]:
    """Programs the actor is a member of, by name."""
    rows = db.execute(
        select(Program.id, Program.public_id, Program.name)
        .join(Membership, Membership.program_id == Program.id)
        .where(
            Membership.account_id == actor.account_id,
            Membership.archived_at.is_(None),
            Program.archived_at.is_(None),
        )
        .distinct()
        .order_by(Program.name)
    )
    return [OwnProgram(public, name, key == actor.program_id) for key, public, name in rows]


def link_is_open(db: Session, token_hash: str, now: datetime) -> bool:
    """Whether a link from a mail can still be used."""
    found = db.scalar(
        select(AccountLink.id).where(
            AccountLink.token_hash == token_hash, AccountLink.used_at.is_(None), AccountLink.expires_at > now
        )
    )
    return found is not None
