"""Groups: who may start, change and record them; sessions in local time; progress on the one spine."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import func, select, update

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.groups import GroupKind, TaskState
from placement.domain.occasions import Audience, OccasionKind
from placement.domain.shifts import Attendance
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.groups.group import Group, GroupMember, GroupPhoto, GroupSeat, GroupSession, GroupTask
from placement.models.programs.catalog import Task
from placement.models.programs.scale import SupportLevel
from placement.models.progress.summary import TaskSummary
from placement.models.shifts.occasion import Occasion
from placement.models.system.log import Audit
from placement.usecases.effects.observations import Answer
from placement.usecases.groups.members import add_member, end_member
from placement.usecases.groups.photos import AddPhoto, add_photo, delete_photo
from placement.usecases.groups.record import Observe, RecordSession, observe, record_session, set_seat
from placement.usecases.groups.sessions import (
    PlanSessions,
    SessionValues,
    cancel_session,
    change_session,
    plan_sessions,
)
from placement.usecases.groups.tasks import AddTask, add_task, move_task, remove_task
from placement.usecases.groups.write import AddGroup, EditGroup, GroupValues, add_group, archive_group, edit_group
from placement.usecases.transaction import Work
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.groups import Made, jpeg, make_group
from tests.factories.make import Make

KEY = "key-of-a-form"


@pytest.fixture
def made(cast: Cast, make: Make) -> Made:
    """Led by Jo, coach of Noa; Lee, whom Jo doesn't look after, is in it, too."""
    return make_group(make, cast.accounts.coach, (cast.a.participant, cast.lee), tuple(cast.a.catalog.tasks[:2]))


def values(make: Make, **other: Any) -> GroupValues:
    return GroupValues(**{"kind": GroupKind.PROJECT, "name": "Paint the yard", "first_day": make.day(0), **other})


def row_of(make: Make, table: Any, public_id: str) -> Any:
    return make.one(select(table).where(table.public_id == public_id))


def level(make: Make, cast: Cast) -> SupportLevel:
    found: SupportLevel = make.all(
        select(SupportLevel).where(SupportLevel.program_id == cast.a.program.id).order_by(SupportLevel.rank.desc())
    )[0]
    return found


def at(day: date, start: time = time(10), end: time = time(12), **other: Any) -> SessionValues:
    return SessionValues(day, start, end, **other)


@pytest.mark.parametrize("who", ["coordinator", "therapist", "coach"])
def test_staff_start_groups_and_lead_them(who: str, work: Work, cast: Cast, make: Make) -> None:
    account = getattr(cast.accounts, who)
    command = AddGroup(values(make), KEY)
    public_id = add_group(work, make.actor(account), command)
    assert add_group(work, make.actor(account), command) == public_id
    row = row_of(make, Group, public_id)
    assert (row.leader_account_id, row.sort_key) == (account.id, "paint the yard")


@pytest.mark.parametrize("who", ["admin", "supervisor", "noa"])
def test_others_start_none(who: str, work: Work, cast: Cast, make: Make) -> None:
    with pytest.raises(Forbidden):
        add_group(work, make.actor(getattr(cast.accounts, who)), AddGroup(values(make), KEY))


def test_only_a_coordinator_chooses_another_leader(work: Work, cast: Cast, make: Make) -> None:
    chosen = values(make, leader=cast.accounts.therapist.public_id)
    public_id = add_group(work, make.actor(cast.accounts.coordinator), AddGroup(chosen, KEY))
    assert row_of(make, Group, public_id).leader_account_id == cast.accounts.therapist.id
    with pytest.raises(Refused) as caught:
        add_group(work, make.actor(cast.accounts.coach), AddGroup(chosen, KEY + "2"))
    assert caught.value.field == "leader"
    for nobody in (cast.accounts.noa, cast.accounts.supervisor, cast.accounts.outsider_therapist):
        with pytest.raises(NotFound):
            add_group(
                work, make.actor(cast.accounts.coordinator), AddGroup(values(make, leader=nobody.public_id), KEY + "3")
            )


def test_two_who_change_it_meet(made: Made, work: Work, cast: Cast, make: Make) -> None:
    actor, group = make.actor(cast.accounts.coach), made.group.public_id
    edit_group(work, actor, EditGroup(group, 1, values(make, name="Mine")))
    with pytest.raises(Stale) as caught:
        edit_group(work, actor, EditGroup(group, 1, values(make, name="Yours")))
    assert caught.value.current["name"] == "Mine"
    with pytest.raises(Refused) as refused:
        edit_group(work, actor, EditGroup(group, 2, values(make, last_day=make.day(-1))))
    assert refused.value.field == "last_day"


def test_who_only_looks_after_a_member_changes_nothing(made: Made, work: Work, cast: Cast, make: Make) -> None:
    thea = make.actor(cast.accounts.therapist)
    with pytest.raises(Forbidden):
        edit_group(work, thea, EditGroup(made.group.public_id, 1, values(make)))
    with pytest.raises(Forbidden):
        cancel_session(work, thea, made.coming.public_id)
    with pytest.raises(Forbidden):
        record_session(work, thea, RecordSession(made.held.public_id, 1, "x", "", ""))


@pytest.mark.parametrize("who", ["kim", "supervisor", "admin", "outsider_coordinator", "outsider_therapist", "ben"])
def test_to_others_there_is_no_such_group(who: str, made: Made, work: Work, cast: Cast, make: Make) -> None:
    actor, group = make.actor(getattr(cast.accounts, who)), made.group.public_id
    with pytest.raises(NotFound):
        archive_group(work, actor, group)
    with pytest.raises(NotFound):
        add_member(work, actor, group, cast.kim.public_id)
    with pytest.raises(NotFound):
        add_task(work, actor, AddTask(group, name="x"))
    with pytest.raises(NotFound):
        set_seat(work, actor, made.held.public_id, made.members[0].public_id, Attendance.HERE)
    with pytest.raises(NotFound):
        add_photo(work, actor, AddPhoto(group, jpeg(), jpeg(), 8, 6, KEY))


def test_archived_and_taken_back(made: Made, work: Work, cast: Cast, make: Make) -> None:
    actor = make.actor(cast.accounts.coach)
    for _ in range(2):
        archive_group(work, actor, made.group.public_id)
    with pytest.raises(Refused):
        add_task(work, actor, AddTask(made.group.public_id, name="x"))
    with pytest.raises(Refused):
        set_seat(work, actor, made.held.public_id, made.members[0].public_id, Attendance.HERE)
    archive_group(work, actor, made.group.public_id, restore=True)
    assert make.all(select(Audit.action).where(Audit.action.like("group.%"))) == ["group.archive", "group.restore"]


def test_members_come_and_go(made: Made, work: Work, cast: Cast, make: Make) -> None:
    coach, group = make.actor(cast.accounts.coordinator), made.group.public_id
    joined = add_member(work, coach, group, cast.kim.public_id)
    assert add_member(work, coach, group, cast.kim.public_id) == joined
    end_member(work, coach, group, joined)
    assert make.one(select(GroupMember).where(GroupMember.public_id == joined)) is None
    set_seat(work, coach, made.held.public_id, made.members[0].public_id, Attendance.HERE)
    end_member(work, coach, group, made.members[0].public_id)
    assert row_of(make, GroupMember, made.members[0].public_id).last_day == make.day(-1)
    again = add_member(work, coach, group, cast.a.participant.public_id)
    assert row_of(make, GroupMember, again).first_day == make.day(0)
    with pytest.raises(NotFound):
        add_member(work, coach, group, cast.b.participant.public_id)


def test_a_leader_adds_only_people_they_look_after(made: Made, work: Work, cast: Cast, make: Make) -> None:
    with pytest.raises(NotFound):
        add_member(work, make.actor(cast.accounts.therapist), make_group(
            make, cast.accounts.therapist, (cast.kim,), name="Art"
        ).group.public_id, cast.lee.public_id)  # fmt: skip


def test_weekly_sessions_keep_their_local_time(made: Made, work: Work, cast: Cast, make: Make, clock: Clock) -> None:
    coach = make.actor(cast.accounts.coach)
    command = PlanSessions(made.group.public_id, at(date(2027, 3, 14), time(2, 30), time(3, 30)), 4, KEY)
    planned = plan_sessions(work, coach, command)
    assert planned.left_out == (date(2027, 3, 28),)
    assert plan_sessions(work, coach, command) == planned
    rows = [row_of(make, GroupSession, public_id) for public_id in planned.sessions]
    assert [row.day for row in rows] == [date(2027, 3, 14), date(2027, 3, 21), date(2027, 4, 4)]
    assert [row.starts_at.hour for row in rows] == [1, 1, 0]
    assert {row.start for row in rows} == {time(2, 30)}


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (at(date(2027, 3, 28), time(2, 30), time(4)), "start"),
        (at(date(2027, 10, 31), time(2, 30), time(4)), "start_fold"),
        (at(date(2026, 1, 1)), "day"),
        (at(date(2026, 12, 1), time(6), time(5)), "end"),
        (at(date(2026, 12, 1), place="x" * 121), "place"),
        (at(date(2026, 11, 24), time(11), time(13)), "day"),
    ],
)
def test_times_that_cannot_be(
    wanted: SessionValues, field: str, made: Made, work: Work, cast: Cast, make: Make
) -> None:
    with pytest.raises(Refused) as caught:
        plan_sessions(work, make.actor(cast.accounts.coach), PlanSessions(made.group.public_id, wanted, 1, KEY))
    assert caught.value.field == field


def test_one_tap_per_person(made: Made, work: Work, cast: Cast, make: Make) -> None:
    jo, held = make.actor(cast.accounts.coach), made.held.public_id
    noa, lee = made.members
    assert set_seat(work, jo, held, noa.public_id, Attendance.HERE) is Attendance.UNKNOWN
    assert set_seat(work, jo, held, noa.public_id, Attendance.LATE) is Attendance.HERE
    set_seat(work, jo, held, lee.public_id, Attendance.ABSENT)
    rows = make.all(select(Occasion).join(GroupSeat, GroupSeat.id == Occasion.id).order_by(Occasion.id))
    assert [(row.participant_id, row.attendance, row.kind) for row in rows] == [
        (noa.participant_id, Attendance.LATE, OccasionKind.GROUP_SESSION),
        (lee.participant_id, Attendance.ABSENT, OccasionKind.GROUP_SESSION),
    ]
    assert rows[0].starts_at == made.held.starts_at


def test_a_therapist_taps_only_for_those_they_look_after(made: Made, work: Work, cast: Cast, make: Make) -> None:
    thea = make.actor(cast.accounts.therapist)
    set_seat(work, thea, made.held.public_id, made.members[0].public_id, Attendance.HERE)
    with pytest.raises(NotFound):
        set_seat(work, thea, made.held.public_id, made.members[1].public_id, Attendance.HERE)


def test_a_member_writes_nobody_down(made: Made, work: Work, cast: Cast, make: Make) -> None:
    with pytest.raises(Forbidden):
        set_seat(work, make.actor(cast.accounts.noa), made.held.public_id, made.members[0].public_id, Attendance.HERE)


def test_what_has_not_begun_takes_only_excuses(made: Made, work: Work, cast: Cast, make: Make) -> None:
    jo, noa = make.actor(cast.accounts.coach), made.members[0].public_id
    with pytest.raises(Refused):
        set_seat(work, jo, made.coming.public_id, noa, Attendance.HERE)
    set_seat(work, jo, made.coming.public_id, noa, Attendance.EXCUSED)
    cancel_session(work, jo, made.coming.public_id)
    with pytest.raises(Refused):
        set_seat(work, jo, made.coming.public_id, noa, Attendance.UNKNOWN)
    cancel_session(work, jo, made.coming.public_id, again=True)


def test_observations_stand_on_the_one_spine(made: Made, work: Work, cast: Cast, make: Make) -> None:
    jo, noa = make.actor(cast.accounts.coach), made.members[0]
    task, alone = cast.a.catalog.tasks[0], level(make, cast)
    said = Observe(made.held.public_id, noa.public_id, (Answer(task.public_id, alone.public_id, None),))
    before = make.one(
        select(TaskSummary.count).where(
            TaskSummary.participant_id == noa.participant_id, TaskSummary.task_id == task.id
        )
    )  # fmt: skip
    assert observe(work, jo, said) == 1
    assert observe(work, jo, said) == 0
    seat = make.one(select(Occasion).join(GroupSeat, GroupSeat.id == Occasion.id))
    row = make.one(select(Observation).where(Observation.occasion_id == seat.id))
    rater = make.one(select(Rater).where(Rater.id == row.rater_id))
    assert (seat.attendance, row.rank, rater.account_id) == (Attendance.HERE, alone.rank, cast.accounts.coach.id)
    after = make.one(
        select(TaskSummary.count).where(
            TaskSummary.participant_id == noa.participant_id, TaskSummary.task_id == task.id
        )
    )  # fmt: skip
    assert after > (before or 0)
    assert make.one(select(GroupTask.begun_on).where(GroupTask.task_id == task.id)) == make.day(-1)
    with pytest.raises(Refused):
        set_seat(work, jo, made.held.public_id, noa.public_id, Attendance.ABSENT)
    with pytest.raises(Refused):
        cancel_session(work, jo, made.held.public_id)


def test_only_the_groups_tasks_and_only_who_rates(made: Made, work: Work, cast: Cast, make: Make) -> None:
    noa, lee = made.members
    alone, other = level(make, cast).public_id, cast.a.catalog.tasks[3].public_id
    first = Answer(cast.a.catalog.tasks[0].public_id, alone, None)
    jo, held = make.actor(cast.accounts.coach), made.held.public_id
    with pytest.raises(NotFound):
        observe(work, jo, Observe(held, noa.public_id, (Answer(other, alone, None),)))
    with pytest.raises(Refused):
        observe(work, jo, Observe(held, noa.public_id, ()))
    with pytest.raises(Forbidden):
        observe(work, make.actor(cast.accounts.coordinator), Observe(held, noa.public_id, (first,)))
    with pytest.raises(NotFound):
        observe(work, make.actor(cast.accounts.therapist), Observe(held, lee.public_id, (first,)))
    assert observe(work, jo, Observe(held, lee.public_id, (first,))) == 1


def test_a_moved_session_takes_its_occasions_along(made: Made, work: Work, cast: Cast, make: Make) -> None:
    jo, held = make.actor(cast.accounts.coach), made.held
    set_seat(work, jo, held.public_id, made.members[0].public_id, Attendance.HERE)
    with pytest.raises(Refused):
        change_session(work, jo, held.public_id, 1, at(make.day(3)))
    change_session(work, jo, held.public_id, 1, at(make.day(-2), time(14), time(15)))
    seat = make.one(select(Occasion).join(GroupSeat, GroupSeat.id == Occasion.id))
    moved = row_of(make, GroupSession, held.public_id)
    assert (seat.local_day, seat.starts_at, moved.day) == (make.day(-2), moved.starts_at, make.day(-2))
    with pytest.raises(Stale):
        change_session(work, jo, held.public_id, 1, at(make.day(-3)))


def test_what_was_done_and_talked_about(made: Made, work: Work, cast: Cast, make: Make) -> None:
    jo, held = make.actor(cast.accounts.coach), made.held.public_id
    record_session(work, jo, RecordSession(held, 1, " Painted. ", "Colors\n\n Who buys? ", "Well done."))
    row = row_of(make, GroupSession, held)
    assert (row.done, row.topics, row.shared_note) == ("Painted.", ["Colors", "Who buys?"], "Well done.")
    with pytest.raises(Stale):
        record_session(work, jo, RecordSession(held, 1, "x", "", ""))
    with pytest.raises(Refused) as caught:
        record_session(work, jo, RecordSession(held, 2, "", "\n".join("x" * 13), ""))
    assert caught.value.field == "topics"
    assert not make.all(select(Audit).where(func.lower(Audit.action).like("%painted%")))


def test_tasks_from_the_list_and_new_ones(made: Made, work: Work, cast: Cast, make: Make) -> None:
    jo, group = make.actor(cast.accounts.coach), made.group.public_id
    known = cast.a.catalog.tasks[2]
    listed = add_task(work, jo, AddTask(group, known.public_id, planned_for=make.day(5)))
    new = add_task(work, jo, AddTask(group, name="Paint a wall"))
    assert row_of(make, GroupTask, listed).planned_for == make.day(5)
    task = make.one(select(Task).where(Task.id == row_of(make, GroupTask, new).task_id))
    assert (task.name, task.area, task.audience) == ({"en": "Paint a wall"}, "project", Audience.PROGRAM)
    assert move_task(work, jo, group, new, TaskState.DONE) is TaskState.PLANNED
    assert row_of(make, GroupTask, new).done_on == make.day(0)
    assert move_task(work, jo, group, new, TaskState.BEGUN) is TaskState.DONE
    assert row_of(make, GroupTask, new).done_on is None
    remove_task(work, jo, group, new)
    assert row_of(make, GroupTask, new) is None
    for refused in (AddTask(group), AddTask(group, name="x" * 121)):
        with pytest.raises(Refused):
            add_task(work, jo, refused)
    make.do(lambda session: session.execute(update(Task).where(Task.id == known.id).values(audience="private",
            participant_id=cast.a.participant.id)))  # fmt: skip
    with pytest.raises(NotFound):
        add_task(work, jo, AddTask(group, known.public_id))


def test_photos_are_kept_once_and_deleted_for_good(made: Made, work: Work, cast: Cast, make: Make) -> None:
    jo, group = make.actor(cast.accounts.coach), made.group.public_id
    command = AddPhoto(group, jpeg(), jpeg(4, 3), 8, 6, KEY, "The wall", made.held.public_id)
    photo = add_photo(work, jo, command)
    assert add_photo(work, jo, command) == photo
    assert row_of(make, GroupPhoto, photo).session_id == made.held.id
    with pytest.raises(Forbidden):
        delete_photo(work, make.actor(cast.accounts.noa), group, photo)
    delete_photo(work, jo, group, photo)
    assert row_of(make, GroupPhoto, photo) is None
    with pytest.raises(NotFound):
        delete_photo(work, jo, group, photo)
