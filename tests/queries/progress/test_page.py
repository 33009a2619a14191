"""The reading behind a progress page: what it says, who sees it, and what it costs."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.occasions import Audience
from placement.domain.roles import Role
from placement.domain.support import NotTodayReason
from placement.domain.verdict import Trend
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone
from placement.queries.progress.page import DRAWN, own_progress, staff_progress
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.queries.progress.stories import FALLING, live, sum_up, world
from tests.statements import Counter


def test_the_person_reads_from_first_to_last(make: Make, reads: Session) -> None:
    mia = world(make)
    task = mia.catalog.tasks[0]
    shifts = live(make, mia, {task: [3, 4, NotTodayReason.NO_OCCASION, 6]})
    found = own_progress(reads, make.actor(mia.account), make.clock.now)
    assert (found.name, found.shifts, found.minutes) == ("Mia Berg", 4, 4 * 240)
    assert found.since == shifts[0].day
    drawn = found.tasks[0]
    assert (drawn.first_rank, drawn.last_rank, drawn.rated) == (3, 6, 3)
    assert [point.rank for point in sorted(drawn.points, key=lambda point: point.at)] == [3, 4, None, 6]


def test_the_one_who_saw_more_support_counts(make: Make, reads: Session) -> None:
    mia = world(make)
    task = mia.catalog.tasks[0]
    (shift,) = live(make, mia, {task: [6]})
    make.feedback(shift, mia.raters[1], {task: 4}, mia.catalog)
    sum_up(make, mia)
    found = own_progress(reads, make.actor(mia.account), make.clock.now)
    assert [point.rank for point in found.tasks[0].points] == [4]


def test_milestones_name_their_days_and_who_saw_it(make: Make, reads: Session) -> None:
    mia = world(make)
    task = mia.catalog.tasks[0]
    shifts = live(make, mia, {task: [4, 6, 6, 6]})
    found = own_progress(reads, make.actor(mia.account), make.clock.now)
    by_kind = {reached.kind: reached for reached in found.milestones if reached.task_id == task.id}
    assert {proof.day for proof in by_kind["consecutive_task"].evidence} == {shift.day for shift in shifts[1:]}  # type: ignore[index]
    assert by_kind["consecutive_task"].raters == 2  # type: ignore[index]
    assert [proof.day for proof in by_kind["first_alone"].evidence] == [shifts[1].day]  # type: ignore[index]


def test_the_nearest_milestone_is_named(make: Make, reads: Session) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: [4, 6, 6], mia.catalog.tasks[1]: [4, 4, 6]})
    found = own_progress(reads, make.actor(mia.account), make.clock.now)
    assert found.next is not None
    assert found.next.reach.task == mia.catalog.tasks[0].id
    assert (found.next.reach.done, found.next.reach.needed) == (2, 3)


def test_slipping_belongs_to_the_task(make: Make, reads: Session) -> None:
    mia = world(make)
    shifts = live(make, mia, {mia.catalog.tasks[0]: FALLING, mia.catalog.tasks[1]: [4] * 5})
    found = own_progress(reads, make.actor(mia.account), make.clock.now)
    verdicts = {task.id: (task.trend, task.trend_since) for task in found.tasks}
    assert verdicts[mia.catalog.tasks[0].id] == (Trend.NEEDS_MORE_HELP, shifts[-1].day)
    assert verdicts[mia.catalog.tasks[1].id] == (Trend.TOO_EARLY, None)


def test_a_withdrawn_milestone_stays_for_whom_nobody_has_told(make: Make, reads: Session) -> None:
    mia = world(make)
    live(make, mia, {mia.catalog.tasks[0]: [4, 6]})
    coordinator = make.actor(make.account("Cora Hill", [Role.COORDINATOR], mia.program))
    own = make.actor(mia.account)

    def shown() -> tuple[int, list[bool]]:
        mine = own_progress(reads, own, make.clock.now).milestones
        theirs = staff_progress(reads, coordinator, mia.person.public_id, make.clock.now).milestones
        return len(mine), [reached.to_tell for reached in theirs]

    def change(**columns: object) -> None:
        only = select(Milestone.id).where(Milestone.task_id == mia.catalog.tasks[0].id).scalar_subquery()
        make.do(lambda session: session.execute(update(Milestone).where(Milestone.id.in_(only)).values(**columns)))

    count, to_tell = shown()
    assert (count, to_tell) == (1, [False])
    change(withdrawn_at=make.clock.now, seen_at=make.clock.now)
    assert shown() == (1, [True])
    change(told_at=make.clock.now)
    assert shown() == (0, [])
    change(told_at=None, seen_at=None)
    assert shown() == (0, [])


def test_private_tasks_are_for_the_person_and_their_therapist(make: Make, reads: Session) -> None:
    mia = world(make)
    private = make.add(
        Task(
            program_id=mia.program.id, key="own", area="care", name={"en": "Getting ready"}, sentence={"en": "…"},
            audience=Audience.PRIVATE, participant_id=mia.person.id,
        )
    )  # fmt: skip
    live(make, mia, {private: [4, 6, 6], mia.catalog.tasks[0]: [4, 4, 4]})
    therapist, coach, coordinator = (
        make.account(name, [role], mia.program)
        for name, role in (("Thea", Role.THERAPIST), ("Jo", Role.COACH), ("Cora", Role.COORDINATOR))
    )
    for account in (therapist, coach):
        make.assign(account, mia.person)
    sees = {}
    for account in (therapist, coach, coordinator):
        found = staff_progress(reads, make.actor(account), mia.person.public_id, make.clock.now)
        in_tasks = private.id in {task.id for task in found.tasks}
        in_milestones = private.id in {reached.task_id for reached in found.milestones}
        sees[account.name] = (in_tasks, in_milestones)
    assert sees == {"Thea": (True, True), "Jo": (False, False), "Cora": (False, False)}
    own = own_progress(reads, make.actor(mia.account), make.clock.now)
    assert private.id in {task.id for task in own.tasks}


def test_foreign_people_look_absent(cast: Cast, make: Make, reads: Session) -> None:
    for account in (cast.accounts.outsider_coordinator, cast.accounts.supervisor, cast.accounts.admin):
        with pytest.raises(NotFound):
            staff_progress(reads, make.actor(account), cast.a.participant.public_id, make.clock.now)
    with pytest.raises(NotFound):
        own_progress(reads, make.actor(cast.accounts.coordinator), make.clock.now)


@pytest.mark.parametrize(("shifts", "every"), [(0, 1), (3, 2), (78, 7), (160, 7)])
def test_the_same_six_statements_whatever_the_history(
    make: Make, reads: Session, statements: Counter, shifts: int, every: int
) -> None:
    mia = world(make, tasks=8)
    if shifts:
        live(make, mia, {task: [3, 4, 6, 6] * (shifts // 4 + 1) for task in mia.catalog.tasks}, every)
    actor = make.actor(mia.account)
    with statements:
        found = own_progress(reads, actor, make.clock.now)
    assert statements.count == 6
    assert sum(bool(task.points) for task in found.tasks) == (DRAWN if shifts else 0)
    assert all(len(task.points) <= 160 for task in found.tasks)
