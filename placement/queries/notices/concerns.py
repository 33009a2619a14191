"""Concerns the actor owns or wrote, and whom they can name as owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.models.accounts.account import Account
from placement.models.notices.notice import Notice
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.notices.sent import Listener, listeners
from placement.queries.pages import Page, fetch_page

Owner = aliased(Account)


@dataclass(frozen=True, slots=True)
class Concern:
    """``mine``: the reader owns it and closes it. ``by``, ``owner``: names."""

    public_id: str
    participant: str
    name: str
    text: str
    by: str
    owner: str
    mine: bool
    at: datetime
    due_at: datetime | None
    outcome: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConcernForm:
    participant_id: int
    public_id: str
    name: str
    archived: bool
    owners: tuple[Listener, ...]


def concerns_page(db: Session, actor: Actor, cursor: str | None = None) -> Page[Concern]:
    """The latest first. One statement."""
    keys: list[Any] = [Notice.id]
    rows: Any = (
        select(
            Notice.public_id, Participant.public_id.label("participant"), Participant.preferred_name,
            Participant.family_name, Notice.text, Account.name.label("by"), Owner.name.label("owner"),
            Notice.to_account_id, Notice.created_at, Notice.due_at, Notice.outcome, Notice.done_at,
        )
        .join(Participant, Participant.id == Notice.participant_id)
        .join(Account, Account.id == Notice.from_account_id)
        .join(Owner, Owner.id == Notice.to_account_id)
        .where(scope.concerns(actor))
    )  # fmt: skip
    page = fetch_page(db, rows, keys, cursor, descending=True, size=20)
    return Page([_concern(actor, row) for row in page.rows], page.next, page.previous)


def concern_form(db: Session, actor: Actor, public_id: str, today: date) -> ConcernForm:
    """Raises NotFound out of sight, and Forbidden. Two statements."""
    row = db.execute(
        select(
            Participant.id, Participant.program_id, Participant.preferred_name, Participant.family_name,
            Participant.archived_at,
        ).where(scope.participants(actor), Participant.public_id == public_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    ensure(actor, Permission.CONCERN_WRITE, Facts(row.program_id, row.id))
    name = full_name(row.preferred_name, row.family_name)
    return ConcernForm(row.id, public_id, name, row.archived_at is not None, listeners(db, actor, today, row.id))


def _concern(actor: Actor, row: Any) -> Concern:
    return Concern(
        public_id=row.public_id,
        participant=row.participant,
        name=full_name(row.preferred_name, row.family_name),
        text=row.text,
        by=row.by,
        owner=row.owner,
        mine=row.to_account_id == actor.account_id,
        at=row.created_at,
        due_at=row.due_at,
        outcome=row.outcome,
        done_at=row.done_at,
    )
