"""A participant says that they are ill, and that it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.absences import LONGEST_ILL, BusySource
from placement.domain.errors import NotFound, Refused
from placement.domain.notices import NoticeKind, subject_of
from placement.domain.words import say
from placement.models.notices.notice import Notice
from placement.models.shifts.absence import Busy
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.illness import excuse_shifts, plan_again
from placement.usecases.effects.log import audit
from placement.usecases.effects.notices import raise_notice
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class TellIll:
    """``until``: the last day; None: today."""

    until: date | None = None


def tell_ill(work: Work, actor: Actor, command: TellIll) -> int:
    """Excuse the shifts of that time and let those know who need to; how many shifts. No reason is asked.

    Told again, the later end counts. Raises Forbidden and Refused with the field's name.
    """
    with work.transaction() as session:
        ensure(actor, Permission.ILL_TELL, Facts(actor.program, actor.participant_id))
        person, now = actor.participant_id or 0, work.clock()
        today = actor.today(now)
        last = command.until or today
        if not today <= last <= today + LONGEST_ILL:
            raise Refused(say("Please choose today or a day in the next six weeks."), "until")
        until = _midnight_after(actor, last)
        row = _running(session, person, now)
        if row is None:
            row = Busy(
                program_id=actor.program, participant_id=person, source=BusySource.ILL, starts_at=now,
                ends_at=until, by_account_id=actor.account_id, created_at=now,
            )  # fmt: skip
            session.add(row)
            session.flush()
        else:
            row.ends_at = max(row.ends_at, until)
        shifts = excuse_shifts(session, work, actor, person, now, row.ends_at)
        _tell_team(session, work, actor, row)
        audit(session, work, actor, "ill.tell", "busy", row.id, participant_id=person, shifts=shifts)
        return shifts


def end_ill(work: Work, actor: Actor, public_id: str) -> int:
    """It is over: shifts still to come take place; how many. Taken back on the day it was told, nothing of it stays.

    The participant says so themself, or staff who look after them. Raises NotFound and Forbidden.
    """
    with work.transaction() as session:
        row = _in_sight(session, actor, public_id)
        own = row.participant_id == actor.participant_id
        permission = Permission.ILL_TELL if own else Permission.ILL_END
        ensure(actor, permission, Facts(row.program_id, row.participant_id))
        now, person = work.clock(), row.participant_id
        same_day = own and actor.today(row.created_at) == actor.today(now)
        since = row.starts_at if same_day else now
        shifts = plan_again(session, work, actor, person, since, row.ends_at)
        audit(session, work, actor, "ill.end", "busy", row.id, participant_id=person, shifts=shifts)
        _settle(session, work, row)
        if same_day or row.starts_at >= now:
            session.delete(row)
        else:
            row.ends_at = min(row.ends_at, now)
        return shifts


def _midnight_after(actor: Actor, day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(actor.zone))


def _running(session: Session, participant_id: int, now: datetime) -> Busy | None:
    return session.scalar(
        select(Busy)
        .where(Busy.participant_id == participant_id, Busy.source == BusySource.ILL, Busy.ends_at > now)
        .order_by(Busy.id)
        .limit(1)
        .with_for_update()
    )


def _in_sight(session: Session, actor: Actor, public_id: str) -> Busy:
    row = session.scalar(
        select(Busy)
        .where(Busy.public_id == public_id, Busy.source == BusySource.ILL, scope.absences(actor))
        .with_for_update()
    )
    if row is None:
        raise NotFound
    return row


def _tell_team(session: Session, work: Work, actor: Actor, row: Busy) -> None:
    """One notice for an illness; told for longer, it is open again."""
    known = _notice(session, row)
    if known is not None:
        known.due_at, known.done_at, known.done_by_id = row.ends_at, None, None
        known.version += 1
        return
    raise_notice(
        session,
        work,
        kind=NoticeKind.ILL,
        participant_id=row.participant_id,
        program_id=row.program_id,
        from_account_id=actor.account_id,
        subject=subject_of(NoticeKind.ILL, row.id),
        due_at=row.ends_at,
    )


def _settle(session: Session, work: Work, row: Busy) -> None:
    known = _notice(session, row)
    if known is not None and known.done_at is None:
        known.done_at = work.clock()
        known.version += 1


def _notice(session: Session, row: Busy) -> Notice | None:
    subject = subject_of(NoticeKind.ILL, row.id)
    return session.scalar(select(Notice).where(Notice.program_id == row.program_id, Notice.subject == subject))
