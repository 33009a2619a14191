"""Telling those concerned that shifts were changed, written in the change's own transaction."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.jobs import JobKind
from placement.domain.shift_changes import GATHER, Times, gathered
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.job import Job
from placement.usecases.effects.log import enqueue
from placement.usecases.transaction import Work


def planned_times(shift: Shift, occasion: Occasion) -> Times:
    """What a change is held against: when the shift is planned, None once it is cancelled."""
    return (occasion.starts_at, occasion.ends_at) if shift.cancelled_at is None else None


def tell_of_changes(
    session: Session, work: Work, program_id: int, placement_id: int, before: Mapping[int, Times]
) -> None:
    """Have a mail written about shifts (by key, each as it was before), together with what changed minutes ago.

    Call it after the change, once the shifts have their new version.
    """
    if not before:
        return
    about = f"shift_change:{placement_id}:"
    waiting = _waiting(session, work, about)
    if waiting is not None:
        waiting.refs = {**waiting.refs, "shifts": gathered(waiting.refs["shifts"], before)}
        return
    session.flush()
    first = min(before)
    version = session.scalar(select(Shift.version).where(Shift.id == first))
    refs = {"placement": placement_id, "shifts": gathered({}, before)}
    once = f"{about}{first}:{version}"
    enqueue(
        session, work, JobKind.MAIL_SHIFT_CHANGED, program_id, refs, run_after=work.clock() + GATHER, once=once
    )  # fmt: skip


def _waiting(session: Session, work: Work, about: str) -> Job | None:
    """The mail that still waits for further changes, locked: nobody sends it before ours is written into it.

    One that was tried already is left alone: some of its readers may have it.
    """
    return session.scalar(
        select(Job)
        .where(
            Job.done_at.is_(None),
            Job.dead_at.is_(None),
            Job.run_after > work.clock(),
            Job.claimed_at.is_(None),
            Job.attempts == 0,
            Job.once.startswith(about, autoescape=True),
        )
        .order_by(Job.id)
        .limit(1)
        .with_for_update()
    )
