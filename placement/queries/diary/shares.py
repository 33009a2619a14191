"""What a participant shares of their own words, with whom, and whether it was opened since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, exists, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.diary import EntryKind
from placement.domain.shares import ENTRIES, OF_THE_LOG, ShareKind, reaches
from placement.models.accounts.account import Account
from placement.models.activities.activity import Activity
from placement.models.diary.entry import DiaryEntry
from placement.models.rights.share import Share
from placement.models.system.log import AccessLog
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.diary.readers import reader_ids
from placement.queries.pages import Page, fetch_page

#: Whoever was shown this page has seen what was shared with them until then.
SHARED_PAGE, PICTURES_PAGE = "diary.shared", "activities.shared_pictures"
SIZE = 20


@dataclass(frozen=True, slots=True)
class OwnShare:
    """``entry``, ``entry_kind``: of the one entry. ``about``: an activity's name. ``day``: of the one thing, None for a
    kind; ``since_day`` None: everything. ``reads``: the reader looks after them today, else it is closed for them.
    ``opened``: since; False where no page can tell."""

    public_id: str
    kind: ShareKind
    reader: str
    entry_id: int | None
    entry: str | None
    entry_kind: EntryKind | None
    about: str | None
    day: date | None
    since_day: date | None
    read_by: date | None
    at: datetime
    reads: bool
    opened: bool


def own_shares(db: Session, actor: Actor, today: date, cursor: str | None = None) -> Page[OwnShare]:
    """What stands, of whatever kind, the latest first. One statement."""
    page = fetch_page(db, _standing(actor, today), [Share.__table__.c.id], cursor, descending=True, size=SIZE)
    return Page([_share(row) for row in page.rows], page.next, page.previous)


def shares_of(
    db: Session, actor: Actor, today: date, kind: EntryKind, day: date, entry_id: int | None = None
) -> tuple[OwnShare, ...]:
    """What lets others read an entry of a kind about a day, also one that is only being written: itself, its kind, or
    the picture of mood and energy. One statement."""
    near = or_(Share.kind.in_((*ENTRIES, ShareKind.MOOD_CHART)), Share.entry_id == entry_id)
    found = [_share(row) for row in db.execute(_standing(actor, today).where(near).order_by(Share.id.desc()))]
    return tuple(one for one in found if reaches(one.kind, one.since_day, one.entry_id, entry_id, kind, day))


def own_readers(db: Session, actor: Actor, today: date) -> tuple[str, ...]:
    """Who can read anything of the log today, by name. One statement."""
    found = (
        select(Account.name)
        .join(Share, Share.reader_account_id == Account.id)
        .where(
            scope.own_shares(actor),
            Share.withdrawn_at.is_(None),
            Share.kind.in_((ShareKind.ENTRY, *OF_THE_LOG)),
            Account.id.in_(reader_ids(actor.participant_id or 0, today)),
        )
        .distinct()
        .order_by(Account.name)
    )
    return tuple(db.scalars(found))


def _standing(actor: Actor, today: date) -> Any:
    page = case((Share.kind == ShareKind.REFLECTION, PICTURES_PAGE), else_=SHARED_PAGE)
    opened = exists().where(
        AccessLog.participant_id == Share.participant_id,
        AccessLog.account_id == Share.reader_account_id,
        AccessLog.page == page,
        AccessLog.at >= Share.created_at,
        Share.kind != ShareKind.ACTIVITY,
    )
    reads = Account.id.in_(reader_ids(actor.participant_id or 0, today))
    return (
        select(
            Share.public_id, Share.kind, Account.name.label("reader"), Share.entry_id,
            DiaryEntry.public_id.label("entry"), DiaryEntry.kind.label("entry_kind"), Activity.name.label("about"),
            func.coalesce(DiaryEntry.day, Activity.day).label("day"), Share.since_day, Share.read_by,
            Share.created_at, reads.label("reads"), opened.label("opened"),
        )
        .join(Account, Account.id == Share.reader_account_id)
        .outerjoin(DiaryEntry, DiaryEntry.id == Share.entry_id)
        .outerjoin(Activity, Activity.id == Share.activity_id)
        .where(scope.own_shares(actor), Share.withdrawn_at.is_(None))
    )  # fmt: skip


def _share(row: Any) -> OwnShare:
    return OwnShare(*tuple(row)[:13])
