"""Who may read words about an activity, or about a picture, as the participant decided."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.shares import ShareKind
from placement.models.accounts.account import Account
from placement.models.rights.share import Share
from placement.policy.actor import Actor
from placement.queries import scope


@dataclass(frozen=True, slots=True)
class ShownTo:
    """A share that stands. ``account``: the reader's public id."""

    public_id: str
    account: str
    reader: str


def readers_of_activity(db: Session, actor: Actor, activity_id: int) -> tuple[ShownTo, ...]:
    """Of the participant's own activity. One statement."""
    return _shown(db, actor, ShareKind.ACTIVITY, Share.activity_id == activity_id)


def readers_of_reflection(db: Session, actor: Actor, reflection_id: int) -> tuple[ShownTo, ...]:
    """Of the participant's own words about a picture. One statement."""
    return _shown(db, actor, ShareKind.REFLECTION, Share.reflection_id == reflection_id)


def _shown(db: Session, actor: Actor, kind: ShareKind, which: ColumnElement[bool]) -> tuple[ShownTo, ...]:
    rows = db.execute(
        select(Share.public_id, Account.public_id, Account.name)
        .join(Account, Account.id == Share.reader_account_id)
        .where(scope.own_shares(actor), Share.kind == kind, Share.withdrawn_at.is_(None), which)
        .order_by(Share.id)
    )
    return tuple(ShownTo(*row) for row in rows)
