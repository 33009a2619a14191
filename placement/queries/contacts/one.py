"""One contact for the page that changes it, and what a new one begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.models.contacts.contact import Contact
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.contacts.listing import ContactRow, contact_row, person_alone, rows_of


@dataclass(frozen=True, slots=True)
class AboutWhom:
    """``shift_day``: the day of the shift asked for; None if there is no such shift of this participant."""

    participant_id: int
    public_id: str
    name: str
    archived: bool
    shift_day: date | None


@dataclass(frozen=True, slots=True)
class OneContact:
    """A contact with its participant and the version it has."""

    participant_id: int
    participant: str
    name: str
    version: int
    row: ContactRow


def about_whom(db: Session, actor: Actor, public_id: str, shift: str = "") -> AboutWhom:
    """Whom a new contact is about, in at most two statements. Raises NotFound."""
    person = person_alone(db, actor, public_id)
    day = None
    if shift:
        day = db.scalar(
            select(Occasion.local_day)
            .join(Shift, Shift.id == Occasion.id)
            .where(Occasion.public_id == shift, Occasion.participant_id == person.id)
        )
    name = full_name(person.preferred_name, person.family_name)
    return AboutWhom(person.id, person.public_id, name, person.archived_at is not None, day)


def one_contact(db: Session, actor: Actor, public_id: str) -> OneContact:
    """One statement. Raises NotFound out of sight."""
    row = db.execute(
        rows_of()
        .join(Participant, Participant.id == Contact.participant_id)
        .add_columns(
            Participant.public_id.label("participant"), Participant.preferred_name, Participant.family_name,
            Contact.version,
        )
        .where(Contact.public_id == public_id, scope.contacts(actor))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    name = full_name(row.preferred_name, row.family_name)
    return OneContact(row.participant_id, row.participant, name, row.version, contact_row(actor, row))
