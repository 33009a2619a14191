"""What was delivered of what a funder approved: kept by whoever changes hours or the approval itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from placement.domain.enrollments import delivered, share_used
from placement.domain.shifts import Attendance, was_present
from placement.models.enrollments.enrollment import Approval
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift

_LIVE = select(Approval).where(Approval.participant_id == bindparam("person"), Approval.archived_at.is_(None))


class Worked(Protocol):
    """A shift, by what counts here. ``minutes`` None: not known yet."""

    @property
    def day(self) -> date: ...
    @property
    def minutes(self) -> int | None: ...
    @property
    def attendance(self) -> Attendance: ...


def write_approvals(session: Session, participant_id: int, shifts: Iterable[Worked]) -> None:
    """Bring all approvals of a person up to date; ``shifts``: all of theirs."""
    found = list(session.scalars(_LIVE, {"person": participant_id}))
    if found:
        worked = [(one.day, one.minutes or 0) for one in shifts if was_present(one.attendance)]
        for row in found:
            _write(row, worked)


def refresh_approval(session: Session, row: Approval) -> None:
    """The same for one approval after its days or units were changed."""
    rows = session.execute(
        select(Occasion.local_day, Shift.minutes, Occasion.attendance)
        .join(Shift, Shift.id == Occasion.id)
        .where(
            Occasion.participant_id == row.participant_id,
            Occasion.local_day.between(row.first_day, row.last_day),
            Shift.cancelled_at.is_(None),
        )
    )
    _write(row, [(day, minutes or 0) for day, minutes, said in rows if was_present(said)])


def _write(row: Approval, worked: Iterable[tuple[date, int]]) -> None:
    """Only what differs, and no new version: nobody edits these numbers."""
    given = delivered(worked, row.first_day, row.last_day)
    used = min(share_used(given, row.unit, row.units), 1_000_000)
    if (row.given_minutes, row.given_days, row.used) != (given.minutes, given.days, used):
        row.given_minutes, row.given_days, row.used = given.minutes, given.days, used
