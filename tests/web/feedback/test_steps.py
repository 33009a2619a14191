"""Rating a task step by step: for coaches and therapists, where a task has steps."""

from __future__ import annotations

from sqlalchemy import select

from placement.models.feedback.observation import Observation, ObservationStep
from placement.models.programs.catalog import TaskStep
from placement.models.shifts.occasion import Occasion
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def steps_of(make: Make, cast: Cast, count: int = 3) -> list[TaskStep]:
    task = cast.a.catalog.tasks[0]
    return [
        make.add(TaskStep(program_id=task.program_id, task_id=task.id, position=at, name={"en": f"Step {at}"}))
        for at in range(90, 90 + count)
    ]


def test_the_step_with_most_help_decides(cast: Cast, make: Make, client_for: ClientFor) -> None:
    steps_of(make, cast)
    task, levels = cast.a.catalog.tasks[0], cast.a.catalog.levels
    visitor = client_for(cast.accounts.coach)
    public_id = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.owed.id))
    page, first = visitor.get(f"/feedback/{public_id}"), f"task-{task.public_id}-step-90"
    (form,) = [form for form in page.main_forms if first in form.fields]
    sent = {
        f"task-{task.public_id}": levels[6].public_id,
        f"task-{task.public_id}-step-90": levels[6].public_id,
        f"task-{task.public_id}-step-91": levels[4].public_id,
    }
    visitor.submit(form, **sent)
    row = make.one(select(Observation).where(Observation.occasion_id == cast.a.owed.id, Observation.task_id == task.id))
    assert row.rank == 4
    assert sorted(make.all(select(ObservationStep.rank).where(ObservationStep.observation_id == row.id))) == [4, 6]
    again = visitor.get(f"/feedback/{public_id}")
    (form,) = [form for form in again.main_forms if f"task-{task.public_id}-step-91" in form.fields]
    assert form.fields[f"task-{task.public_id}-step-91"] == [levels[4].public_id]
    assert form.fields[f"task-{task.public_id}-step-92"] in ([""], [])
    # Not today says more than steps left in the form.
    visitor.submit(form, **{f"task-{task.public_id}": "not_today"})
    current = select(Observation.rank).where(
        Observation.occasion_id == cast.a.owed.id, Observation.task_id == task.id, Observation.replaced_at.is_(None)
    )
    assert make.all(current) == [None]


def test_supervisors_are_not_asked_for_steps(cast: Cast, make: Make, client_for: ClientFor) -> None:
    steps_of(make, cast)
    public_id = make.one(select(Occasion.public_id).where(Occasion.id == cast.a.owed.id))
    assert "Step 90" not in client_for(cast.accounts.supervisor).get(f"/feedback/{public_id}").content
    assert ". Step 90" in client_for(cast.accounts.therapist).get(f"/feedback/{public_id}").content
