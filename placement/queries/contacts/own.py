"""What somebody on the staff wrote down themself in a week, and what they wanted to come back to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, true
from sqlalchemy.orm import Session

from placement.domain.contacts import ContactKind
from placement.domain.profiles import full_name
from placement.models.contacts.contact import Contact
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.contacts.listing import ContactRow, contact_row, rows_of

MOST_IN_A_WEEK = 500
MOST_FOLLOW_UPS = 100


@dataclass(frozen=True, slots=True)
class WithWhom:
    """A contact and whom it was with."""

    participant: str
    name: str
    row: ContactRow


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """``others``: minutes with people who are no longer with the actor, who are not named.

    ``by_kind`` holds the minutes of all, most first.
    """

    monday: date
    rows: tuple[WithWhom, ...]
    minutes: int
    others: int
    by_kind: tuple[tuple[ContactKind, int], ...]


def own_week(db: Session, actor: Actor, monday: date) -> OwnWeek:
    """The week from ``monday``, newest first; one statement."""
    found = db.execute(
        _with_people()
        .add_columns(scope.contacts(actor).label("visible"))
        .where(
            scope.in_program(actor, Contact.program_id),
            Contact.account_id == actor.account_id,
            Contact.day.between(monday, monday + timedelta(days=6)),
        )
        .order_by(Contact.day.desc(), Contact.id.desc())
        .limit(MOST_IN_A_WEEK)
    ).all()
    kinds: Counter[ContactKind] = Counter()
    for row in found:
        kinds[row.kind] += row.minutes
    return OwnWeek(
        monday=monday,
        rows=tuple(_with_whom(actor, row) for row in found if row.visible),
        minutes=sum(row.minutes for row in found),
        others=sum(row.minutes for row in found if not row.visible),
        by_kind=tuple(kinds.most_common()),
    )


def follow_ups(db: Session, actor: Actor, until: date, people: frozenset[int] | None = None) -> tuple[WithWhom, ...]:
    """What is due by ``until`` of what the actor wrote, coordinators all; the longest due first. One statement.

    ``people``: only about these participants.
    """
    about = true() if people is None else Contact.participant_id.in_(sorted(people))
    found = db.execute(
        _with_people().where(due(actor, until), about).order_by(Contact.follow_up_on, Contact.id).limit(MOST_FOLLOW_UPS)
    ).all()
    return tuple(_with_whom(actor, row) for row in found)


def due(actor: Actor, until: date) -> ColumnElement[bool]:
    """Open follow-ups that are the actor's to deal with."""
    return and_(
        scope.own_contacts(actor),
        Contact.follow_up_on.is_not(None),
        Contact.follow_up_on <= until,
        Contact.follow_up_done_at.is_(None),
    )


def _with_people() -> Any:
    return (
        rows_of()
        .join(Participant, Participant.id == Contact.participant_id)
        .add_columns(Participant.public_id.label("participant"), Participant.preferred_name, Participant.family_name)
    )


def _with_whom(actor: Actor, row: Any) -> WithWhom:
    return WithWhom(row.participant, full_name(row.preferred_name, row.family_name), contact_row(actor, row))
