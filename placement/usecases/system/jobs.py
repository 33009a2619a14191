"""The outbox: claimed by one worker at a time, done at least once, given up after many attempts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from placement.domain.jobs import MAX_ATTEMPTS, PATIENCE, JobKind, backoff
from placement.models.system.job import Job
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that is ours for PATIENCE, and for as long as it is renewed. ``attempts`` counts this one."""

    id: int
    public_id: str
    kind: JobKind
    program_id: int | None
    refs: Mapping[str, Any]
    attempts: int


def claim_job(work: Work) -> Claimed | None:
    """Take the job that waits longest, or None. However many ask at once, one of them gets it."""
    now = work.clock()
    with work.transaction() as session:
        _bury(session, now)
        free = _free(now)
        # SQLite ignores the lock: its transaction holds the whole database already.
        key = session.scalar(
            select(Job.id).where(free).order_by(Job.run_after, Job.id).limit(1).with_for_update(skip_locked=True)
        )
        if key is None:
            return None
        taken = session.execute(
            update(Job)
            .where(Job.id == key, free)
            .values(claimed_at=now, attempts=Job.attempts + 1)
            .execution_options(synchronize_session=False)
        )
        if not isinstance(taken, CursorResult) or taken.rowcount != 1:
            return None
        row = session.execute(
            select(Job.public_id, Job.kind, Job.program_id, Job.refs, Job.attempts).where(Job.id == key)
        ).one()
    return Claimed(key, row.public_id, row.kind, row.program_id, row.refs, row.attempts)


def renew_claim(work: Work, job: Claimed) -> bool:
    """Keep a job that takes long from being taken over; False if it is no longer ours."""
    with work.transaction() as session:
        kept = session.execute(
            update(Job).where(_ours(job)).values(claimed_at=work.clock()).execution_options(synchronize_session=False)
        )
        return isinstance(kept, CursorResult) and kept.rowcount == 1


def finish_job(work: Work, job: Claimed) -> None:
    """The job is done; nobody does it again."""
    with work.transaction() as session:
        session.execute(update(Job).where(Job.id == job.id, Job.done_at.is_(None)).values(done_at=work.clock()))


def fail_job(work: Work, job: Claimed, error: str) -> None:
    """Try again later, or give up. ``error``: the class of the failure, never its text."""
    now = work.clock()
    if job.attempts >= MAX_ATTEMPTS:
        values: dict[str, Any] = {"dead_at": now}
    else:
        values = {"run_after": now + backoff(job.attempts), "claimed_at": None}
    with work.transaction() as session:
        session.execute(update(Job).where(_ours(job)).values(last_error=error[:80], **values))


def _ours(job: Claimed) -> ColumnElement[bool]:
    """Whoever takes a job over counts one attempt more."""
    return and_(
        Job.id == job.id,
        Job.attempts == job.attempts,
        Job.claimed_at.is_not(None),
        Job.done_at.is_(None),
        Job.dead_at.is_(None),
    )


def _free(now: datetime) -> ColumnElement[bool]:
    return and_(
        Job.done_at.is_(None),
        Job.dead_at.is_(None),
        Job.run_after <= now,
        or_(Job.claimed_at.is_(None), Job.claimed_at < now - PATIENCE),
    )


def _bury(session: Session, now: datetime) -> None:
    """A job that took its worker down with it every time is not tried forever."""
    session.execute(
        update(Job)
        .where(_free(now), Job.attempts >= MAX_ATTEMPTS)
        .values(dead_at=now, last_error="WorkerLost")
        .execution_options(synchronize_session=False)
    )
