"""What somebody wanted to come back to: done, open again, or later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.words import say
from placement.models.contacts.contact import Contact
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.contacts import AHEAD, locked_contact
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work

#: How much later "later" is.
LATER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Where it stands after the change, and the day it had before."""

    on: date
    before: date


def finish_follow_up(work: Work, actor: Actor, public_id: str, done: bool = True) -> None:
    """Done, or (``done`` False) open again; twice changes nothing. Raises NotFound, Forbidden, Refused."""
    with work.transaction() as session:
        row, _ = _follow_up(session, actor, public_id)
        if (row.follow_up_done_at is not None) is done:
            return
        row.follow_up_done_at = work.clock() if done else None
        row.version += 1
        verb = "contact.follow_up_done" if done else "contact.follow_up_open"
        audit(session, work, actor, verb, "contact", row.id, participant_id=row.participant_id)


def put_off_follow_up(work: Work, actor: Actor, public_id: str, until: date | None = None) -> FollowUp:
    """Bring it back a week from today, or on ``until``. Raises NotFound, Forbidden, Refused."""
    with work.transaction() as session:
        row, before = _follow_up(session, actor, public_id)
        today = actor.today(work.clock())
        on = today + LATER if until is None else until
        if on > today + AHEAD:
            raise Refused(say("Please choose today or a day after it, within a year."), "follow_up_on")
        row.follow_up_on = on
        row.version += 1
        audit(session, work, actor, "contact.follow_up_later", "contact", row.id, participant_id=row.participant_id)
        return FollowUp(on, before)


def _follow_up(session: Session, actor: Actor, public_id: str) -> tuple[Contact, date]:
    row = locked_contact(session, actor, public_id)
    ensure(actor, Permission.CONTACT_EDIT, Facts(row.program_id, row.participant_id, account_id=row.account_id))
    if row.follow_up_on is None:
        raise Refused(say("There is nothing to come back to any more."))
    return row, row.follow_up_on
