"""One activity as its reader may see it. For staff, not written and not shared look alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, false, select, true
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound
from placement.domain.occasions import OccasionKind
from placement.domain.profiles import full_name
from placement.domain.sealed import Cipher, Place
from placement.models.accounts.account import Account
from placement.models.activities.activity import Activity
from placement.models.groups.group import Group, GroupSeat, GroupSession
from placement.models.participants.participant import Participant
from placement.models.sessions.one_to_one import OneToOne
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.activities.readers import ShownTo, readers_of_activity
from placement.queries.sealed import Words, opened


@dataclass(frozen=True, slots=True)
class PartOf:
    """The session it was part of. ``session``: its public id where the reader may open it. ``group``: its name."""

    occasion: str
    kind: OccasionKind
    group: str
    session: str | None


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """``own``: the participant's. ``words``: empty where nothing was written, or not for this reader.

    ``mine``: the reader wrote it down. ``shown_to``: for the participant alone. ``off_list``: taken away by staff;
    ``archived``: the whole record is.
    """

    id: int
    participant_id: int
    public_id: str
    participant: str
    person: str
    day: date
    name: str
    meant_for: str
    minutes: int | None
    by: str
    part_of: PartOf | None
    own: bool
    mine: bool
    off_list: bool
    archived: bool
    version: int
    words: Words
    shown_to: tuple[ShownTo, ...]


def activity_page(db: Session, actor: Actor, cipher: Cipher, now: datetime, public_id: str) -> ActivityPage:
    """Raises NotFound out of sight. At most two statements."""
    row = _row(db, actor, now, public_id)
    facts = Facts(row.program_id, row.participant_id, account_id=row.by_account_id, current=bool(row.shared))
    own = allowed(actor, Permission.ACTIVITY_OWN, facts)
    readable = own or allowed(actor, Permission.ACTIVITY_READ, facts)
    sealed = row.words_sealed if readable else None
    return ActivityPage(
        id=row.id,
        participant_id=row.participant_id,
        public_id=public_id,
        participant=row.participant,
        person=full_name(row.preferred_name, row.family_name),
        day=row.day,
        name=row.name,
        meant_for=row.meant_for,
        minutes=row.minutes,
        by=row.by,
        part_of=_part_of(row),
        own=own,
        mine=allowed(actor, Permission.ACTIVITY_EDIT, facts),
        off_list=row.archived_at is not None,
        archived=row.person_archived is not None,
        version=row.version,
        words=opened(cipher, sealed, Place("activity", "words_sealed", public_id)),
        shown_to=readers_of_activity(db, actor, row.id) if own else (),
    )


def own_activity_page(db: Session, actor: Actor, cipher: Cipher, now: datetime, public_id: str) -> ActivityPage:
    """For the participant. Raises NotFound for everybody else. At most two statements."""
    found = activity_page(db, actor, cipher, now, public_id)
    if not found.own:
        raise NotFound
    return found


def activity_to_edit(db: Session, actor: Actor, cipher: Cipher, now: datetime, public_id: str) -> ActivityPage:
    """For whoever wrote it down. Raises NotFound out of sight, Forbidden for other readers."""
    found = activity_page(db, actor, cipher, now, public_id)
    if not found.mine:
        raise Forbidden(Permission.ACTIVITY_EDIT)
    return found


def _row(db: Session, actor: Actor, now: datetime, public_id: str) -> Any:
    as_member = actor.participant_id is not None
    groups = scope.group_sessions(actor, as_member=as_member)
    row = db.execute(
        select(
            Activity.id, Activity.program_id, Activity.participant_id, Activity.day, Activity.name,
            Activity.meant_for, Activity.minutes, Activity.by_account_id, Activity.archived_at, Activity.version,
            Activity.words_sealed, Participant.public_id.label("participant"), Participant.preferred_name,
            Participant.family_name, Participant.archived_at.label("person_archived"), Account.name.label("by"),
            Occasion.public_id.label("occasion"), Occasion.kind, Group.name.label("group"),
            case((groups, GroupSession.public_id)).label("group_session"),
            case((scope.one_to_ones(actor, actor.today(now)), OneToOne.public_id)).label("one_to_one"),
            case((scope.shared_words(actor), true()), else_=false()).label("shared"),
        )
        .join(Participant, Participant.id == Activity.participant_id)
        .join(Account, Account.id == Activity.by_account_id)
        .outerjoin(Occasion, Occasion.id == Activity.occasion_id)
        .outerjoin(GroupSeat, GroupSeat.id == Occasion.id)
        .outerjoin(GroupSession, GroupSession.id == GroupSeat.session_id)
        .outerjoin(Group, Group.id == GroupSession.group_id)
        .outerjoin(OneToOne, OneToOne.id == Occasion.id)
        .where(Activity.public_id == public_id, scope.activities(actor))
    ).one_or_none()  # fmt: skip
    if row is None or (row.archived_at is not None and row.participant_id != actor.participant_id):
        raise NotFound
    return row


def _part_of(row: Any) -> PartOf | None:
    if row.occasion is None:
        return None
    return PartOf(row.occasion, row.kind, row.group or "", row.group_session or row.one_to_one)
