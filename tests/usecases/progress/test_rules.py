"""Rules in versions, for a program and for one person, and milestones participants choose themselves."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.milestones import RuleKind
from placement.domain.roles import Role
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.policy.actor import Actor
from placement.usecases.progress.chosen import Choose, choose_milestone, end_chosen, reach_chosen, take_back_chosen
from placement.usecases.progress.rules import SaveRule, end_rule, save_rule
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.queries.progress.stories import World, live, sum_up, world

RUN = {"percent": 90, "occasions": 2, "raters": 1}


@pytest.fixture
def mia(make: Make) -> World:
    return world(make)


@pytest.fixture
def cora(make: Make, mia: World) -> Actor:
    return make.actor(make.account("Cora Hill", [Role.COORDINATOR], mia.program))


def mastery(make: Make, mia: World) -> MilestoneRule:
    return next(rule for rule in mia.catalog.rules if rule.kind is RuleKind.CONSECUTIVE_TASK)


def reached(make: Make, mia: World, kind: RuleKind) -> list[Milestone]:
    return make.all(
        select(Milestone)
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .where(Milestone.participant_id == mia.person.id, MilestoneRule.kind == kind, Milestone.withdrawn_at.is_(None))
        .order_by(Milestone.id)
    )


def test_a_new_version_wins_and_withdraws_nothing(make: Make, work: Work, mia: World, cora: Actor) -> None:
    easy, hard = mia.catalog.tasks[:2]
    live(make, mia, {easy: [6, 6], hard: [6, 6, 6]})
    assert [row.task_id for row in reached(make, mia, RuleKind.CONSECUTIVE_TASK)] == [hard.id]
    old = mastery(make, mia)
    second = save_rule(work, cora, SaveRule(old.kind, RUN, replaces=old.public_id))
    sum_up(make, mia)
    assert [row.task_id for row in reached(make, mia, RuleKind.CONSECUTIVE_TASK)] == [hard.id, easy.id]
    save_rule(work, cora, SaveRule(old.kind, {**RUN, "occasions": 9}, replaces=second))
    sum_up(make, mia)
    assert [row.task_id for row in reached(make, mia, RuleKind.CONSECUTIVE_TASK)] == [hard.id, easy.id]
    versions = make.all(select(MilestoneRule).where(MilestoneRule.key == old.key).order_by(MilestoneRule.number))
    mine = [
        (row.number, row.occasions, row.archived_at is None) for row in versions if row.program_id == old.program_id
    ]
    assert mine == [(1, 3, False), (2, 2, False), (3, 9, True)]


def test_who_comes_second_hears_what_holds_now(make: Make, work: Work, mia: World, cora: Actor) -> None:
    old = mastery(make, mia)
    made = save_rule(work, cora, SaveRule(old.kind, RUN, replaces=old.public_id))
    with pytest.raises(Stale) as refused:
        save_rule(work, cora, SaveRule(old.kind, {**RUN, "occasions": 5}, replaces=old.public_id))
    assert refused.value.current == RUN
    with pytest.raises(NotFound):
        end_rule(work, cora, old.public_id)
    end_rule(work, cora, made)
    for gone in (old.public_id, made):
        with pytest.raises(NotFound):
            save_rule(work, cora, SaveRule(old.kind, RUN, replaces=gone))


def test_a_rule_for_one_person_holds_for_nobody_else(make: Make, work: Work, mia: World, cora: Actor) -> None:
    task, other = mia.catalog.tasks[:2]
    live(make, mia, {task: [6, 6], other: [6, 6]})
    command = SaveRule(RuleKind.CONSECUTIVE_TASK, RUN, participant=mia.person.public_id, task=task.public_id)
    made = save_rule(work, cora, command)
    assert [row.task_id for row in reached(make, mia, RuleKind.CONSECUTIVE_TASK)] == [task.id]
    assert make.one(select(MilestoneRule.participant_id).where(MilestoneRule.public_id == made)) == mia.person.id
    end_rule(work, cora, made)
    sum_up(make, mia)
    assert len(reached(make, mia, RuleKind.CONSECUTIVE_TASK)) == 1


def test_who_may(make: Make, work: Work, cast: Cast) -> None:
    rule = cast.a.catalog.rules[1].public_id
    program, person = (
        SaveRule(RuleKind.FIRST_WEEK),
        SaveRule(RuleKind.FIRST_WEEK, participant=cast.a.participant.public_id),
    )
    for account in (cast.accounts.therapist, cast.accounts.noa, cast.accounts.supervisor):
        with pytest.raises(Forbidden):
            save_rule(work, make.actor(account), program)
        with pytest.raises(Forbidden):
            end_rule(work, make.actor(account), rule)
    with pytest.raises(Forbidden):
        save_rule(work, make.actor(cast.accounts.noa), person)
    for account in (cast.accounts.outsider_coordinator, cast.accounts.outsider_therapist, cast.accounts.admin):
        with pytest.raises(NotFound):
            save_rule(work, make.actor(account), person)
    with pytest.raises(NotFound):
        end_rule(work, make.actor(cast.accounts.outsider_coordinator), rule)
    assert save_rule(work, make.actor(cast.accounts.therapist), person)
    assert save_rule(work, make.actor(cast.accounts.admin), program)


def test_a_kind_that_is_given_by_words_cannot_be_made_here(make: Make, work: Work, cora: Actor) -> None:
    with pytest.raises(Refused) as refused:
        save_rule(work, cora, SaveRule(RuleKind.OWN_WORDS))
    assert refused.value.field == "kind"
    with pytest.raises(Refused) as refused:
        save_rule(work, cora, SaveRule(RuleKind.CONSECUTIVE_TASK, {**RUN, "percent": 101}))
    assert refused.value.field == "percent"


class TestChosen:
    def test_own_words_are_reached_taken_back_and_reached_again(self, make: Make, work: Work, mia: World) -> None:
        own = make.actor(mia.account)
        rule = choose_milestone(work, own, Choose(RuleKind.OWN_WORDS, words="Ask the boss a question"))
        assert reached(make, mia, RuleKind.OWN_WORDS) == []
        reach_chosen(work, own, rule, make.day(-2))
        reach_chosen(work, own, rule, make.day(-1))
        (first,) = reached(make, mia, RuleKind.OWN_WORDS)
        assert first.reached_on == make.day(-1)
        sum_up(make, mia)
        assert len(reached(make, mia, RuleKind.OWN_WORDS)) == 1
        take_back_chosen(work, own, rule)
        assert reached(make, mia, RuleKind.OWN_WORDS) == []
        reach_chosen(work, own, rule, make.today)
        (again,) = reached(make, mia, RuleKind.OWN_WORDS)
        assert again.id == first.id
        with pytest.raises(Refused):
            reach_chosen(work, own, rule, make.day(1))
        end_chosen(work, own, rule)
        assert len(reached(make, mia, RuleKind.OWN_WORDS)) == 1
        with pytest.raises(NotFound):
            reach_chosen(work, own, rule, make.today)

    def test_a_task_so_many_times_running_is_seen_at_work(self, make: Make, work: Work, mia: World) -> None:
        task = mia.catalog.tasks[0]
        live(make, mia, {task: [6, 6]})
        own = make.actor(mia.account)
        rule = choose_milestone(work, own, Choose(RuleKind.CONSECUTIVE_TASK, 2, task.public_id))
        assert [row.task_id for row in reached(make, mia, RuleKind.CONSECUTIVE_TASK)] == [task.id]
        with pytest.raises(NotFound):
            reach_chosen(work, own, rule, make.today)

    @pytest.mark.parametrize(
        ("command", "field"),
        [
            (Choose(RuleKind.OWN_WORDS), "words"),
            (Choose(RuleKind.OWN_WORDS, words="x" * 121), "words"),
            (Choose(RuleKind.HOURS_COMPLETED), "number"),
            (Choose(RuleKind.CONSECUTIVE_TASK, 3), "task"),
            (Choose(RuleKind.FIRST_WEEK), "kind"),
        ],
    )
    def test_what_is_missing_is_said(self, make: Make, work: Work, mia: World, command: Choose, field: str) -> None:
        with pytest.raises(Refused) as refused:
            choose_milestone(work, make.actor(mia.account), command)
        assert refused.value.field == field

    def test_staff_do_not_end_what_somebody_chose(self, make: Make, work: Work, mia: World, cora: Actor) -> None:
        rule = choose_milestone(work, make.actor(mia.account), Choose(RuleKind.HOURS_COMPLETED, 10))
        with pytest.raises(NotFound):
            end_rule(work, cora, rule)
        with pytest.raises(NotFound):
            save_rule(work, cora, SaveRule(RuleKind.HOURS_COMPLETED, {"amount": 11}, replaces=rule))

    def test_only_for_oneself(self, make: Make, work: Work, mia: World, cora: Actor, cast: Cast) -> None:
        with pytest.raises(Forbidden):
            choose_milestone(work, cora, Choose(RuleKind.OWN_WORDS, words="x"))
        rule = choose_milestone(work, make.actor(mia.account), Choose(RuleKind.OWN_WORDS, words="x"))
        for act in (end_chosen, take_back_chosen):
            with pytest.raises(NotFound):
                act(work, make.actor(cast.accounts.noa), rule)
