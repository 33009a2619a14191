"""What is only needed for a while is forgotten, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from placement.domain import reminders
from placement.domain.jobs import DONE_FOR, JobKind
from placement.models.system.job import Job
from placement.usecases.effects.log import enqueue
from placement.usecases.system import housekeeping
from placement.usecases.system.housekeeping import clean_up
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.make import Make


def job(make: Make, once: str, **columns: datetime) -> None:
    now = make.clock.now
    asked = now - timedelta(days=90)
    make.add(
        Job(kind=JobKind.MAIL_SHIFT_TOMORROW, once=once, refs={}, run_after=asked, created_at=asked, **columns)
    )  # fmt: skip


def names(make: Make) -> set[str]:
    return set(make.all(select(Job.once).where(Job.once.is_not(None))))


def test_done_jobs_go_after_a_month_and_everything_else_stays(make: Make, work: Work, clock: Clock) -> None:
    old = clock.now - DONE_FOR
    job(make, "long done", done_at=old - timedelta(seconds=1))
    job(make, "just done", done_at=old)
    job(make, "given up", dead_at=old - timedelta(days=30))
    job(make, "waits")
    clean_up(work)
    assert names(make) == {"just done", "given up", "waits"}
    clock.advance(seconds=1)
    clean_up(work)
    assert names(make) == {"given up", "waits"}


def test_what_was_asked_for_once_is_not_asked_for_again_while_it_is_known(make: Make, work: Work, clock: Clock) -> None:
    job(make, "shift_tomorrow:1", done_at=clock.now)
    clock.advance(days=DONE_FOR.days)
    clean_up(work)
    with work.transaction() as session:
        assert not enqueue(session, work, JobKind.MAIL_SHIFT_TOMORROW, None, {}, once="shift_tomorrow:1")


def test_many_go_in_several_transactions(make: Make, work: Work, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "CHUNK", 2)
    for number in range(5):
        job(make, f"done {number}", done_at=clock.now - timedelta(days=60))
    clean_up(work)
    assert make.one(select(func.count()).select_from(Job)) == 0


def test_no_reminder_stays_open_as_long_as_done_jobs_are_kept() -> None:
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    day, zone = date(2026, 11, 23), "Europe/Berlin"
    windows = [
        reminders.shift_tomorrow(at, zone, None),
        reminders.feedback_missing(at, zone),
        reminders.milestone_told(at, zone)[1],
        reminders.proposal_waiting(at, zone),
        reminders.placement_ending(day, day + timedelta(days=200), zone),
        reminders.digest_of(at, zone)[1],
    ]
    assert max(window.closes - window.opens for window in windows) <= DONE_FOR / 2
