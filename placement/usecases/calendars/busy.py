"""The busy times of a calendar, taken over as times at which somebody can't work, and taken out again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from placement.domain.absences import MOST_CALENDARS, BusySource, unpack_times
from placement.domain.clashes import Stretch
from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.participants.participant import Participant
from placement.models.shifts.absence import Busy
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import lock_participant
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class TakeOver:
    """``participant``: public id; ``times``: as the preview packed them (see ``domain.absences``)."""

    participant: str
    times: str


def take_over(work: Work, actor: Actor, command: TakeOver) -> int:
    """Keep the times, and nothing else of the calendar; how many. Sent again, they are there once.

    All times of one calendar bear the same instant. Raises NotFound, Forbidden, and Refused with the field's name.
    """
    with work.transaction() as session:
        person = lock_participant(session, actor, command.participant, Permission.BUSY_IMPORT)
        now = work.clock()
        times = unpack_times(command.times, now)
        if not times:
            raise Refused(say("There is nothing to take over in the next six months."), "file")
        known = _calendars(session, person.id)
        if set(times) in known:
            return len(times)
        if len(known) >= MOST_CALENDARS:
            raise Refused(say("There are several calendars already. Please delete one of them first."), "file")
        session.add_all(
            Busy(
                program_id=person.program_id, participant_id=person.id, source=BusySource.CALENDAR, starts_at=start,
                ends_at=end, by_account_id=actor.account_id, created_at=now,
            )
            for start, end in times
        )  # fmt: skip
        audit(session, work, actor, "busy.take_over", "participant", person.id, times=len(times))
        return len(times)


def delete_calendar(work: Work, actor: Actor, public_id: str) -> str:
    """Take out all times of the calendar that one of its times (public id) came with; whose it was, as a public id.

    Raises NotFound and Forbidden.
    """
    with work.transaction() as session:
        row = session.scalar(
            select(Busy).where(
                Busy.public_id == public_id, Busy.source == BusySource.CALENDAR, scope.absences(actor)
            )
        )  # fmt: skip
        if row is None:
            raise NotFound
        ensure(actor, Permission.BUSY_IMPORT, Facts(row.program_id, row.participant_id))
        whole = (
            Busy.participant_id == row.participant_id,
            Busy.source == BusySource.CALENDAR,
            Busy.created_at == row.created_at,
        )
        person = row.participant_id
        gone = session.execute(delete(Busy).where(*whole)).rowcount  # type: ignore[attr-defined]
        audit(session, work, actor, "busy.delete", "participant", person, times=gone)
        return session.scalars(select(Participant.public_id).where(Participant.id == person)).one()


def _calendars(session: Session, participant_id: int) -> list[set[Stretch]]:
    """The times of each calendar that was taken over."""
    found: dict[datetime, set[Stretch]] = defaultdict(set)
    mine = (Busy.participant_id == participant_id, Busy.source == BusySource.CALENDAR)
    for taken_at, start, end in session.execute(select(Busy.created_at, Busy.starts_at, Busy.ends_at).where(*mine)):
        found[taken_at].add((start, end))
    return list(found.values())
