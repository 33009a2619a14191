"""Goals: written, changed by two, rated, reached, set aside; and what nobody may do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from placement.domain.errors import Forbidden, KeyReused, NotFound, Refused, Stale
from placement.domain.milestones import RuleKind
from placement.domain.occasions import Audience
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.plan import Goal, GoalRating, GoalTask
from placement.models.system.log import Audit
from placement.usecases.effects.goals import GoalValues
from placement.usecases.goals.rate import RateGoal, rate_goal, remove_rating
from placement.usecases.goals.set_aside import set_goal_aside
from placement.usecases.goals.write import AddGoal, EditGoal, add_goal, edit_goal
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make

VALUES = GoalValues("I ask when I am stuck", ("", "", "Once a shift", "", ""))


def command(cast: Cast, **other: Any) -> AddGoal:
    return AddGoal(cast.a.participant.public_id, replace(VALUES, **other), "a-key-of-a-form")


def stored(make: Make, public_id: str) -> Goal:
    found: Goal = make.one(select(Goal).where(Goal.public_id == public_id))
    return found


def linked(make: Make, goal: Goal) -> list[int]:
    return sorted(make.all(select(GoalTask.task_id).where(GoalTask.goal_id == goal.id)))


def rate(cast: Cast, make: Make, score: int, days: int = 0, key: str = "key-of-rating") -> RateGoal:
    return RateGoal(cast.a.goal.public_id, make.day(days), score, "", f"{key}{score}{days}")


def reached(make: Make, goal: Goal) -> list[Milestone]:
    return make.all(
        select(Milestone)
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .where(MilestoneRule.kind == RuleKind.GOAL_ATTAINED, Milestone.goal_id == goal.id)
    )


@pytest.mark.parametrize("who", ["coordinator", "therapist", "coach", "noa"])
def test_written_by_whoever_sits_at_the_table(who: str, work: Work, cast: Cast, make: Make) -> None:
    tasks = [task.public_id for task in cast.a.catalog.tasks[:2]]
    made = add_goal(work, make.actor(getattr(cast.accounts, who)), command(cast, tasks=tuple(tasks), weight=2))
    row = stored(make, made)
    assert (row.title, row.levels[2], row.weight, row.agreed_on) == (VALUES.title, "Once a shift", 2, make.day(0))
    assert linked(make, row) == [task.id for task in cast.a.catalog.tasks[:2]]
    audits = make.all(select(Audit.detail).where(Audit.action == "goal.add"))
    assert len(audits) == 1
    assert "stuck" not in str(audits)


def test_a_double_tap_is_one_goal(work: Work, cast: Cast, make: Make) -> None:
    noa = make.actor(cast.accounts.noa)
    assert add_goal(work, noa, command(cast)) == add_goal(work, noa, command(cast))
    with pytest.raises(KeyReused):
        add_goal(work, noa, command(cast, title="Another one"))


@pytest.mark.parametrize("who", ["kim", "outsider_coordinator", "outsider_therapist", "supervisor", "admin"])
def test_to_others_there_is_no_such_goal(who: str, work: Work, cast: Cast, make: Make) -> None:
    actor = make.actor(getattr(cast.accounts, who))
    with pytest.raises(NotFound):
        add_goal(work, actor, command(cast))
    with pytest.raises(NotFound):
        edit_goal(work, actor, EditGoal(cast.a.goal.public_id, 1, VALUES))
    with pytest.raises(NotFound):
        rate_goal(work, actor, rate(cast, make, 0))
    with pytest.raises(NotFound):
        set_goal_aside(work, actor, cast.a.goal.public_id)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"levels": ("", "", " ", "", "")}, "level_2"),
        ({"levels": ("", "", "x", "", "y" * 301)}, "level_4"),
        ({"weight": 0}, "weight"),
        ({"weight": 6}, "weight"),
    ],
)
def test_what_is_refused_names_its_field(other: dict[str, Any], field: str, work: Work, cast: Cast, make: Make) -> None:
    with pytest.raises(Refused) as refused:
        add_goal(work, make.actor(cast.accounts.noa), command(cast, **other))
    assert refused.value.field == field


def test_two_people_change_it(work: Work, cast: Cast, make: Make) -> None:
    goal = cast.a.goal
    edit_goal(work, make.actor(cast.accounts.coach), EditGoal(goal.public_id, 1, VALUES))
    with pytest.raises(Stale) as stale:
        edit_goal(work, make.actor(cast.accounts.noa), EditGoal(goal.public_id, 1, replace(VALUES, title="Mine")))
    assert stale.value.current["title"] == VALUES.title
    assert stale.value.current["level_2"] == "Once a shift"
    assert stored(make, goal.public_id).title == VALUES.title


def test_a_day_that_has_passed_may_stay(work: Work, cast: Cast, make: Make) -> None:
    goal, coach = cast.a.goal, make.actor(cast.accounts.coach)
    make.do(lambda s: s.execute(update(Goal).where(Goal.id == goal.id).values(due_on=make.day(-3))))
    edit_goal(work, coach, EditGoal(goal.public_id, 1, replace(VALUES, due_on=make.day(-3))))
    with pytest.raises(Refused) as refused:
        edit_goal(work, coach, EditGoal(goal.public_id, 2, replace(VALUES, due_on=make.day(-2))))
    assert refused.value.field == "due_on"


def test_links_one_may_not_know_of_stay(work: Work, cast: Cast, make: Make) -> None:
    goal, tasks = cast.a.goal, cast.a.catalog.tasks
    private = make.add(
        Task(
            program_id=goal.program_id, key="own", area="care", name={"en": "x"}, sentence={"en": "x"},
            audience=Audience.PRIVATE, participant_id=cast.a.participant.id,
        )
    )  # fmt: skip
    noa, coach = make.actor(cast.accounts.noa), make.actor(cast.accounts.coach)
    edit_goal(work, noa, EditGoal(goal.public_id, 1, replace(VALUES, tasks=(private.public_id, tasks[0].public_id))))
    edit_goal(work, coach, EditGoal(goal.public_id, 2, replace(VALUES, tasks=(tasks[1].public_id,))))
    assert linked(make, goal) == sorted([private.id, tasks[1].id])
    with pytest.raises(NotFound):
        edit_goal(work, coach, EditGoal(goal.public_id, 3, replace(VALUES, tasks=(private.public_id,))))


def test_reached_by_the_first_day_as_expected_and_only_while_somebody_says_so(
    work: Work, cast: Cast, make: Make
) -> None:
    noa, goal = make.actor(cast.accounts.noa), cast.a.goal
    assert not rate_goal(work, noa, rate(cast, make, -1)).attained
    assert reached(make, goal) == []
    later = rate_goal(work, noa, rate(cast, make, 1))
    assert later.attained
    (row,) = reached(make, goal)
    assert (row.reached_on, row.goal_id, row.withdrawn_at) == (make.day(0), goal.id, None)
    earlier = rate_goal(work, noa, rate(cast, make, 0, -5))
    assert [row.reached_on for row in reached(make, goal)] == [make.day(-5)]
    rate_goal(work, noa, rate(cast, make, -2))
    assert [row.withdrawn_at for row in reached(make, goal)] == [None]
    remove_rating(work, noa, goal.public_id, earlier.rating)
    assert [row.reached_on for row in reached(make, goal)] == [make.day(0)]
    was = remove_rating(work, noa, goal.public_id, later.rating)
    assert (was.day, was.score) == (make.day(0), 1)
    assert reached(make, goal)[0].withdrawn_at is not None


def test_only_who_said_it_takes_it_back(work: Work, cast: Cast, make: Make) -> None:
    for account in (cast.accounts.coordinator, cast.accounts.coach, cast.accounts.noa):
        with pytest.raises(Forbidden):
            remove_rating(work, make.actor(account), cast.a.goal.public_id, cast.a.rating.public_id)
    therapist = make.actor(cast.accounts.therapist)
    with pytest.raises(NotFound):
        remove_rating(work, therapist, make.goal(cast.kim).public_id, cast.a.rating.public_id)
    remove_rating(work, therapist, cast.a.goal.public_id, cast.a.rating.public_id)
    assert make.all(select(GoalRating).where(GoalRating.goal_id == cast.a.goal.id)) == []


@pytest.mark.parametrize(("days", "score", "field"), [(1, 0, "day"), (-31, 0, "day"), (0, 3, "score")])
def test_days_and_scores_that_are_none(days: int, score: int, field: str, work: Work, cast: Cast, make: Make) -> None:
    with pytest.raises(Refused) as refused:
        rate_goal(work, make.actor(cast.accounts.coach), rate(cast, make, score, days))
    assert refused.value.field == field


def test_set_aside_and_taken_up_again(work: Work, cast: Cast, make: Make) -> None:
    coach, goal = make.actor(cast.accounts.coach), cast.a.goal
    set_goal_aside(work, coach, goal.public_id)
    set_goal_aside(work, coach, goal.public_id)
    assert stored(make, goal.public_id).archived_at is not None
    with pytest.raises(Refused):
        rate_goal(work, coach, rate(cast, make, 0))
    set_goal_aside(work, coach, goal.public_id, aside=False)
    assert stored(make, goal.public_id).archived_at is None
    assert len(make.all(select(Audit.id).where(Audit.action.in_(["goal.set_aside", "goal.take_up"])))) == 2


def test_an_archived_record_is_only_read(work: Work, cast: Cast, make: Make) -> None:
    about = Participant.id == cast.a.participant.id
    make.do(lambda s: s.execute(update(Participant).where(about).values(archived_at=make.clock.now)))
    coordinator = make.actor(cast.accounts.coordinator)
    with pytest.raises(Refused):
        add_goal(work, coordinator, command(cast))
    with pytest.raises(Refused):
        rate_goal(work, coordinator, rate(cast, make, 0))
