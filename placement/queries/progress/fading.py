"""How much of a placement's work is done with a coach, and what speaks about the next step; six statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from placement.domain.fading import (
    DayAtWork,
    FadingState,
    Proposal,
    WeekShare,
    recent_share,
    share_by_week,
    step_proposal,
    watch_until,
)
from placement.domain.fading_reasons import Evidence, TaskNow
from placement.domain.placements import PlacementState
from placement.domain.profiles import full_name
from placement.domain.shifts import Attendance, was_present
from placement.policy.actor import Actor
from placement.queries.progress import fading_rows

#: Weeks drawn; what is proposed rests on less.
WEEKS = 12
RUNNING = (PlacementState.ACTIVE, PlacementState.PAUSED)
#: Said about the shift; excused and unconfirmed ones say nothing about coming.
_SAID = (Attendance.HERE, Attendance.LATE, Attendance.ABSENT)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step taken: shares in percent, by whom, where it stands."""

    public_id: str
    before: int
    after: int
    taken_on: date
    watch_until: date
    state: FadingState
    ended_on: date | None
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class FadingPage:
    """``weeks``: oldest first. ``watched_until``: for a step taken today. ``elsewhere``: coaching minutes of the weeks
    shown that belong to no shift of this placement."""

    participant_id: int
    participant: str
    placement: str
    name: str
    shop: str
    running: bool
    weeks: tuple[WeekShare, ...]
    elsewhere: int
    proposal: Proposal
    steps: tuple[StepRow, ...]
    watched_until: date

    @property
    def watching(self) -> StepRow | None:
        """The step that is still watched."""
        return next((step for step in self.steps if step.state is FadingState.WATCHING), None)


def fading_page(db: Session, actor: Actor, public_id: str, today: date) -> FadingPage:
    """Raises NotFound for a placement out of sight, and for whoever may not see how much it is coached."""
    head = fading_rows.head_of(db, actor, public_id)
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    shifts = fading_rows.shifts_of(db, head.id, first, today)
    dated = fading_rows.dated(db, head, first, today)
    days, elsewhere = _days(shifts, dated.coaching, today)
    tasks = fading_rows.tasks_of(db, actor, head)
    steps = tuple(StepRow(*row) for row in fading_rows.steps_of(db, head.id))
    evidence = Evidence(
        share=recent_share(days, today),
        ranks=fading_rows.ranks_of(db, actor, head, first),
        came=[was_present(row.attendance) for row in reversed(shifts) if row.day <= today and row.attendance in _SAID],
        tasks=[TaskNow(row.name, row.trend, row.first_day, row.last_probe is False) for row in tasks],
        changes=dated.changes,
        first_day=head.first_shift_day,
        kept=sum(row.kept for row in tasks),
        watching=next((step.watch_until for step in steps if step.state is FadingState.WATCHING), None),
        steps=dated.steps,
        held=dated.held,
    )
    return FadingPage(
        participant_id=head.participant_id,
        participant=head.participant,
        placement=head.placement,
        name=full_name(head.preferred_name, head.family_name),
        shop=f"{head.employer}, {head.site}",
        running=head.state in RUNNING,
        weeks=share_by_week(days, first, today),
        elsewhere=elsewhere,
        proposal=step_proposal(evidence, today),
        steps=steps,
        watched_until=watch_until(today, [row.day for row in shifts if row.day > today]),
    )


def _days(shifts: Sequence[Any], contacts: Sequence[Any], today: date) -> tuple[list[DayAtWork], int]:
    """Minutes a day; coaching counts where it names a shift of this placement, or no shift on a day that has one."""
    worked: dict[date, int] = defaultdict(int)
    coached: dict[date, int] = defaultdict(int)
    day_of = {row.id: row.day for row in shifts}
    elsewhere = 0
    for row in shifts:
        if row.day <= today:
            worked[row.day] += row.minutes or 0
    for row in contacts:
        day = day_of.get(row.shift) if row.shift is not None else row.day
        if day in worked:
            coached[day] += row.minutes
        else:
            elsewhere += row.minutes
    return [DayAtWork(day, minutes, coached[day]) for day, minutes in worked.items()], elsewhere
