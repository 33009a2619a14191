"""What a participant shares of their log, with whom, and whether it was opened since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from placement.domain.diary import EntryKind
from placement.domain.errors import NotFound
from placement.domain.shares import OF_THE_LOG, ShareKind, shows
from placement.models.accounts.account import Account
from placement.models.diary.entry import DiaryEntry
from placement.models.rights.share import Share
from placement.models.system.log import AccessLog
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.diary.entries import Entry

#: Whoever was shown this page has seen what was shared with them until then.
SHARED_PAGE = "diary.shared"
MOST = 200


@dataclass(frozen=True, slots=True)
class OwnShare:
    """``entry``, ``entry_kind``, ``entry_day``: of the one entry. ``since_day`` None: everything. ``opened``: since."""

    public_id: str
    kind: ShareKind
    reader: str
    entry_id: int | None
    entry: str | None
    entry_kind: EntryKind | None
    entry_day: date | None
    since_day: date | None
    read_by: date | None
    at: datetime
    opened: bool


def own_shares(db: Session, actor: Actor) -> tuple[OwnShare, ...]:
    """What stands, the latest first. One statement."""
    opened = exists().where(
        AccessLog.participant_id == Share.participant_id,
        AccessLog.account_id == Share.reader_account_id,
        AccessLog.page == SHARED_PAGE,
        AccessLog.at >= Share.created_at,
    )
    rows = db.execute(
        select(
            Share.public_id, Share.kind, Account.name, Share.entry_id, DiaryEntry.public_id, DiaryEntry.kind,
            DiaryEntry.day, Share.since_day, Share.read_by, Share.created_at, opened,
        )
        .join(Account, Account.id == Share.reader_account_id)
        .outerjoin(DiaryEntry, DiaryEntry.id == Share.entry_id)
        .where(
            scope.own_shares(actor),
            Share.withdrawn_at.is_(None),
            Share.kind.in_((ShareKind.ENTRY, *OF_THE_LOG)),
        )
        .order_by(Share.id.desc())
        .limit(MOST)
    )  # fmt: skip
    return tuple(OwnShare(*row) for row in rows)


def own_share(db: Session, actor: Actor, public_id: str) -> OwnShare:
    """One that stands. Raises NotFound. One statement."""
    for one in own_shares(db, actor):
        if one.public_id == public_id:
            return one
    raise NotFound


def shares_of(entry: Entry, shares: tuple[OwnShare, ...]) -> tuple[OwnShare, ...]:
    """Those of the shares that show an entry."""
    return tuple(one for one in shares if shows(one.kind, one.since_day, one.entry_id, entry.id, entry.kind, entry.day))
