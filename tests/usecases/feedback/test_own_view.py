"""The participant's own view of a shift: kept apart from everything that counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from placement.domain.errors import Forbidden, KeyReused, NotFound, Refused
from placement.domain.shifts import Attendance
from placement.domain.support import NotTodayReason, RaterKind
from placement.models.feedback.observation import Feedback, Observation
from placement.models.feedback.rater import Rater
from placement.models.progress.milestone import Milestone
from placement.models.progress.summary import PlacementSummary, TaskSummary, TaskWeek
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.queries.progress.page import own_progress
from placement.usecases.effects.observations import Answer
from placement.usecases.feedback.own_view import GiveOwnView, give_own_view, take_back_own_view
from placement.usecases.progress.rebuild import rebuild
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.queries.progress.stories import FALLING, live, sum_up, world


def said(make: Make) -> list[tuple[int, int | None]]:
    rows = make.all(
        select(Observation)
        .join(Rater, Rater.id == Observation.rater_id)
        .where(Rater.kind == RaterKind.SELF, Observation.replaced_at.is_(None))
        .order_by(Observation.task_id)
    )
    return [(row.task_id, row.rank) for row in rows]


def public(make: Make, shift: Shift) -> str:
    return str(make.one(select(Occasion.public_id).where(Occasion.id == shift.id)))


def view(cast: Cast, make: Make, *ranks: int | None, key: str = "key-of-the-form", shift: Any = None) -> GiveOwnView:
    tasks, levels = cast.a.catalog.tasks, {rank: level.public_id for rank, level in cast.a.catalog.levels.items()}
    answers = tuple(
        Answer(task.public_id, None if rank is None else levels[rank], NotTodayReason.UNSAID if rank is None else None)
        for task, rank in zip(tasks, ranks, strict=False)
    )
    return GiveOwnView(public(make, shift or cast.a.rated), key, answers)


def test_noted_changed_and_taken_back(work: Work, cast: Cast, make: Make) -> None:
    noa, tasks = make.actor(cast.accounts.noa), cast.a.catalog.tasks
    give_own_view(work, noa, view(cast, make, 6, None))
    give_own_view(work, noa, view(cast, make, 6, None))
    assert said(make) == [(tasks[0].id, 6), (tasks[1].id, None)]
    with pytest.raises(KeyReused):
        give_own_view(work, noa, view(cast, make, 4))
    give_own_view(work, noa, view(cast, make, 4, key="another-key"))
    assert said(make) == [(tasks[0].id, 4), (tasks[1].id, None)]
    assert len(make.all(select(Rater).where(Rater.kind == RaterKind.SELF))) == 1
    take_back_own_view(work, noa, public(make, cast.a.rated))
    take_back_own_view(work, noa, public(make, cast.a.rated))
    assert said(make) == []


def test_only_the_one_who_worked_there(work: Work, cast: Cast, make: Make) -> None:
    for name, error in (("kim", NotFound), ("ben", NotFound), ("coach", Forbidden), ("supervisor", Forbidden)):
        with pytest.raises(error):
            give_own_view(work, make.actor(getattr(cast.accounts, name)), view(cast, make, 6))
        with pytest.raises(error):
            take_back_own_view(work, make.actor(getattr(cast.accounts, name)), public(make, cast.a.rated))


def test_not_before_not_without_having_been_there_and_not_forever(work: Work, cast: Cast, make: Make) -> None:
    noa = make.actor(cast.accounts.noa)
    with pytest.raises(Refused):
        give_own_view(work, noa, view(cast, make, 6, shift=cast.a.future))
    with pytest.raises(Refused):
        give_own_view(work, noa, view(cast, make))
    occasion = Occasion.id == cast.a.rated.id
    make.do(lambda s: s.execute(update(Occasion).where(occasion).values(attendance=Attendance.ABSENT)))
    with pytest.raises(Refused):
        give_own_view(work, noa, view(cast, make, 6))
    make.do(lambda s: s.execute(update(Occasion).where(occasion).values(attendance=Attendance.HERE)))
    make.clock.advance(days=9)
    with pytest.raises(Refused):
        give_own_view(work, noa, view(cast, make, 6))


def test_attendance_and_what_the_shop_owes_stay(work: Work, cast: Cast, make: Make) -> None:
    owed = cast.a.owed
    rows = select(Occasion.attendance, Shift.minutes, Shift.feedback_due_at, Shift.version).join(
        Shift, Shift.id == Occasion.id
    )
    before = make.do(lambda s: s.execute(rows.where(Shift.id == owed.id)).all())
    give_own_view(work, make.actor(cast.accounts.noa), view(cast, make, 6, shift=owed))
    assert make.do(lambda s: s.execute(rows.where(Shift.id == owed.id)).all()) == before
    assert make.all(select(Feedback).where(Feedback.occasion_id == owed.id)) == []


@pytest.mark.parametrize("rank", [2, 6])
def test_it_never_reaches_milestones_summaries_or_verdicts(rank: int, work: Work, make: Make, reads: Any) -> None:
    """Whatever somebody says about themself, everything derived is the same to the byte, also when made anew."""
    mia = world(make)
    task, unrated = mia.catalog.tasks[0], mia.catalog.tasks[3]
    shifts = live(make, mia, {task: FALLING, mia.catalog.tasks[1]: [4, 6, 6]})

    def derived() -> list[Any]:
        models = (TaskSummary, TaskWeek, PlacementSummary, Milestone)
        rows = [row for model in models for row in make.all(select(model))]
        return sorted(
            str({key: value for key, value in vars(row).items() if key not in ("_sa_instance_state",)}) for row in rows
        )

    before, page = derived(), own_progress(reads, make.actor(mia.account), make.clock.now)
    level = mia.catalog.levels[rank].public_id
    for number, shift in enumerate(shifts):
        if make.clock.now - make.one(select(Occasion.ends_at).where(Occasion.id == shift.id)) < timedelta(days=14):
            answers = tuple(Answer(one.public_id, level, None) for one in (task, mia.catalog.tasks[1], unrated))
            give = GiveOwnView(public(make, shift), f"key-{number}-of-mia", answers)
            give_own_view(work, make.actor(mia.account), give)
    assert len(said(make)) >= 9
    assert derived() == before
    assert rebuild(work).unchanged
    sum_up(make, mia)
    assert derived() == before
    assert own_progress(reads, make.actor(mia.account), make.clock.now) == page
