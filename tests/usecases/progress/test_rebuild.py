"""What the writer keeps is what a rebuild comes to, whatever happened before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from functools import partial
from itertools import count
from random import Random
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from placement.domain.errors import NotFound, Refused
from placement.domain.milestones import RuleKind
from placement.domain.roles import Role
from placement.domain.shifts import Attendance
from placement.domain.support import NotTodayReason
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.plan import Probe
from placement.models.progress.summary import PlacementSummary, TaskSummary, TaskWeek
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor, System
from placement.usecases.effects.progress import refresh_everything
from placement.usecases.feedback.submit import SubmitFeedback, TaskRating, submit_feedback
from placement.usecases.feedback.withdraw import withdraw_feedback
from placement.usecases.progress.rebuild import rebuild
from placement.usecases.shifts.attendance import SetAttendance, set_attendance
from placement.usecases.shifts.change import MoveShift, cancel_shift, move_shift, restore_shift
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make

SHIFTS = 5
RANKS = (6, 6, 6, 5, 3, 2)
#: Days before the clock's today, in no order: a late feedback changes the middle of a history.
DAYS = (-22, -12, -18, -5, -3)


@dataclass
class World:
    """One participant with five shifts, who may rate them, and what somebody can do."""

    make: Make
    work: Work
    cast: Cast
    participant: Participant
    shifts: list[Shift]
    raters: list[Actor]
    cora: Actor
    numbers: Any

    def key(self, shift: int) -> str:
        return str(self.make.one(select(Occasion.public_id).where(Occasion.id == self.shifts[shift].id)))

    def version(self, shift: int) -> int:
        return int(self.make.one(select(Shift.version).where(Shift.id == self.shifts[shift].id)))

    def send(self, shift: int, rater: int, ranks: tuple[int | None, ...], attendance: Attendance | None) -> None:
        catalog = self.cast.a.catalog
        ratings = tuple(
            TaskRating(task.public_id, not_today=NotTodayReason.NO_OCCASION)
            if rank is None
            else TaskRating(task.public_id, catalog.levels[rank].public_id)
            for task, rank in zip(catalog.tasks, ranks, strict=False)
        )
        key = f"random-{next(self.numbers)}"
        command = SubmitFeedback(self.key(shift), key, attendance, () if attendance is Attendance.ABSENT else ratings)
        submit_feedback(self.work, self.raters[rater], command)

    def withdraw(self, shift: int, rater: int) -> None:
        feedback = self.make.one(
            select(Feedback.public_id)
            .join(Rater, Rater.id == Feedback.rater_id)
            .where(Feedback.occasion_id == self.shifts[shift].id, Rater.account_id == self.raters[rater].account_id)
        )
        if feedback is not None:
            withdraw_feedback(self.work, self.cora, feedback, "mistake")

    def attend(self, shift: int, attendance: Attendance, hours: int | None) -> None:
        came = attendance in (Attendance.HERE, Attendance.LATE)
        times = (time(9), time(9 + hours)) if hours and came else (None, None)
        command = SetAttendance(self.key(shift), self.version(shift), attendance, *times)
        set_attendance(self.work, self.cora, command)

    def toggle(self, shift: int) -> None:
        gone = self.make.one(select(Shift.cancelled_at).where(Shift.id == self.shifts[shift].id))
        act = cancel_shift if gone is None else restore_shift
        act(self.work, self.cora, self.key(shift), self.version(shift))

    def move(self, shift: int, days: int) -> None:
        day = self.shifts[shift].day.replace(day=max(1, self.shifts[shift].day.day - days))
        command = MoveShift(self.key(shift), self.version(shift), day, time(15), time(18))
        move_shift(self.work, self.cora, command)


Step = Callable[[World], None]
WHICH = st.integers(0, SHIFTS - 1)
RATER = st.integers(0, 1)
LEVELS = st.tuples(*(st.none() | st.sampled_from(RANKS) for _ in range(2)))
SEND = st.builds(
    lambda shift, rater, ranks, said: lambda world: world.send(shift, rater, ranks, said),
    WHICH, RATER, LEVELS, st.sampled_from((None, None, None, Attendance.LATE, Attendance.ABSENT)),
)  # fmt: skip
STEPS: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(
        SEND,
        SEND,
        SEND,
        st.builds(lambda shift, rater: lambda world: world.withdraw(shift, rater), WHICH, RATER),
        st.builds(
            lambda shift, said, hours: lambda world: world.attend(shift, said, hours),
            WHICH, st.sampled_from(Attendance), st.none() | st.integers(1, 12),
        ),
        st.builds(lambda shift: lambda world: world.toggle(shift), WHICH),
        st.builds(lambda shift, days: lambda world: world.move(shift, days), WHICH, st.integers(0, 9)),
    ),
    min_size=8,
    max_size=30,
)  # fmt: skip


def rows(make: Make, model: Any, *conditions: Any) -> list[tuple[Any, ...]]:
    """All columns of the rows there are, in a fixed order."""
    columns = list(model.__table__.columns)
    found = make.do(lambda s: s.execute(select(*columns).where(*conditions)).all())
    return sorted((tuple(row) for row in found), key=repr)


def state(world: World) -> dict[str, list[tuple[Any, ...]]]:
    own = world.participant.id
    placement = world.shifts[0].placement_id
    probes = (Probe.milestone_id, Probe.due_on, Probe.done_on, Probe.occasion_id, Probe.kept)
    found = world.make.do(lambda s: s.execute(select(*probes).where(Probe.participant_id == own)).all())
    return {
        "probes": sorted((tuple(row) for row in found), key=repr),
        "summaries": rows(world.make, TaskSummary, TaskSummary.participant_id == own),
        "weeks": rows(world.make, TaskWeek, TaskWeek.participant_id == own),
        "placements": rows(world.make, PlacementSummary, PlacementSummary.placement_id == placement),
        "milestones": rows(world.make, Milestone, Milestone.participant_id == own),
    }


def standing(world: World) -> list[tuple[Any, ...]]:
    wanted = select(
        Milestone.rule_id, Milestone.task_id, Milestone.placement_id, Milestone.reached_at, Milestone.reached_on,
        Milestone.evidence,
    ).where(Milestone.participant_id == world.participant.id, Milestone.withdrawn_at.is_(None))  # fmt: skip
    return sorted((tuple(row) for row in world.make.do(lambda s: s.execute(wanted).all())), key=repr)


def held(world: World) -> list[tuple[Any, ...]]:
    """The checks, by what they check: a milestone made anew has another id."""
    wanted = (
        select(Milestone.rule_id, Milestone.task_id, Probe.due_on, Probe.done_on, Probe.occasion_id, Probe.kept)
        .join(Milestone, Milestone.id == Probe.milestone_id)
        .where(Probe.participant_id == world.participant.id)
    )
    return sorted((tuple(row) for row in world.make.do(lambda s: s.execute(wanted).all())), key=repr)


@pytest.fixture
def begin(cast: Cast, make: Make, work: Work) -> Callable[[], World]:
    """A fresh participant for every example, at the same shop with the same people around."""
    people = [make.account("Ria Coach", [Role.COACH], cast.a.program), cast.accounts.supervisor]
    cora = make.actor(cast.accounts.coordinator)
    numbers = count()
    # Marks that five shifts can reach.
    program = cast.a.program.id
    small = (
        (RuleKind.HOURS_COMPLETED, {"amount": 9}), (RuleKind.SHIFTS_COMPLETED, {"amount": 3}),
        (RuleKind.CONSECUTIVE_TASK, {"occasions": 2}), (RuleKind.ANOTHER_RATER, {"occasions": 2}),
        (RuleKind.ANOTHER_TIME, {"occasions": 1}),
    )  # fmt: skip
    for kind, numbers_of in small:
        make.add(
            MilestoneRule(
                program_id=program, key=f"small_{kind}", number=1, kind=kind, name={"en": "x"},
                created_at=work.clock(), **numbers_of,
            )
        )  # fmt: skip

    def fresh() -> World:
        participant = make.participant(cast.a.program, f"P{next(numbers)}")
        make.assign(people[0], participant)
        opening = make.opening(cast.a.site, capacity=1)
        placement = make.placement(participant, opening, first_day=make.day(-12))
        shifts = [make.shift(placement, make.day(days)) for days in DAYS]
        raters = [make.actor(account) for account in people]
        return World(make, work, cast, participant, shifts, raters, cora, numbers)

    return fresh


def test_the_writer_and_the_rebuild_agree(begin: Callable[[], World]) -> None:
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(steps=STEPS)
    def run(steps: list[Step]) -> None:
        world = begin()
        for step in steps:
            try:
                step(world)
            except Refused as refused:
                event(refused.reason.msgid)
            except NotFound:
                event("out of the supervisor's sight")
        kept = state(world)
        if any(row[-3] is not None for row in kept["milestones"]):
            event("a milestone was withdrawn")
        # In place: nothing changes, not even ids and dates.
        assert rebuild(world.work, world.cast.a.program.public_id).unchanged
        assert state(world) == kept
        # From nothing but observations: all but what was withdrawn, seen and told.
        proved = standing(world)
        kept_probes = held(world)
        for model in (TaskSummary, TaskWeek, Probe, Milestone):
            world.make.do(lambda s, m=model: s.execute(delete(m).where(m.participant_id == world.participant.id)))
        wrong = update(PlacementSummary).values(minutes_worked=1, shifts_planned=77)
        world.make.do(lambda s: s.execute(wrong))
        rebuild(world.work, world.cast.a.program.public_id)
        anew = state(world)
        assert standing(world) == proved
        assert held(world) == kept_probes
        assert {name: anew[name] for name in ("summaries", "weeks", "placements")} == {
            name: kept[name] for name in ("summaries", "weeks", "placements")
        }

    run()


@pytest.mark.parametrize("seed", range(2))
def test_one_feedback_in_a_long_history_is_what_a_rebuild_comes_to(
    begin: Callable[[], World], make: Make, seed: int
) -> None:
    """What a feedback leaves unread can't have changed: new ones, late ones, corrections, by two, of skipped tasks."""
    chance, world = Random(seed), begin()
    own, system = world.participant.id, System(world.cast.a.program.id)
    placement = make.one(select(Placement).where(Placement.id == world.shifts[0].placement_id))
    world.shifts = [make.shift(placement, make.day(3 * n - 110)) for n in range(34)]
    skill = chance.choice([(6, 5, 3), (6, 6, 6, 6, 5), (5, 4)])
    for n in range(24):
        world.send(n, 0, (chance.choice(skill), chance.choice(skill)), None)
    for n in range(24, 34):
        for _ in range(chance.choice([1, 1, 2, 3])):
            act(world, chance, n - chance.choice([0, 0, 0, 1, 3, 12]))
            kept = state(world)
            make.do(partial(refresh_everything, work=world.work, actor=system, participant_id=own))
            assert state(world) == kept


def test_who_came_after_all_leaves_the_other_task_unrated(begin: Callable[[], World], make: Make) -> None:
    world = begin()
    own, system = world.participant.id, System(world.cast.a.program.id)
    placement = make.one(select(Placement).where(Placement.id == world.shifts[0].placement_id))
    world.shifts = [make.shift(placement, make.day(3 * n - 40)) for n in range(12)]
    for n in range(12):
        world.send(n, 0, (5, 4), None)
    unrated = []
    for ranks, said in (((), Attendance.ABSENT), ((6,), None)):
        world.send(6, 0, ranks, said)
        kept = state(world)
        make.do(partial(refresh_everything, work=world.work, actor=system, participant_id=own))
        assert state(world) == kept
        other = TaskSummary.task_id == world.cast.a.catalog.tasks[1].id
        shifts = select(TaskSummary.trend_shifts - TaskSummary.trend_rated)
        unrated.append(make.one(shifts.where(TaskSummary.participant_id == own, other)))
    assert unrated[1] == unrated[0] + 1


def act(world: World, chance: Random, shift: int) -> None:
    """Somebody rates, corrects, takes back, or says that nobody came; not always about both tasks."""
    ranks = tuple(chance.choice((*RANKS, None)) for _ in range(chance.choice([1, 2, 2])))
    what = chance.random()
    try:
        if what < 0.05:
            world.withdraw(shift, 0)
        elif what < 0.15:
            world.send(shift, 0, (), Attendance.ABSENT)
        else:
            world.send(shift, int(what > 0.8), ranks, None)
    except (Refused, NotFound):
        # Attendance says otherwise, or the shift is out of the supervisor's sight by now.
        pass


def test_the_command_tells_what_it_found(app: Flask, cast: Cast, make: Make, begin: Callable[[], World]) -> None:
    world = begin()
    world.send(0, 1, (6, 6), None)
    runner = app.test_cli_runner()
    runner.invoke(args=["progress", "rebuild"])
    done = runner.invoke(args=["progress", "rebuild", "--program", cast.a.program.public_id])
    assert done.exit_code == 0
    assert "Every milestone was right." in done.output
    people = make.one(select(func.count()).select_from(Participant).where(Participant.program_id == cast.a.program.id))
    assert f"{people} participants" in done.output
    make.do(lambda s: s.execute(update(Milestone).values(withdrawn_at=world.work.clock())))
    assert "restored" in runner.invoke(args=["progress", "rebuild"]).output
    unknown = runner.invoke(args=["progress", "rebuild", "--program", "nowhere"])
    assert unknown.exit_code == 1
    assert "no such program" in unknown.output


def test_a_rebuild_keeps_what_was_seen_and_told(begin: Callable[[], World], clock: Clock) -> None:
    world = begin()
    world.send(0, 1, (6, 6), None)
    told = {"seen_at": clock.now, "told_at": clock.now, "told_by_id": world.cora.account_id}
    world.make.do(lambda s: s.execute(update(Milestone).values(**told)))
    before = state(world)["milestones"]
    clock.advance(days=400)
    assert rebuild(world.work, world.cast.a.program.public_id).withdrawn == 0
    assert state(world)["milestones"] == before


def test_a_new_rule_version_withdraws_nothing_and_doubles_nothing(begin: Callable[[], World]) -> None:
    world = begin()
    world.send(0, 1, (6, 2), None)
    old = world.make.one(
        select(MilestoneRule).where(
            MilestoneRule.program_id == world.cast.a.program.id, MilestoneRule.kind == RuleKind.FIRST_ALONE
        )
    )
    now = world.work.clock()
    world.make.do(lambda s: s.execute(update(MilestoneRule).where(MilestoneRule.id == old.id).values(archived_at=now)))
    world.make.add(
        MilestoneRule(
            program_id=old.program_id, key=old.key, number=2, kind=old.kind, name=old.name, created_at=now,
        )
    )  # fmt: skip
    before = state(world)["milestones"]
    rebuild(world.work)
    assert state(world)["milestones"] == before
    # Corrected away, the old version's milestone goes like any other; earned anew, it comes back.
    world.send(0, 1, (5, 2), None)
    first_alone = select(func.count()).where(
        Milestone.participant_id == world.participant.id, Milestone.task_id == world.cast.a.catalog.tasks[0].id,
        Milestone.withdrawn_at.is_(None),
    )  # fmt: skip
    assert world.make.one(first_alone) == 0
    world.send(0, 1, (6, 2), None)
    assert world.make.one(first_alone) >= 1
