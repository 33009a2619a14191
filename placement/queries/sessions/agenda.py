"""What somebody wants to talk about next time, and with whom they can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.roles import ASSIGNED_ROLES
from placement.domain.sealed import Cipher
from placement.models.accounts.account import Account, Assignment, Membership
from placement.models.participants.participant import Participant
from placement.models.sessions.one_to_one import AgendaItem
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.sealed import Words
from placement.queries.sessions.listing import person_of
from placement.queries.sessions.one import item_words


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item that waits. ``account``: public id of the therapist or coach it is to be talked about with."""

    public_id: str
    words: Words
    account: str
    mine: bool
    by: str


@dataclass(frozen=True, slots=True)
class Partner:
    """A therapist or coach who looks after the participant today."""

    public_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """``partners``: for the participant, whom they can choose; empty for staff, who are one of the two."""

    participant_id: int
    public_id: str
    name: str
    archived: bool
    partners: tuple[Partner, ...]
    items: tuple[Waiting, ...]


def own_agenda(db: Session, actor: Actor, cipher: Cipher, now: datetime) -> Agenda:
    """Of the participant who asks. Raises NotFound for somebody else. Three statements."""
    row = db.execute(
        select(Participant.id, Participant.public_id, Participant.preferred_name).where(
            scope.participants(actor), Participant.id == (actor.participant_id or 0)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    partners = partners_of(db, row.id, actor.today(now))
    return Agenda(row.id, row.public_id, row.preferred_name, False, partners, _waiting(db, actor, cipher, row.id))


def agenda_with(db: Session, actor: Actor, cipher: Cipher, public_id: str) -> Agenda:
    """The actor's own with somebody they look after. Raises NotFound out of sight. Two statements."""
    person = person_of(db, actor, public_id, Permission.SESSION_PLAN)
    items = _waiting(db, actor, cipher, person.id, actor.account_id)
    return Agenda(person.id, public_id, person.name, person.archived, (), items)


def waiting_item(db: Session, actor: Actor, cipher: Cipher, public_id: str) -> tuple[Waiting, int, str]:
    """One's own item that waits, with the participant's key and public id; one statement.

    Raises NotFound out of sight, Forbidden for the other's.
    """
    row = db.execute(_statement(actor).where(AgendaItem.public_id == public_id)).one_or_none()
    if row is None:
        raise NotFound
    ensure(
        actor, Permission.AGENDA_TAKE_BACK, Facts(actor.program_id, row.participant_id, account_id=row.by_account_id)
    )
    return _item(actor, cipher, row), row.participant_id, row.participant


def partners_of(db: Session, participant_id: int, today: date) -> tuple[Partner, ...]:
    """Therapists and coaches who look after somebody, by name. One statement."""
    rows = db.execute(
        select(Account.public_id, Account.name)
        .join(Assignment, Assignment.account_id == Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Assignment.participant_id == participant_id,
            Assignment.first_day <= today,
            or_(Assignment.last_day.is_(None), Assignment.last_day >= today),
            Membership.program_id == Assignment.program_id,
            Membership.role.in_(sorted(ASSIGNED_ROLES)),
            Membership.archived_at.is_(None),
            Account.archived_at.is_(None),
        )
        .distinct()
        .order_by(Account.name, Account.public_id)
    )
    return tuple(Partner(*row) for row in rows)


def _waiting(
    db: Session, actor: Actor, cipher: Cipher, participant_id: int, account_id: int | None = None
) -> tuple[Waiting, ...]:
    found = _statement(actor).where(AgendaItem.participant_id == participant_id)
    if account_id is not None:
        found = found.where(AgendaItem.account_id == account_id)
    return tuple(_item(actor, cipher, row) for row in db.execute(found))


def _statement(actor: Actor) -> Any:
    by = Account.__table__.alias("by_account")
    return (
        select(
            AgendaItem.public_id, AgendaItem.text_sealed, AgendaItem.by_account_id, AgendaItem.participant_id,
            Account.public_id.label("account"), by.c.name.label("by"), Participant.public_id.label("participant"),
        )
        .join(Account, Account.id == AgendaItem.account_id)
        .join(by, by.c.id == AgendaItem.by_account_id)
        .join(Participant, Participant.id == AgendaItem.participant_id)
        .where(scope.agenda_items(actor), AgendaItem.talked_at.is_(None))
        .order_by(AgendaItem.id)
    )  # fmt: skip


def _item(actor: Actor, cipher: Cipher, row: Any) -> Waiting:
    words = item_words(cipher, row.public_id, row.text_sealed)
    return Waiting(row.public_id, words, row.account, row.by_account_id == actor.account_id, row.by)
