"""Withdrawing a mistaken feedback, and telling the participant what it took away."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from sqlalchemy import func, select

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.shifts import Attendance
from placement.models.feedback.observation import Feedback, Observation
from placement.models.progress.milestone import Milestone
from placement.models.progress.summary import PlacementSummary, TaskSummary
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.log import AccessLog
from placement.policy.actor import Actor
from placement.usecases.feedback.submit import SubmitFeedback, TaskRating, submit_feedback
from placement.usecases.feedback.withdraw import withdraw_feedback
from placement.usecases.progress.tell import tell_milestone
from placement.usecases.shifts.attendance import SetAttendance, set_attendance
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make

LAST = 3


@pytest.fixture
def cora(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.coordinator)


def send(make: Make, cast: Cast, work: Work, account: Any, shift: Shift, rank: int = 6) -> str:
    """Rate the catalog's last task, which nothing else rates; the feedback's public id."""
    catalog = cast.a.catalog
    key = str(make.one(select(Occasion.public_id).where(Occasion.id == shift.id)))
    rating = TaskRating(catalog.tasks[LAST].public_id, catalog.levels[rank].public_id)
    command = SubmitFeedback(key, f"send-{account.id}-{shift.id}", ratings=(rating,))
    return submit_feedback(work, make.actor(account), command).feedback


def milestones(make: Make, cast: Cast) -> list[Milestone]:
    return make.all(select(Milestone).where(Milestone.task_id == cast.a.catalog.tasks[LAST].id))


def test_everything_follows(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    sent = send(make, cast, work, cast.accounts.supervisor, cast.a.owed)
    withdraw_feedback(work, cora, sent, "about somebody else")
    shift = make.one(select(Shift).where(Shift.id == cast.a.owed.id))
    occasion = make.one(select(Occasion).where(Occasion.id == cast.a.owed.id))
    assert shift.feedback_due_at == occasion.ends_at
    assert (occasion.attendance, shift.minutes, shift.attendance_by) == (Attendance.UNKNOWN, None, None)
    [milestone] = milestones(make, cast)
    assert milestone.withdrawn_at is not None
    task = cast.a.catalog.tasks[LAST].id
    assert make.one(select(TaskSummary).where(TaskSummary.task_id == task)) is None
    summary = make.one(select(PlacementSummary).where(PlacementSummary.placement_id == cast.a.placement.id))
    assert summary.minutes_worked == 240
    row = make.one(select(Observation).where(Observation.occasion_id == cast.a.owed.id))
    assert row.replaced_at is not None


def test_twice_changes_nothing_more(cast: Cast, make: Make, work: Work, cora: Actor, clock: Clock) -> None:
    sent = send(make, cast, work, cast.accounts.supervisor, cast.a.owed)
    assert withdraw_feedback(work, cora, sent, "mistake") > 0
    first = make.one(select(Feedback.withdrawn_at).where(Feedback.public_id == sent))
    clock.advance(hours=1)
    assert withdraw_feedback(work, cora, sent, "mistake") == 0
    assert make.one(select(Feedback.withdrawn_at).where(Feedback.public_id == sent)) == first


def test_what_another_said_stays(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    sent = send(make, cast, work, cast.accounts.supervisor, cast.a.owed, 6)
    send(make, cast, work, cast.accounts.coach, cast.a.owed, 4)
    withdraw_feedback(work, cora, sent, "mistake")
    shift = make.one(select(Shift).where(Shift.id == cast.a.owed.id))
    assert shift.feedback_due_at is None
    assert shift.minutes == 240
    summary = make.one(select(TaskSummary).where(TaskSummary.task_id == cast.a.catalog.tasks[LAST].id))
    assert (summary.count, summary.last_rank) == (1, 4)


def test_hours_entered_by_hand_stay(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    sent = send(make, cast, work, cast.accounts.coach, cast.a.owed)
    key = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.owed.id))
    version = make.one(select(Shift.version).where(Shift.id == cast.a.owed.id))
    jo = make.actor(cast.accounts.coach)
    set_attendance(work, jo, SetAttendance(key, version, Attendance.HERE, time(9), time(11)))
    withdraw_feedback(work, cora, sent, "mistake")
    assert make.one(select(Shift.minutes).where(Shift.id == cast.a.owed.id)) == 120


def test_it_can_be_sent_anew(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    sent = send(make, cast, work, cast.accounts.supervisor, cast.a.owed)
    withdraw_feedback(work, cora, sent, "mistake")
    key = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.owed.id))
    catalog = cast.a.catalog
    rating = TaskRating(catalog.tasks[LAST].public_id, catalog.levels[6].public_id)
    sol = make.actor(cast.accounts.supervisor)
    again = submit_feedback(work, sol, SubmitFeedback(key, "sent-anew", ratings=(rating,)))
    assert again.feedback == sent
    [milestone] = milestones(make, cast)
    assert milestone.withdrawn_at is None


def test_who_may_and_why(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    sent = cast.a.feedback.public_id
    with pytest.raises(Refused) as refused:
        withdraw_feedback(work, cora, sent, "  ")
    assert refused.value.field == "reason"
    for account in (cast.accounts.coach, cast.accounts.supervisor, cast.accounts.noa):
        with pytest.raises(Forbidden):
            withdraw_feedback(work, make.actor(account), sent, "x")
    for account in (cast.accounts.outsider_coordinator, cast.accounts.kim):
        with pytest.raises(NotFound):
            withdraw_feedback(work, make.actor(account), sent, "x")


def test_telling_is_noted_once(cast: Cast, make: Make, work: Work, cora: Actor, clock: Clock) -> None:
    sent = send(make, cast, work, cast.accounts.supervisor, cast.a.owed)
    [milestone] = milestones(make, cast)
    with pytest.raises(Refused):
        tell_milestone(work, cora, milestone.public_id)
    clock.advance(minutes=1)
    make.add(
        AccessLog(
            at=clock.now, program_id=cast.a.program.id, account_id=cast.accounts.noa.id,
            participant_id=cast.a.participant.id, page="progress.mine", request_id="x",
        )
    )  # fmt: skip
    withdraw_feedback(work, cora, sent, "mistake")
    for account in (cast.accounts.noa, cast.accounts.supervisor, cast.accounts.outsider_coordinator):
        with pytest.raises((Forbidden, NotFound)):
            tell_milestone(work, make.actor(account), milestone.public_id)
    told = clock.now
    tell_milestone(work, make.actor(cast.accounts.therapist), milestone.public_id)
    clock.advance(days=1)
    tell_milestone(work, cora, milestone.public_id)
    [row] = milestones(make, cast)
    assert (row.told_at, row.told_by_id) == (told, cast.accounts.therapist.id)
    assert row.seen_at is not None


def test_a_milestone_that_comes_back_was_not_told(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    sent = send(make, cast, work, cast.accounts.supervisor, cast.a.owed)
    withdraw_feedback(work, cora, sent, "mistake")
    [milestone] = milestones(make, cast)
    tell_milestone(work, cora, milestone.public_id)
    send(make, cast, work, cast.accounts.coach, cast.a.owed)
    [row] = milestones(make, cast)
    assert (row.withdrawn_at, row.told_at, row.told_by_id) == (None, None, None)
    assert make.one(select(func.count()).where(Milestone.task_id == row.task_id)) == 1
