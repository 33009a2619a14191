"""One session as its reader may see it: the participant, whoever holds it, or a colleague who reads what is shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import case, false, select, true
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound
from placement.domain.profiles import full_name
from placement.domain.sealed import Cipher, Place
from placement.domain.sessions import AgreedState, may_check_in
from placement.domain.shifts import Attendance, was_present
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.models.sessions.one_to_one import AgendaItem, AgreedTask, NoteOpening, OneToOne, SessionNote
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.sealed import Words, opened, opened_summary
from placement.queries.sessions.items import AWAY, agenda_of, coming_back


@dataclass(frozen=True, slots=True)
class Head:
    """When and where, with whom, and what the reader may do. Times are local to ``zone``.

    ``own``: the reader is the participant; ``holds``: they hold it; neither: a colleague, who reads what is shared.
    """

    id: int
    participant_id: int
    account_id: int
    public_id: str
    participant: str
    name: str
    by: str
    day: date
    start: time
    end: time
    start_fold: int
    end_fold: int
    zone: str
    place: str
    attendance: Attendance
    begun: bool
    over: bool
    cancelled: bool
    archived: bool
    version: int
    own: bool
    holds: bool
    #: A member of staff who looks after the participant today.
    cares: bool
    #: Named today as the deputy of whoever holds it, who wrote a note.
    may_open_note: bool
    may_check_in: bool
    summary: Words

    @property
    def came(self) -> bool:
        return was_present(self.attendance)


@dataclass(frozen=True, slots=True)
class Item:
    """Something to talk about; ``mine``: the reader wrote it. ``talked``: at this session."""

    public_id: str
    words: Words
    mine: bool
    by: str
    talked: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """``back``: agreed at an earlier session. ``reviewed``: looked at together at some session."""

    public_id: str
    words: Words
    due_on: date | None
    state: AgreedState
    helped: Words
    back: bool
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """A deputy opened the note of this session."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class SessionPage:
    """``agenda`` and ``openings`` are empty for a colleague."""

    head: Head
    agenda: tuple[Item, ...]
    agreed: tuple[Agreed, ...]
    openings: tuple[Opening, ...]


def session_page(db: Session, actor: Actor, cipher: Cipher, now: datetime, public_id: str) -> SessionPage:
    """Raises NotFound out of sight. Four statements."""
    head = session_head(db, actor, cipher, now, public_id)
    between = head.own or head.holds
    return SessionPage(
        head,
        agenda_items(db, actor, cipher, head) if between else (),
        agreed_tasks(db, cipher, head),
        _openings(db, head) if between else (),
    )


def session_to_hold(db: Session, actor: Actor, cipher: Cipher, now: datetime, public_id: str) -> Head:
    """The same head for whoever holds it. Raises NotFound out of sight, Forbidden for other readers. One statement."""
    head = session_head(db, actor, cipher, now, public_id)
    if not head.holds:
        raise Forbidden(Permission.SESSION_HOLD)
    return head


def session_head(db: Session, actor: Actor, cipher: Cipher, now: datetime, public_id: str) -> Head:
    """Raises NotFound out of sight. One statement."""
    note = (
        select(SessionNote.id)
        .where(SessionNote.session_id == OneToOne.id, SessionNote.by_account_id == OneToOne.account_id)
        .correlate(OneToOne)
        .exists()
    )
    today = actor.today(now)
    row = db.execute(
        select(
            OneToOne.id, OneToOne.program_id, OneToOne.participant_id, OneToOne.account_id, OneToOne.day,
            OneToOne.start, OneToOne.end, OneToOne.start_fold, OneToOne.end_fold, OneToOne.place, OneToOne.version,
            OneToOne.cancelled_at, OneToOne.summary_sealed, Occasion.attendance, Occasion.starts_at, Occasion.ends_at,
            Occasion.zone, Participant.public_id.label("participant"), Participant.preferred_name,
            Participant.family_name, Participant.archived_at, Account.name.label("by"), note.label("has_note"),
            case((scope.deputized(actor, today), true()), else_=false()).label("deputy"),
        )
        .join(Occasion, Occasion.id == OneToOne.id)
        .join(Participant, Participant.id == OneToOne.participant_id)
        .join(Account, Account.id == OneToOne.account_id)
        .where(OneToOne.public_id == public_id, scope.one_to_ones(actor, today))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    return _head(actor, cipher, now, public_id, row)


def agenda_items(db: Session, actor: Actor, cipher: Cipher, head: Head) -> tuple[Item, ...]:
    """What waits for the two, and what was talked about here, in the order in which it came. One statement."""
    columns = (AgendaItem.public_id, AgendaItem.text_sealed, AgendaItem.by_account_id, AgendaItem.talked_at)
    rows = db.execute(
        select(*columns, Account.name)
        .join(Account, Account.id == AgendaItem.by_account_id)
        .where(scope.agenda_items(actor), agenda_of(head))
        .order_by(AgendaItem.id)
    )
    return tuple(
        Item(key, item_words(cipher, key, sealed), by == actor.account_id, name, talked_at is not None)
        for key, sealed, by, talked_at, name in rows
    )


def item_words(cipher: Cipher, public_id: str, sealed: bytes) -> Words:
    """What stands on the agenda."""
    return opened(cipher, sealed, Place("agenda_item", "text_sealed", public_id))


def agreed_tasks(db: Session, cipher: Cipher, head: Head) -> tuple[Agreed, ...]:
    """What was agreed here, and what comes back from earlier sessions. One statement; ``head`` was in sight."""
    here = AgreedTask.session_id == head.id
    columns = (AgreedTask.public_id, AgreedTask.text_sealed, AgreedTask.due_on, AgreedTask.state)
    more = (AgreedTask.helped_sealed, AgreedTask.session_id, AgreedTask.reviewed_session_id)
    rows = db.execute(select(*columns, *more).where(here | coming_back(head)).order_by(AgreedTask.id))
    return tuple(agreed_of(cipher, row, back=row.session_id != head.id) for row in rows)


def agreed_of(cipher: Cipher, row: Any, *, back: bool) -> Agreed:
    """An agreed task of its columns."""
    key = row.public_id
    words = opened(cipher, row.text_sealed, Place("agreed_task", "text_sealed", key))
    helped = opened(cipher, row.helped_sealed, Place("agreed_task", "helped_sealed", key))
    return Agreed(key, words, row.due_on, row.state, helped, back, row.reviewed_session_id is not None)


def _head(actor: Actor, cipher: Cipher, now: datetime, public_id: str, row: Any) -> Head:
    facts = Facts(row.program_id, row.participant_id, account_id=row.account_id, current=bool(row.deputy))
    own = allowed(actor, Permission.SESSION_OWN, facts)
    cancelled = row.cancelled_at is not None
    open_now = may_check_in(row.starts_at, row.ends_at, now) and row.attendance not in AWAY
    return Head(
        id=row.id,
        participant_id=row.participant_id,
        account_id=row.account_id,
        public_id=public_id,
        participant=row.participant,
        name=full_name(row.preferred_name, row.family_name),
        by=row.by,
        day=row.day,
        start=row.start,
        end=row.end,
        start_fold=row.start_fold,
        end_fold=row.end_fold,
        zone=row.zone,
        place=row.place,
        attendance=row.attendance,
        begun=row.starts_at <= now,
        over=row.ends_at <= now,
        cancelled=cancelled,
        archived=row.archived_at is not None,
        version=row.version,
        own=own,
        holds=allowed(actor, Permission.SESSION_HOLD, facts),
        cares=allowed(actor, Permission.SESSION_PLAN, facts),
        may_open_note=bool(row.has_note) and allowed(actor, Permission.SESSION_NOTE_OPEN, facts),
        may_check_in=own and open_now and not cancelled,
        summary=opened_summary(cipher, row.summary_sealed, public_id),
    )


def _openings(db: Session, head: Head) -> tuple[Opening, ...]:
    rows = db.execute(
        select(NoteOpening.created_at, Account.name, NoteOpening.reason)
        .join(SessionNote, SessionNote.id == NoteOpening.note_id)
        .join(Account, Account.id == NoteOpening.account_id)
        .where(SessionNote.session_id == head.id)
        .order_by(NoteOpening.id)
    )
    return tuple(Opening(*row) for row in rows)
