"""What writing down a contact and changing it have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.contacts import AUTO, LONGEST_NOTE, MOST_MINUTES, ContactKind, at_work
from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.contacts.contact import Contact
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope

#: How far back a contact can be written down.
BEFORE = timedelta(days=400)
#: How far ahead somebody can ask to be reminded.
AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class ContactValues:
    """What stands in a contact. ``shift``: a public id, ``AUTO`` for the shift of that day if
    any (coaching and visits only), or empty."""

    kind: ContactKind
    day: date
    minutes: int
    shift: str = AUTO
    note: str = ""
    follow_up_on: date | None = None


def check_values(values: ContactValues, today: date, *, same_follow_up: bool = False) -> None:
    """Raise Refused with the field's name. ``same_follow_up``: the day stays as it was and may lie behind."""
    if not today - BEFORE <= values.day <= today:
        raise Refused(say("Please choose today or a day before it."), "day")
    if not 1 <= values.minutes <= MOST_MINUTES:
        raise Refused(say("Please enter from 1 to %(most)s minutes.", most=MOST_MINUTES), "minutes")
    if len(values.note) > LONGEST_NOTE:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_NOTE), "note")
    if values.follow_up_on is not None and not same_follow_up and not today <= values.follow_up_on <= today + AHEAD:
        raise Refused(say("Please choose today or a day after it, within a year."), "follow_up_on")


def shift_of(session: Session, participant_id: int, values: ContactValues) -> int | None:
    """The key of the shift a contact belongs to. Raises NotFound for another's, Refused for one of another day."""
    if not values.shift or (values.shift == AUTO and not at_work(values.kind)):
        return None
    statement: Any = (
        select(Occasion.id, Occasion.local_day)
        .join(Shift, Shift.id == Occasion.id)
        .where(Occasion.participant_id == participant_id)
        .order_by(Occasion.starts_at)
    )
    if values.shift == AUTO:
        # With a day to spare on either side, so that the index by person and instant finds it.
        midnight = datetime.combine(values.day, time(), UTC)
        around = Occasion.starts_at.between(midnight - timedelta(days=1), midnight + timedelta(days=2))
        of_day = statement.where(around, Occasion.local_day == values.day, Shift.cancelled_at.is_(None))
        found = session.execute(of_day.limit(1)).first()
        return None if found is None else int(found.id)
    found = session.execute(statement.where(Occasion.public_id == values.shift)).one_or_none()
    if found is None:
        raise NotFound
    if found.local_day != values.day:
        raise Refused(say("That shift was on another day: %(day)s.", day=found.local_day), "shift")
    return int(found.id)


def locked_contact(session: Session, actor: Actor, public_id: str) -> Contact:
    """The contact, held against other writers until the end. Raises NotFound if absent or out of sight."""
    row = session.scalar(select(Contact).where(Contact.public_id == public_id, scope.contacts(actor)).with_for_update())
    if row is None:
        raise NotFound
    return row
