"""Planning a one-to-one session, moving it, calling it off and taking that back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.attendance import ensure_clear
from placement.domain.errors import Refused
from placement.domain.occasions import OccasionKind
from placement.domain.sessions import ensure_plannable
from placement.domain.shifts import Attendance, PlannedTime, instants
from placement.domain.words import say
from placement.models.sessions.one_to_one import OneToOne
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import person_to_add_to
from placement.usecases.effects.sessions import ensure_on, held_session
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

#: Longest name of a place, in characters.
LONGEST_PLACE = 120


@dataclass(frozen=True, slots=True)
class SessionTime:
    """Local times in the program's zone. A fold says which of a time that comes twice; None where it doesn't."""

    day: date
    start: time
    end: time
    place: str = ""
    start_fold: int | None = None
    end_fold: int | None = None

    def planned(self, zone: str) -> PlannedTime:
        return PlannedTime(self.day, self.start, self.end, zone, self.start_fold or 0, self.end_fold or 0)


@dataclass(frozen=True, slots=True)
class PlanSession:
    """``participant``: public id. ``key``: made for every form that is shown, so that a double tap is one session."""

    participant: str
    at: SessionTime
    key: str


@dataclass(frozen=True, slots=True)
class MoveSession:
    session: str
    version: int
    at: SessionTime


def plan_session(work: Work, actor: Actor, command: PlanSession) -> str:
    """A session of the actor with somebody they look after; its public id. Same key and body: the first answer again.

    Raises NotFound, Forbidden, KeyReused and Refused with the field's name.
    """
    return again_if_taken(_plan, work, actor, command)


def move_session(work: Work, actor: Actor, command: MoveSession) -> None:
    """Another time or place. Raises NotFound, Forbidden, Stale and Refused with the field's name."""
    with work.transaction() as session:
        row, occasion = held_session(session, actor, command.session, Permission.SESSION_HOLD)
        ensure_on(row)
        if occasion.attendance is not Attendance.UNKNOWN:
            raise Refused(say("This session is written down already. It can't be moved any more."))
        starts_at, ends_at = _times(session, work, actor, command.at, occasion.zone, row.id)
        check_version(row, command.version, _current(row))
        occasion.starts_at, occasion.ends_at, occasion.local_day = starts_at, ends_at, command.at.day
        for name, value in _columns(command.at).items():
            setattr(row, name, value)
        audit(session, work, actor, "session.move", "one_to_one", row.id, participant_id=row.participant_id)


def cancel_session(work: Work, actor: Actor, public_id: str, *, again: bool = False) -> None:
    """Call it off; ``again``: it takes place after all. Raises NotFound, Forbidden and Refused."""
    with work.transaction() as session:
        row, occasion = held_session(session, actor, public_id, Permission.SESSION_HOLD)
        if (row.cancelled_at is None) == again:
            return
        if occasion.attendance is not Attendance.UNKNOWN or row.summary_sealed is not None:
            raise Refused(say("This session is written down already. It can't be called off any more."))
        if again:
            _ensure_free(session, actor, occasion.starts_at, occasion.ends_at, row.id)
        row.cancelled_at = None if again else work.clock()
        row.version += 1
        verb = "session.take_place" if again else "session.cancel"
        audit(session, work, actor, verb, "one_to_one", row.id, participant_id=row.participant_id)


def _plan(work: Work, actor: Actor, command: PlanSession) -> str:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["session"])
        person = person_to_add_to(session, actor, command.participant, Permission.SESSION_PLAN)
        starts_at, ends_at = _times(session, work, actor, command.at, actor.zone, None)
        occasion = Occasion(
            program_id=person.program_id,
            participant_id=person.id,
            kind=OccasionKind.ONE_TO_ONE,
            starts_at=starts_at,
            ends_at=ends_at,
            zone=actor.zone,
            local_day=command.at.day,
            created_at=work.clock(),
        )
        session.add(occasion)
        session.flush()
        row = OneToOne(
            id=occasion.id, program_id=person.program_id, participant_id=person.id, account_id=actor.account_id,
            created_at=work.clock(), **_columns(command.at),
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit(session, work, actor, "session.plan", "one_to_one", row.id, participant_id=person.id)
        keep_answer(session, work, actor, command.key, body, {"session": row.public_id})
        return row.public_id


def _times(
    session: Session, work: Work, actor: Actor, at: SessionTime, zone: str, but: int | None
) -> tuple[datetime, datetime]:
    """The instants of a time that can be planned. Raises Refused with the field's name."""
    if len(at.place) > LONGEST_PLACE:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_PLACE), "place")
    planned = at.planned(zone)
    ensure_clear(planned, at.start_fold, at.end_fold)
    ensure_plannable(planned, actor.today(work.clock()))
    starts_at, ends_at = instants(planned)
    _ensure_free(session, actor, starts_at, ends_at, but)
    return starts_at, ends_at


def _ensure_free(session: Session, actor: Actor, starts_at: datetime, ends_at: datetime, but: int | None) -> None:
    """Nobody holds two sessions at once."""
    other = session.scalar(
        select(OneToOne.id)
        .join(Occasion, Occasion.id == OneToOne.id)
        .where(
            OneToOne.account_id == actor.account_id,
            OneToOne.cancelled_at.is_(None),
            OneToOne.id != (but or 0),
            Occasion.starts_at < ends_at,
            Occasion.ends_at > starts_at,
        )
        .limit(1)
    )
    if other is not None:
        raise Refused(say("You have another session at that time."), "start")


def _columns(at: SessionTime) -> dict[str, object]:
    return {
        "day": at.day,
        "start": at.start,
        "end": at.end,
        "start_fold": at.start_fold or 0,
        "end_fold": at.end_fold or 0,
        "place": at.place.strip(),
    }


def _current(row: OneToOne) -> dict[str, object]:
    """What is saved now, keyed like the form's fields."""
    return {"day": row.day, "start": row.start, "end": row.end, "place": row.place}
