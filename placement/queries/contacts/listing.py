"""Contacts with a participant, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.contacts import ContactKind
from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.models.accounts.account import Account
from placement.models.contacts.contact import Contact
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.pages import Page, fetch_page


@dataclass(frozen=True, slots=True)
class ContactRow:
    """``by``: who wrote it; ``shift``: public id of its shift. ``open``: the follow-up waits."""

    public_id: str
    day: date
    minutes: int
    kind: ContactKind
    note: str
    by: str
    shift: str | None
    follow_up_on: date | None
    open: bool
    may_edit: bool


@dataclass(frozen=True, slots=True)
class Writer:
    public_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Contacts:
    """A participant's contacts; ``writers``: everybody who wrote one."""

    participant_id: int
    public_id: str
    name: str
    page: Page[ContactRow]
    writers: tuple[Writer, ...]


@dataclass(frozen=True, slots=True)
class ContactFilter:
    """``by``: an account's public id, or empty."""

    kind: ContactKind | None = None
    by: str = ""


def contacts_of(
    db: Session, actor: Actor, public_id: str, wanted: ContactFilter, cursor: str | None = None
) -> Contacts:
    """One page, in three statements. Raises NotFound for a participant out of sight."""
    person = person_alone(db, actor, public_id)
    conditions: list[ColumnElement[bool]] = [Contact.participant_id == person.id, scope.contacts(actor)]
    writers = db.execute(
        select(Account.public_id, Account.name)
        .where(Account.id.in_(select(Contact.account_id).where(*conditions)))
        .order_by(Account.name, Account.id)
    ).all()
    if wanted.kind is not None:
        conditions.append(Contact.kind == wanted.kind)
    if wanted.by:
        conditions.append(Account.public_id == wanted.by)
    keys: list[Any] = [Contact.day, Contact.id]
    page: Page[Any] = fetch_page(db, rows_of().where(*conditions), keys, cursor, descending=True)
    rows = [contact_row(actor, row) for row in page.rows]
    return Contacts(
        person.id,
        person.public_id,
        full_name(person.preferred_name, person.family_name),
        Page(rows, page.next, page.previous),
        tuple(Writer(*row) for row in writers),
    )


def person_alone(db: Session, actor: Actor, public_id: str) -> Any:
    """Key, program, public id and names of a participant contacts may be about. Raises NotFound."""
    person = db.execute(
        select(
            Participant.id, Participant.program_id, Participant.public_id, Participant.preferred_name,
            Participant.family_name, Participant.archived_at,
        ).where(scope.participants(actor), Participant.public_id == public_id)
    ).one_or_none()  # fmt: skip
    if person is None or not allowed(actor, Permission.CONTACT_SEE, Facts(person.program_id, person.id)):
        raise NotFound
    return person


def rows_of() -> Any:
    """The columns :func:`contact_row` reads."""
    return (
        select(
            Contact.public_id.label("contact"), Contact.day.label("on"), Contact.minutes, Contact.kind, Contact.note,
            Account.name.label("by"), Occasion.public_id.label("shift"), Contact.follow_up_on,
            Contact.follow_up_done_at, Contact.program_id, Contact.participant_id, Contact.account_id,
        )
        .join(Account, Account.id == Contact.account_id)
        .outerjoin(Occasion, Occasion.id == Contact.shift_id)
    )  # fmt: skip


def contact_row(actor: Actor, row: Any) -> ContactRow:
    """A row of :func:`rows_of` as this actor sees it."""
    about = Facts(row.program_id, row.participant_id, account_id=row.account_id)
    return ContactRow(
        public_id=row.contact,
        day=row.on,
        minutes=row.minutes,
        kind=row.kind,
        note=row.note,
        by=row.by,
        shift=row.shift,
        follow_up_on=row.follow_up_on,
        open=row.follow_up_on is not None and row.follow_up_done_at is None,
        may_edit=allowed(actor, Permission.CONTACT_EDIT, about),
    )
