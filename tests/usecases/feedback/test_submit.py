"""Sending and correcting feedback."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from placement.domain.errors import Forbidden, KeyReused, NotFound, Refused
from placement.domain.milestones import RuleKind
from placement.domain.occasions import Audience
from placement.domain.roles import Role
from placement.domain.shifts import Attendance
from placement.domain.support import NotTodayReason, RaterKind
from placement.models.feedback.observation import Feedback, Observation, ObservationStep
from placement.models.feedback.rater import Rater
from placement.models.programs.catalog import Task, TaskStep
from placement.models.progress.milestone import Milestone, MilestoneRule
from placement.models.progress.summary import PlacementSummary, TaskSummary, TaskWeek
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.log import AccessLog, Audit
from placement.policy.actor import Actor
from placement.usecases.feedback.submit import LONGEST, Receipt, SubmitFeedback, TaskRating, submit_feedback
from placement.usecases.shifts.attendance import SetAttendance, set_attendance
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make


@pytest.fixture
def sol(cast: Cast, make: Make) -> Actor:
    """The supervisor at Noa's shop."""
    return make.actor(cast.accounts.supervisor)


@pytest.fixture
def jo(cast: Cast, make: Make) -> Actor:
    """Noa's coach."""
    return make.actor(cast.accounts.coach)


def public_id(make: Make, shift: Shift) -> str:
    return str(make.one(select(Occasion.public_id).where(Occasion.id == shift.id)))


def command(make: Make, cast: Cast, shift: Shift, *ranks: int | NotTodayReason | None, **more: Any) -> SubmitFeedback:
    """Feedback with one rank for each of the first tasks; None leaves a task out."""
    catalog = cast.a.catalog
    ratings = tuple(
        TaskRating(task.public_id, not_today=rank)
        if isinstance(rank, NotTodayReason)
        else TaskRating(task.public_id, catalog.levels[rank].public_id)
        for task, rank in zip(catalog.tasks, ranks, strict=False)
        if rank is not None
    )
    defaults: dict[str, Any] = {"key": f"key-{shift.id}-{ranks}"[:40]}
    return SubmitFeedback(shift=public_id(make, shift), ratings=ratings, **(defaults | more))


def row(make: Make, shift: Shift) -> Any:
    """The shift as it is now, with the attendance of its occasion."""
    return make.do(
        lambda s: s.execute(
            select(Shift.minutes, Shift.attendance_by, Shift.feedback_due_at, Shift.version, Occasion.attendance)
            .join(Occasion, Occasion.id == Shift.id)
            .where(Shift.id == shift.id)
        ).one()
    )


def kinds(make: Make, standing: bool = True) -> list[RuleKind]:
    """The rules of the milestones in the database, in the order they were reached."""
    wanted = (
        select(MilestoneRule.kind)
        .join(Milestone, Milestone.rule_id == MilestoneRule.id)
        .order_by(Milestone.reached_at, Milestone.id)
    )
    return make.all(wanted.where(Milestone.withdrawn_at.is_(None) if standing else Milestone.withdrawn_at.is_not(None)))


def count(make: Make, model: Any) -> int:
    return int(make.one(select(func.count()).select_from(model)))


def test_a_rated_task_says_was_here(cast: Cast, make: Make, work: Work, sol: Actor) -> None:
    receipt = submit_feedback(work, sol, command(make, cast, cast.a.owed, 6, 4, NotTodayReason.NO_OCCASION))
    now = row(make, cast.a.owed)
    assert now.attendance is Attendance.HERE
    assert now.minutes == 240
    assert now.attendance_by is Role.SUPERVISOR
    assert now.feedback_due_at is None
    assert receipt.rated == 3
    stored = make.all(
        select(Observation.rank).where(Observation.occasion_id == cast.a.owed.id).order_by(Observation.task_id)
    )
    assert stored == [6, 4, None]
    summary = make.one(select(PlacementSummary).where(PlacementSummary.placement_id == cast.a.placement.id))
    assert (summary.minutes_worked, summary.shifts_done, summary.shifts_planned) == (480, 2, 4)


def test_only_not_today_invents_no_presence(cast: Cast, make: Make, work: Work, sol: Actor) -> None:
    submit_feedback(work, sol, command(make, cast, cast.a.owed, NotTodayReason.NOT_WANTED))
    now = row(make, cast.a.owed)
    assert now.attendance is Attendance.UNKNOWN
    assert now.minutes is None
    assert now.feedback_due_at is None


def test_came_later_leaves_the_hours_open(cast: Cast, make: Make, work: Work, sol: Actor) -> None:
    submit_feedback(work, sol, command(make, cast, cast.a.owed, 5, attendance=Attendance.LATE))
    now = row(make, cast.a.owed)
    assert (now.attendance, now.minutes) == (Attendance.LATE, None)


def test_did_not_come_is_no_feedback_about_tasks(cast: Cast, make: Make, work: Work, sol: Actor) -> None:
    submit_feedback(work, sol, command(make, cast, cast.a.owed, attendance=Attendance.ABSENT))
    now = row(make, cast.a.owed)
    assert (now.attendance, now.minutes, now.feedback_due_at) == (Attendance.ABSENT, 0, None)


def test_a_correction_to_did_not_come_drops_the_own_answers(cast: Cast, make: Make, work: Work, sol: Actor) -> None:
    submit_feedback(work, sol, command(make, cast, cast.a.owed, 6, 6))
    assert RuleKind.FIRST_ALONE in kinds(make)
    submit_feedback(work, sol, command(make, cast, cast.a.owed, attendance=Attendance.ABSENT, key="a-later-key"))
    current = select(func.count()).where(Observation.occasion_id == cast.a.owed.id, Observation.replaced_at.is_(None))
    assert make.one(current) == 0
    assert row(make, cast.a.owed).minutes == 0


def test_the_same_again_gets_the_first_answer(cast: Cast, make: Make, work: Work, sol: Actor, clock: Clock) -> None:
    sent = command(make, cast, cast.a.owed, 6, 6)
    first = submit_feedback(work, sol, sent)
    before = count(make, Observation), count(make, Audit), count(make, Milestone)
    clock.advance(days=30)
    assert submit_feedback(work, sol, sent) == first
    assert (count(make, Observation), count(make, Audit), count(make, Milestone)) == before


def test_the_same_key_for_something_else_is_refused(cast: Cast, make: Make, work: Work, sol: Actor) -> None:
    sent = command(make, cast, cast.a.owed, 6, key="the-same-key")
    submit_feedback(work, sol, sent)
    with pytest.raises(KeyReused):
        submit_feedback(work, sol, replace(sent, went_well="More"))
    assert make.one(select(Feedback.went_well).where(Feedback.occasion_id == cast.a.owed.id)) == ""


def test_keys_belong_to_one_account(cast: Cast, make: Make, work: Work, sol: Actor, jo: Actor) -> None:
    submit_feedback(work, sol, command(make, cast, cast.a.owed, 6, key="the-same-key"))
    submit_feedback(work, jo, command(make, cast, cast.a.owed, 4, key="the-same-key"))
    assert count(make, Feedback) == 4


def test_two_posts_at_the_same_moment_are_one(cast: Cast, make: Make, work: Work, sol: Actor) -> None:
    sent = command(make, cast, cast.a.owed, 6, 4, 2)
    start, receipts = Barrier(4), list[Receipt]()

    def post() -> None:
        start.wait()
        receipts.append(submit_feedback(work, sol, sent))

    threads = [Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(receipts) == 4
    assert len(set(receipts)) == 1
    assert make.one(select(func.count()).where(Observation.occasion_id == cast.a.owed.id)) == 3
    assert make.one(select(func.count()).where(Audit.action == "feedback.submit")) == 1


def test_two_raters_at_the_same_moment_both_count(cast: Cast, make: Make, work: Work, sol: Actor, jo: Actor) -> None:
    start, failures = Barrier(2), list[BaseException]()

    def post(actor: Actor, rank: int) -> None:
        start.wait()
        try:
            submit_feedback(work, actor, command(make, cast, cast.a.owed, rank))
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=post, args=pair) for pair in ((sol, 6), (jo, 3))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    summary = make.one(select(TaskSummary).where(TaskSummary.task_id == cast.a.catalog.tasks[0].id))
    assert (summary.count, summary.last_rank) == (2, 3)


def test_a_correction_replaces_only_what_changed(cast: Cast, make: Make, work: Work, sol: Actor, clock: Clock) -> None:
    submit_feedback(work, sol, command(make, cast, cast.a.owed, 6, 4))
    clock.advance(hours=1)
    submit_feedback(work, sol, command(make, cast, cast.a.owed, 6, 2))
    rows = make.all(select(Observation).where(Observation.occasion_id == cast.a.owed.id).order_by(Observation.id))
    assert [(row.rank, row.replaced_at is None) for row in rows] == [(6, True), (4, False), (2, True)]
    assert rows[2].replaces_id == rows[1].id
    assert make.one(select(Feedback.changed_at).where(Feedback.occasion_id == cast.a.owed.id)) == clock.now


def test_a_correction_takes_back_and_gives_again(cast: Cast, make: Make, work: Work, sol: Actor, clock: Clock) -> None:
    """The milestone comes back as the same row when the correction is undone."""
    submit_feedback(work, sol, command(make, cast, cast.a.owed, None, 6))
    first = make.one(select(Milestone).where(Milestone.task_id == cast.a.catalog.tasks[1].id))
    assert first.evidence == [cast.a.owed.id]
    clock.advance(minutes=5)
    receipt = submit_feedback(work, sol, command(make, cast, cast.a.owed, None, 4))
    assert receipt.withdrawn == 1
    assert make.one(select(Milestone.withdrawn_at).where(Milestone.id == first.id)) == clock.now
    again = submit_feedback(work, sol, command(make, cast, cast.a.owed, None, 6, key="third-time"))
    assert again.milestones == 1
    assert make.one(select(Milestone.withdrawn_at).where(Milestone.id == first.id)) is None
    task = cast.a.catalog.tasks[1].id
    assert make.all(select(TaskWeek.median).where(TaskWeek.task_id == task).order_by(TaskWeek.monday)) == [5.0]


def test_what_was_seen_is_noted_when_it_is_withdrawn(
    cast: Cast, make: Make, work: Work, sol: Actor, clock: Clock
) -> None:
    submit_feedback(work, sol, command(make, cast, cast.a.owed, None, 6))
    for minutes, account in ((1, cast.accounts.coordinator), (2, cast.accounts.noa), (3, cast.accounts.noa)):
        clock.advance(minutes=1)
        make.add(
            AccessLog(
                at=clock.now, program_id=cast.a.program.id, account_id=account.id,
                participant_id=cast.a.participant.id, page="progress.mine", request_id=str(minutes),
            )
        )  # fmt: skip
    seen = clock.now - timedelta(minutes=1)
    submit_feedback(work, sol, command(make, cast, cast.a.owed, None, 4))
    gone = make.one(select(Milestone).where(Milestone.task_id == cast.a.catalog.tasks[1].id))
    assert gone.withdrawn_at is not None
    assert gone.seen_at == seen


def test_what_nobody_saw_goes_without_a_word(cast: Cast, make: Make, work: Work, sol: Actor, clock: Clock) -> None:
    make.add(
        AccessLog(
            at=clock.now, program_id=cast.a.program.id, account_id=cast.accounts.noa.id,
            participant_id=cast.a.participant.id, page="progress.mine", request_id="before",
        )
    )  # fmt: skip
    clock.advance(minutes=1)
    submit_feedback(work, sol, command(make, cast, cast.a.owed, None, 6))
    submit_feedback(work, sol, command(make, cast, cast.a.owed, None, 4))
    assert make.one(select(Milestone.seen_at).where(Milestone.task_id == cast.a.catalog.tasks[1].id)) is None


def test_among_raters_more_support_counts(cast: Cast, make: Make, work: Work, sol: Actor, jo: Actor) -> None:
    submit_feedback(work, sol, command(make, cast, cast.a.owed, None, 6))
    submit_feedback(work, jo, command(make, cast, cast.a.owed, None, 3))
    summary = make.one(select(TaskSummary).where(TaskSummary.task_id == cast.a.catalog.tasks[1].id))
    assert (summary.last_rank, summary.count) == (3, 2)
    assert kinds(make, standing=False) == [RuleKind.FIRST_ALONE]


def test_oneself_never_counts(cast: Cast, make: Make, work: Work, sol: Actor) -> None:
    own = make.add(
        Rater(
            program_id=cast.a.program.id, kind=RaterKind.SELF, name="Noa", account_id=cast.accounts.noa.id,
            created_at=work.clock(),
        )
    )  # fmt: skip
    task = cast.a.catalog.tasks[3]
    make.feedback(cast.a.owed, own, {task: 6}, cast.a.catalog)
    submit_feedback(work, sol, command(make, cast, cast.a.owed, None, None, None, 2))
    summary = make.one(select(TaskSummary).where(TaskSummary.task_id == task.id))
    assert (summary.count, summary.best_rank) == (1, 2)
    assert make.one(select(func.count()).where(Milestone.task_id == task.id)) == 0


def test_mastery_asks_for_two_raters(cast: Cast, make: Make, work: Work, sol: Actor, jo: Actor) -> None:
    shifts = [make.shift(cast.a.placement, make.day(offset)) for offset in (-21, -20, -19)]
    task = cast.a.catalog.tasks[3]
    for shift in shifts[:2]:
        submit_feedback(work, sol, command(make, cast, shift, None, None, None, 6))
        submit_feedback(work, jo, command(make, cast, shift, None, None, None, 6, key=f"jo-{shift.id}-key"))
    submit_feedback(work, sol, command(make, cast, shifts[2], None, None, None, 6))
    mastered = make.one(
        select(Milestone)
        .join(MilestoneRule, MilestoneRule.id == Milestone.rule_id)
        .where(Milestone.task_id == task.id, MilestoneRule.kind == RuleKind.CONSECUTIVE_TASK)
    )
    assert mastered.evidence == [shift.id for shift in shifts]


@pytest.mark.parametrize("said", [Attendance.ABSENT, Attendance.EXCUSED])
def test_staff_outrank_a_supervisor(cast: Cast, make: Make, work: Work, sol: Actor, said: Attendance) -> None:
    """What staff noted stays, and the contradiction is told, not stored."""
    cora = make.actor(cast.accounts.coordinator)
    set_attendance(work, cora, SetAttendance(public_id(make, cast.a.owed), cast.a.owed.version, said))
    with pytest.raises(Refused):
        submit_feedback(work, sol, command(make, cast, cast.a.owed, 6))
    assert row(make, cast.a.owed).attendance is said
    assert make.one(select(func.count()).where(Observation.occasion_id == cast.a.owed.id)) == 0


def test_staff_say_here_and_it_stays(cast: Cast, make: Make, work: Work, sol: Actor) -> None:
    cora = make.actor(cast.accounts.coordinator)
    set_attendance(work, cora, SetAttendance(public_id(make, cast.a.owed), 1, Attendance.HERE, time(10), time(12)))
    submit_feedback(work, sol, command(make, cast, cast.a.owed, 6, attendance=Attendance.LATE))
    now = row(make, cast.a.owed)
    assert (now.attendance, now.minutes, now.attendance_by) == (Attendance.HERE, 120, Role.COORDINATOR)


def test_a_coach_outranks_a_supervisor(cast: Cast, make: Make, work: Work, sol: Actor, jo: Actor) -> None:
    submit_feedback(work, sol, command(make, cast, cast.a.owed, attendance=Attendance.ABSENT))
    submit_feedback(work, jo, command(make, cast, cast.a.owed, 4))
    now = row(make, cast.a.owed)
    assert (now.attendance, now.attendance_by, now.minutes) == (Attendance.HERE, Role.COACH, 240)


def test_did_not_come_cannot_stand_beside_what_another_saw(
    cast: Cast, make: Make, work: Work, sol: Actor, jo: Actor
) -> None:
    submit_feedback(work, sol, command(make, cast, cast.a.owed, 4))
    with pytest.raises(Refused):
        submit_feedback(work, jo, command(make, cast, cast.a.owed, attendance=Attendance.ABSENT))
    assert row(make, cast.a.owed).attendance is Attendance.HERE


def test_changes_are_open_for_seven_days(cast: Cast, make: Make, work: Work, clock: Clock) -> None:
    sent = command(make, cast, cast.a.owed, 6)
    submit_feedback(work, make.actor(cast.accounts.supervisor), sent)
    clock.advance(days=7, minutes=-1)
    submit_feedback(work, make.actor(cast.accounts.supervisor), replace(sent, key="within-7-days", try_next="Slowly."))
    clock.advance(minutes=2)
    with pytest.raises(NotFound):
        submit_feedback(work, make.actor(cast.accounts.supervisor), replace(sent, key="after-7-days"))


def test_staff_too_change_theirs_for_seven_days(cast: Cast, make: Make, work: Work, clock: Clock) -> None:
    sent = command(make, cast, cast.a.owed, 6)
    submit_feedback(work, make.actor(cast.accounts.coach), sent)
    clock.advance(days=7, minutes=1)
    with pytest.raises(Refused):
        submit_feedback(work, make.actor(cast.accounts.coach), replace(sent, key="after-7-days"))


def test_not_before_it_begins(cast: Cast, make: Make, work: Work, jo: Actor) -> None:
    with pytest.raises(Refused, match="not begun"):
        submit_feedback(work, jo, command(make, cast, cast.a.future, 6))


def test_a_cancelled_shift_takes_none(cast: Cast, make: Make, work: Work, sol: Actor, jo: Actor) -> None:
    gone = make.shift(cast.a.placement, make.day(-5), cancelled_at=work.clock())
    with pytest.raises(Refused, match="cancelled"):
        submit_feedback(work, jo, command(make, cast, gone, 6))
    with pytest.raises(NotFound):
        submit_feedback(work, sol, command(make, cast, gone, 6))


def test_a_task_of_another_program_looks_absent(cast: Cast, make: Make, work: Work, sol: Actor) -> None:
    foreign = TaskRating(cast.b.catalog.tasks[0].public_id, cast.a.catalog.levels[6].public_id)
    with pytest.raises(NotFound):
        submit_feedback(work, sol, replace(command(make, cast, cast.a.owed), ratings=(foreign,)))
    level = TaskRating(cast.a.catalog.tasks[0].public_id, cast.b.catalog.levels[6].public_id)
    with pytest.raises(NotFound):
        submit_feedback(work, sol, replace(command(make, cast, cast.a.owed), ratings=(level,)))
    assert row(make, cast.a.owed).attendance is Attendance.UNKNOWN


def test_a_private_task_is_for_the_therapist_alone(cast: Cast, make: Make, work: Work, sol: Actor, jo: Actor) -> None:
    private = make.add(
        Task(
            program_id=cast.a.program.id, key="own", area="care", name={"en": "Shower"}, sentence={"en": "x"},
            audience=Audience.PRIVATE, participant_id=cast.a.participant.id,
        )
    )  # fmt: skip
    rating = TaskRating(private.public_id, cast.a.catalog.levels[6].public_id)
    sent = replace(command(make, cast, cast.a.owed), ratings=(rating,))
    for actor in (sol, jo):
        with pytest.raises(NotFound):
            submit_feedback(work, actor, sent)
    submit_feedback(work, make.actor(cast.accounts.therapist), sent)
    assert make.one(select(func.count()).where(Milestone.task_id == private.id)) == 1
    # A milestone over the shift is read by others: the private task does not enter it.
    assert RuleKind.CONSECUTIVE_SHIFT not in kinds(make)


def test_who_may(cast: Cast, make: Make, work: Work) -> None:
    sent = command(make, cast, cast.a.owed, 6)
    for account, refusal in (
        (cast.accounts.coordinator, Forbidden),
        (cast.accounts.noa, Forbidden),
        (cast.accounts.other_supervisor, NotFound),
        (cast.accounts.kim, NotFound),
        (cast.accounts.outsider_coordinator, NotFound),
    ):
        with pytest.raises(refusal):
            submit_feedback(work, make.actor(account), sent)


def test_in_which_role_is_chosen(cast: Cast, make: Make, work: Work) -> None:
    both = make.account("Ria Both", [Role.COACH, Role.SUPERVISOR], cast.a.program)
    make.assign(both, cast.a.participant)
    make.supervise(both, cast.a.site)
    sent = command(make, cast, cast.a.owed, 4)
    submit_feedback(work, make.actor(both), replace(sent, as_kind=RaterKind.COACH))
    # Without a choice it is the role they rated this shift in before.
    submit_feedback(work, make.actor(both), replace(sent, key="second-time", went_well="Kind."))
    rated_as = select(Rater.kind).join(Feedback, Feedback.rater_id == Rater.id).where(Rater.account_id == both.id)
    assert make.all(rated_as) == [RaterKind.COACH]
    with pytest.raises(Forbidden):
        submit_feedback(work, make.actor(both), replace(sent, key="third-time", as_kind=RaterKind.THERAPIST))


def test_steps_make_the_percent(cast: Cast, make: Make, work: Work, sol: Actor) -> None:
    catalog = cast.a.catalog
    task = make.one(select(Task).join(TaskStep, TaskStep.task_id == Task.id).limit(1)) or catalog.tasks[0]
    positions = make.all(select(TaskStep.position).where(TaskStep.task_id == task.id))
    if not positions:
        make.add(TaskStep(program_id=cast.a.program.id, task_id=task.id, position=0, name={"en": "One"}))
        make.add(TaskStep(program_id=cast.a.program.id, task_id=task.id, position=1, name={"en": "Two"}))
        positions = [0, 1]
    levels = dict.fromkeys(positions, catalog.levels[6].public_id)
    levels[positions[0]] = catalog.levels[3].public_id
    rating = TaskRating(task.public_id, steps=levels)
    submit_feedback(work, sol, replace(command(make, cast, cast.a.owed), ratings=(rating,)))
    assert make.one(select(Observation.rank).where(Observation.occasion_id == cast.a.owed.id)) == 3
    assert count(make, ObservationStep) == len(positions)


def test_an_empty_answer_is_asked_again(cast: Cast, make: Make, work: Work, sol: Actor) -> None:
    with pytest.raises(Refused):
        submit_feedback(work, sol, command(make, cast, cast.a.owed))
    with pytest.raises(Refused) as too_long:
        submit_feedback(work, sol, command(make, cast, cast.a.owed, 6, note="x" * (LONGEST + 1)))
    assert too_long.value.field == "note"
    assert row(make, cast.a.owed).feedback_due_at is not None
