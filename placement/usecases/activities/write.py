"""Writing down what somebody makes or plays and what it is meant for; changing it, taking it off the list."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from placement.domain.activities import (
    LONGEST_MEANT,
    LONGEST_NAME,
    ensure_day,
    ensure_minutes,
    ensure_text,
)
from placement.domain.errors import NotFound
from placement.models.activities.activity import Activity
from placement.models.base import new_public_id
from placement.models.participants.participant import Participant
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.usecases.effects.activities import occasion_of, written_activity
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import person_to_add_to
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class Told:
    """What it is. ``occasion``: public id of the session it is part of, whose day it then has; None: of no session."""

    day: date
    name: str
    meant_for: str
    minutes: int | None = None
    occasion: str | None = None


@dataclass(frozen=True, slots=True)
class WriteActivity:
    """``participant``: public id. ``key``: made for every form that is shown, so that a double tap is one activity."""

    participant: str
    told: Told
    key: str


@dataclass(frozen=True, slots=True)
class ChangeActivity:
    activity: str
    version: int
    told: Told


def write_activity(work: Work, actor: Actor, command: WriteActivity) -> str:
    """Write it down; its public id. Same key and body: the first answer again.

    Raises NotFound, Forbidden, KeyReused and Refused with the field's name.
    """
    return again_if_taken(_write, work, actor, command)


def change_activity(work: Work, actor: Actor, command: ChangeActivity) -> None:
    """For whoever wrote it. Raises NotFound, Forbidden, Stale and Refused with the field's name."""
    with work.transaction() as session:
        row = written_activity(session, actor, command.activity)
        if row.archived_at is not None:
            raise NotFound
        before = _occasion(session, row.occasion_id)
        check_version(row, command.version, {
            "day": row.day, "name": row.name, "meant_for": row.meant_for, "minutes": row.minutes,
            "occasion": before.public_id if before is not None else "",
        })  # fmt: skip
        kept = before is not None and before.public_id == command.told.occasion
        _fill(session, work, actor, row, command.told, row.occasion_id if kept else None)
        audit(session, work, actor, "activity.change", "activity", row.id, participant_id=row.participant_id)


def archive_activity(work: Work, actor: Actor, public_id: str, *, again: bool = False) -> str:
    """Take it off the list, or put it back; the participant's public id. Their own words stay theirs.

    Raises NotFound, Forbidden and Refused.
    """
    with work.transaction() as session:
        row = written_activity(session, actor, public_id)
        if (row.archived_at is None) is not again:
            row.archived_at = None if again else work.clock()
            action = "activity.restore" if again else "activity.archive"
            audit(session, work, actor, action, "activity", row.id, participant_id=row.participant_id)
        person = session.get_one(Participant, row.participant_id)
        return person.public_id


def _write(work: Work, actor: Actor, command: WriteActivity) -> str:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["activity"])
        person = person_to_add_to(session, actor, command.participant, Permission.ACTIVITY_WRITE)
        row = Activity(
            public_id=new_public_id(), program_id=person.program_id, participant_id=person.id,
            by_account_id=actor.account_id, created_at=work.clock(),
        )  # fmt: skip
        _fill(session, work, actor, row, command.told)
        session.add(row)
        session.flush()
        audit(session, work, actor, "activity.add", "activity", row.id, participant_id=person.id)
        keep_answer(session, work, actor, command.key, body, {"activity": row.public_id})
        return row.public_id


def _fill(session: Session, work: Work, actor: Actor, row: Any, told: Told, kept: int | None = None) -> None:
    """``kept``: the session it was part of already, which may be long ago by now."""
    ensure_text(told.name, LONGEST_NAME, "name")
    ensure_text(told.meant_for, LONGEST_MEANT, "meant_for", needed=False)
    ensure_minutes(told.minutes)
    now = work.clock()
    occasion_id = kept or occasion_of(session, actor, now, row.participant_id, told.occasion)
    of = _occasion(session, occasion_id)
    day = told.day if of is None else of.local_day
    if kept is None and day != row.day:
        ensure_day(day, actor.today(now))
    row.occasion_id, row.day = occasion_id, day
    row.name, row.meant_for, row.minutes = told.name, told.meant_for, told.minutes


def _occasion(session: Session, occasion_id: int | None) -> Occasion | None:
    return None if occasion_id is None else session.get(Occasion, occasion_id)
