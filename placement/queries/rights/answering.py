"""Questions about records, for those who answer them; and what a page about one of them needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.domain.retention import Kept
from placement.domain.rights import RequestKind, RequestState
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.models.rights.rights import RightsRequest
from placement.models.sessions.one_to_one import OneToOne, SessionNote
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.pages import Page, fetch_page
from placement.queries.rights.kept import kept_of
from placement.queries.rights.own import RepresentativeRow, representatives_of


@dataclass(frozen=True, slots=True)
class Asked:
    """``session``: of the note that is asked for, with its day and author."""

    public_id: str
    version: int
    kind: RequestKind
    about: str
    text: str
    asked_at: datetime
    due_on: date
    state: RequestState
    answer: str
    answered_at: datetime | None
    by: str | None
    participant: str
    name: str
    session: str | None
    session_day: date | None
    author: str | None


@dataclass(frozen=True, slots=True)
class AskedPage:
    """``kept``: for a wish to be forgotten, what stays."""

    participant_id: int
    row: Asked
    kept: Kept


def requests_page(db: Session, actor: Actor, today: date, state: str, cursor: str | None) -> Page[Asked]:
    """Open ones by their day, or answered ones (state "answered"). One statement."""
    answered = state == "answered"
    opens = RightsRequest.state == RequestState.OPEN
    keys: list[Any] = [RightsRequest.due_on, RightsRequest.id]
    wanted = _statement(actor, today).where(~opens if answered else opens)
    page = fetch_page(db, wanted, keys, cursor, descending=answered)
    return Page([_asked(row) for row in page.rows], page.next, page.previous)


def asked_page(db: Session, actor: Actor, today: date, public_id: str) -> AskedPage:
    """Raises NotFound for a question somebody else answers. At most three statements."""
    row = db.execute(
        _statement(actor, today).add_columns(RightsRequest.participant_id).where(RightsRequest.public_id == public_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    forget = row.kind is RequestKind.ERASURE and row.state is RequestState.OPEN
    return AskedPage(row.participant_id, _asked(row), kept_of(db, row.participant_id, today) if forget else Kept())


@dataclass(frozen=True, slots=True)
class Representatives:
    participant_id: int
    participant: str
    name: str
    rows: tuple[RepresentativeRow, ...]


def representatives(db: Session, actor: Actor, participant: str) -> Representatives:
    """For coordinators. Raises NotFound and Forbidden. Two statements."""
    person = db.execute(
        select(Participant.id, Participant.program_id, Participant.preferred_name, Participant.family_name).where(
            scope.participants(actor), Participant.public_id == participant
        )
    ).one_or_none()
    if person is None:
        raise NotFound
    ensure(actor, Permission.REPRESENTATIVE_EDIT, Facts(person.program_id, person.id))
    name = full_name(person.preferred_name, person.family_name)
    return Representatives(person.id, participant, name, representatives_of(db, person.id))


@dataclass(frozen=True, slots=True)
class Keeping:
    """A note its author may keep back, or no longer."""

    participant_id: int
    session: str
    name: str
    day: date
    ground: str
    withheld_at: datetime | None


def note_to_keep(db: Session, actor: Actor, session: str) -> Keeping:
    """For its author, as long as they look after the person. Raises NotFound. One statement."""
    row = db.execute(
        select(
            OneToOne.participant_id, OneToOne.day, Participant.preferred_name, Participant.family_name,
            SessionNote.withheld_ground, SessionNote.withheld_at,
        )
        .join(SessionNote, SessionNote.session_id == OneToOne.id)
        .join(Participant, Participant.id == OneToOne.participant_id)
        .where(
            OneToOne.public_id == session, scope.held_sessions(actor), SessionNote.by_account_id == actor.account_id
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    name = full_name(row.preferred_name, row.family_name)
    return Keeping(row.participant_id, session, name, row.day, row.withheld_ground, row.withheld_at)


def _statement(actor: Actor, today: date) -> Select[Any]:
    author, row = aliased(Account), RightsRequest
    columns: list[Any] = [
        row.public_id, row.version, row.kind, row.about, row.text, row.created_at, row.due_on.label("until"),
        row.state, row.answer, row.answered_at, Account.name.label("by"),
        Participant.public_id.label("participant"), Participant.preferred_name, Participant.family_name,
        OneToOne.public_id.label("session"), OneToOne.day, author.name.label("author"),
    ]  # fmt: skip
    found: Select[Any] = (
        select(*columns)
        .join(Participant, Participant.id == row.participant_id)
        .outerjoin(Account, Account.id == row.answered_by_id)
        .outerjoin(SessionNote, SessionNote.id == row.note_id)
        .outerjoin(OneToOne, OneToOne.id == SessionNote.session_id)
        .outerjoin(author, author.id == SessionNote.by_account_id)
        .where(scope.rights_requests(actor, today))
    )
    return found


def _asked(row: Any) -> Asked:
    return Asked(
        row.public_id, row.version, row.kind, row.about, row.text, row.created_at, row.until, row.state, row.answer,
        row.answered_at, row.by, row.participant, full_name(row.preferred_name, row.family_name), row.session,
        row.day, row.author,
    )  # fmt: skip
