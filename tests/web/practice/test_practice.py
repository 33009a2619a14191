"""The pages of daily living and job search: plan, rating by oneself and others, the view over all areas."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from placement.domain.occasions import Audience, OccasionKind
from placement.domain.support import RaterKind
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.practice.practice import Practice
from placement.models.programs.catalog import Task, TaskTrait
from placement.models.progress.milestone import Milestone
from placement.models.progress.summary import TaskSummary
from placement.models.shifts.occasion import Occasion
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.practice.rows import SECRET, private_practice, shared_practice, shared_task


def test_a_plan_from_the_list_with_where_it_began_and_where_it_goes(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:
    person, levels = cast.a.participant, cast.a.catalog.levels
    task = shared_task(make, person)
    therapist = client_for(cast.accounts.therapist)
    index = f"/participants/{person.public_id}/practice"
    assert "all areas" in therapist.get(index).words
    new = f"{index}/new"
    assert therapist.submit(new, 422).errors
    done = therapist.submit(
        new, task=f"task:{task.public_id}", baseline=levels[2].public_id, target=levels[6].public_id,
        target_on=(make.today + timedelta(days=60)).isoformat(), plan="Thursdays at the club",
    )  # fmt: skip
    page = therapist.follow(done)
    assert "Thursdays at the club" in page.words
    row = make.one(select(Practice))
    assert (row.baseline_rank, row.target_rank, row.baseline_on) == (2, 6, make.today)
    again = therapist.submit(new, task=f"task:{task.public_id}")
    assert again.location == done.location
    therapist.submit(f"/practice/{row.public_id}/edit", target=levels[5].public_id)
    assert make.one(select(Practice)).target_rank == 5
    stale = therapist.post(f"/practice/{row.public_id}/edit", {"version": "1", "plan": "Elsewhere"}, 409)
    assert "Thursdays" in stale.words
    assert "Practice talk" in therapist.get(index).words
    stopped = therapist.follow(therapist.post(f"/practice/{row.public_id}/stop", {}))
    assert "Practice talk" not in stopped.words
    assert "Practice talk" in therapist.follow(therapist.post(f"/practice/{row.public_id}/stop", {"again": "1"})).words


def test_a_personal_care_template_becomes_a_private_task_without_traits(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:
    person = cast.a.participant
    new = f"/participants/{person.public_id}/practice/new"
    noa = client_for(cast.accounts.noa)
    noa.submit(new, task="template:take_a_shower")
    task = make.one(select(Task).where(Task.audience == Audience.PRIVATE, Task.area == "personal_care"))
    assert task.participant_id == person.id
    assert "shower" not in task.key
    assert make.all(select(TaskTrait).where(TaskTrait.task_id == task.id)) == []
    client_for(cast.accounts.therapist).submit(new, task="template:take_a_shower")
    assert len(make.all(select(Practice))) == 1
    coach = client_for(cast.accounts.coach)
    assert "Personal care" not in coach.get(new).words
    coach.post(new, {"task": "template:brush_teeth"}, 403)
    coach.post(new, {"name": "My own", "area": "daily_living"}, 403)
    assert len(make.all(select(Practice))) == 1


def test_self_and_others_rate_on_one_occasion_and_only_others_count(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:
    person, levels = cast.a.participant, cast.a.catalog.levels
    practice = shared_practice(make, person, cast.accounts.therapist)
    task = make.one(select(Task).where(Task.name["en"].as_string() == "Practice talk"))
    noa, coach = client_for(cast.accounts.noa), client_for(cast.accounts.coach)
    rate = f"/practice/{practice}/rate"
    assert "Please choose one of the answers." in noa.submit(rate, 422).words
    future = (make.today + timedelta(days=1)).isoformat()
    assert noa.submit(rate, 422, **{"day": future, f"task-{task.public_id}": levels[6].public_id}).errors
    steps = {f"task-{task.public_id}-step-{n}": levels[6].public_id for n in range(3)}
    noa.submit(rate, **steps)
    assert make.all(select(TaskSummary).where(TaskSummary.task_id == task.id)) == []
    assert make.all(select(Milestone).where(Milestone.task_id == task.id)) == []
    page = coach.follow(coach.submit(rate, **(steps | {f"task-{task.public_id}-step-1": levels[3].public_id})))
    assert "Step by step" in page.words
    assert "Question 2" in page.words
    occasions = make.all(select(Occasion).where(Occasion.kind == OccasionKind.OWN_DAY))
    assert [(one.local_day, one.participant_id) for one in occasions] == [(make.today, person.id)]
    assert make.one(select(TaskSummary).where(TaskSummary.task_id == task.id)).last_rank == 3
    kinds = make.all(
        select(Rater.kind).join(Observation, Observation.rater_id == Rater.id).where(Observation.task_id == task.id)
    )
    assert set(kinds) == {RaterKind.SELF, RaterKind.COACH}
    coach.submit(rate, **dict.fromkeys(steps), **{f"task-{task.public_id}": levels[6].public_id})
    assert make.one(select(TaskSummary).where(TaskSummary.task_id == task.id)).last_rank == 6
    assert make.one(select(func.count(Milestone.id)).where(Milestone.task_id == task.id)) >= 1
    for who in (cast.accounts.noa, cast.accounts.therapist, cast.accounts.coach):
        assert "Practice talk" in client_for(who).get(f"/participants/{person.public_id}/practice").words
    # What is shown in shops tells of work.
    assert "Practice talk" not in noa.get("/portfolio").words
    assert "Practice talk" not in noa.get("/day").words.partition("What I practice")[2]
    assert "By oneself" in coach.get(f"/participants/{person.public_id}/progress/{task.public_id}").words


def test_a_private_task_is_rated_by_therapist_and_participant_and_by_nobody_else(
    client_for: ClientFor, cast: Cast, make: Make
) -> None:
    person, levels = cast.a.participant, cast.a.catalog.levels
    practice = private_practice(make, person, cast.accounts.noa)
    task = make.one(select(Task).where(Task.area == "personal_care"))
    said = {f"task-{task.public_id}": levels[6].public_id}
    noa, therapist = client_for(cast.accounts.noa), client_for(cast.accounts.therapist)
    noa.submit(f"/practice/{practice}/rate", **said)
    therapist.submit(f"/practice/{practice}/rate", **said)
    assert len(make.all(select(Observation).where(Observation.task_id == task.id))) == 2
    for visitor in (noa, therapist):
        assert SECRET in visitor.get(f"/practice/{practice}").words
        assert SECRET in visitor.get(f"/participants/{person.public_id}/practice").words
    assert SECRET in noa.get("/me/practice").words
    accounts = cast.accounts
    for account in (accounts.coach, accounts.kim, accounts.ben, accounts.outsider_therapist):
        visitor = client_for(account)
        for page in ("", "/edit", "/rate"):
            visitor.get(f"/practice/{practice}{page}", 404)
        visitor.post(f"/practice/{practice}/stop", {}, 404)
        visitor.post(f"/practice/{practice}/rate", {"day": make.today.isoformat(), **said}, 404)
    for account in (accounts.coordinator, accounts.admin, accounts.supervisor, accounts.outsider_coordinator):
        client_for(account).get(f"/practice/{practice}", 403)
    assert SECRET not in client_for(accounts.coach).get(f"/participants/{person.public_id}/practice").words
