"""Loading an entry of the daily log for a change, and sealing it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.diary import SHIFTS_AHEAD, SHIFTS_BACK, Body, pack
from placement.domain.errors import NotFound, Refused
from placement.domain.sealed import Place
from placement.domain.words import say
from placement.models.diary.entry import DiaryEntry
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.diary.bodies import opened_body
from placement.queries.programs.help import help_contacts
from placement.usecases.transaction import Work


def ensure_may_write(session: Session, actor: Actor) -> None:
    """Refuse writing for others, and as long as the program has not entered whom to call."""
    ensure(actor, Permission.DIARY_OWN, Facts(actor.program, actor.participant_id))
    if not help_contacts(session, actor.program):
        raise Refused(say("The log is not open yet. Your program first has to say whom you can call at any time."))


def seal_body(work: Work, row: DiaryEntry, body: Body) -> None:
    """Put what was written into its row, whose public id is known already."""
    row.body_sealed = work.cipher.seal(pack(body), Place("diary_entry", "body_sealed", row.public_id))


def written(work: Work, row: DiaryEntry) -> Body | None:
    """What stands in a row; None where it can't be read."""
    return opened_body(work.cipher, row.kind, row.public_id, row.body_sealed)


def shown_values(body: Body | None) -> dict[str, Any]:
    """An entry as a form shows it, for whoever changed it elsewhere at the same time."""
    return {} if body is None else {name: "" if value is None else value for name, value in asdict(body).items()}


def locked_entry(session: Session, actor: Actor, public_id: str) -> DiaryEntry:
    """The actor's own entry, held until the end. Raises NotFound for anything else."""
    row = session.scalar(
        select(DiaryEntry).where(DiaryEntry.public_id == public_id, scope.own_entries(actor)).with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.DIARY_OWN, Facts(row.program_id, row.participant_id))
    return row


def own_shift(session: Session, actor: Actor, public_id: str, now: datetime) -> Occasion:
    """A shift of the actor's about which an expectation can be. Raises Refused for any other."""
    row = session.scalar(
        select(Occasion)
        .join(Shift, Shift.id == Occasion.id)
        .where(
            Occasion.public_id == public_id,
            scope.in_program(actor, Occasion.program_id),
            Occasion.participant_id == actor.participant_id,
            Occasion.starts_at.between(now - SHIFTS_BACK, now + SHIFTS_AHEAD + timedelta(days=1)),
            Shift.cancelled_at.is_(None),
        )
    )
    if row is None:
        raise Refused(say("Please choose one of your shifts."), "shift")
    return row
