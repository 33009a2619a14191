"""A course of sessions: agenda of both, what waits, what comes back, the sealed words, deputies."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.sessions import OPENED, AgreedState, CheckIn
from placement.domain.shifts import Attendance
from placement.extensions import Base
from placement.models.accounts.account import Assignment
from placement.models.feedback.observation import Observation
from placement.models.progress.summary import TaskSummary
from placement.models.sessions.one_to_one import (
    ClinicalDeputy,
    NoteOpening,
    OneToOne,
    SessionCheckIn,
    SessionNote,
)
from placement.models.shifts.occasion import Occasion
from placement.models.system.log import Audit
from placement.policy.actor import Actor
from placement.queries.sessions.agreed import own_open_tasks
from placement.queries.sessions.course import course_with, own_courses
from placement.queries.sessions.note import deputy_note, own_note
from placement.queries.sessions.one import session_page
from placement.usecases.sessions.agenda import AddItem, add_item, take_back_item
from placement.usecases.sessions.agreed import AgreeTask, SayAgreed, agree_task, say_agreed
from placement.usecases.sessions.check_in import GiveCheckIn, give_check_in
from placement.usecases.sessions.deputies import NameDeputy, end_deputy, name_deputy
from placement.usecases.sessions.hold import HoldSession, Review, hold_session
from placement.usecases.sessions.note import OpenNote, WriteNote, open_note, write_note
from placement.usecases.sessions.plan import MoveSession, PlanSession, SessionTime, move_session, plan_session
from placement.usecases.sessions.practice import WritePractice, write_practice
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.sessions.talks import key, talk, talk_rows


def test_the_agenda_waits_until_it_was_talked_about(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    whose = cast.accounts.therapist.public_id
    person = cast.a.participant.public_id
    first, second = talk(make, thea, cast.a.participant, -8), talk(make, thea, cast.a.participant, -1)
    bus = add_item(work, noa, AddItem(person, "The bus", key(), whose))
    sleep = add_item(work, thea, AddItem(person, "Sleep", key()))
    hold_session(work, thea, HoldSession(first, 1, Attendance.HERE, talked=frozenset({bus})))
    assert _talked(reads, work, noa, first) == {"The bus": True, "Sleep": False}
    assert _talked(reads, work, noa, second) == {"Sleep": False}
    with pytest.raises(Refused):
        take_back_item(work, noa, bus)
    with pytest.raises(Forbidden):
        take_back_item(work, noa, sleep)
    hold_session(work, thea, HoldSession(first, 2, Attendance.HERE))
    assert _talked(reads, work, noa, second) == {"The bus": False, "Sleep": False}
    take_back_item(work, noa, bus)
    assert _talked(reads, work, thea, second) == {"Sleep": False}


def test_agreed_tasks_come_back_next_time(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    first, second = talk(make, thea, cast.a.participant, -8), talk(make, thea, cast.a.participant, -1)
    task = agree_task(work, thea, AgreeTask(first, "Two stops by bus", make.day(2), key()))
    assert say_agreed(work, noa, SayAgreed(task, AgreedState.PARTLY, "Music")) is AgreedState.OPEN
    (back,) = [one for one in session_page(reads, thea, work.cipher, work.clock(), second).agreed if one.back]
    assert (back.words.text, back.state, back.helped.text) == ("Two stops by bus", AgreedState.PARTLY, "Music")
    done = HoldSession(second, 1, Attendance.HERE, reviews={task: Review(AgreedState.DONE, "A friend came along")})
    hold_session(work, thea, done)
    assert own_open_tasks(reads, noa, work.cipher) == ()
    with pytest.raises(Refused):
        say_agreed(work, noa, SayAgreed(task, AgreedState.NOT))


def test_a_session_in_the_hour_that_does_not_exist_is_refused(cast: Cast, make: Make, work: Work) -> None:
    thea = make.actor(cast.accounts.therapist)
    spring = replace(SessionTime(make.day(1), time(2, 15), time(3, 30)), day=make.day(1).replace(2027, 3, 28))
    with pytest.raises(Refused) as refused:
        plan_session(work, thea, PlanSession(cast.a.participant.public_id, spring, key()))
    assert refused.value.field == "start"
    autumn = replace(spring, day=spring.day.replace(2027, 10, 31))
    with pytest.raises(Refused) as refused:
        plan_session(work, thea, PlanSession(cast.a.participant.public_id, autumn, key()))
    assert refused.value.field == "start_fold"
    made = plan_session(work, thea, PlanSession(cast.a.participant.public_id, replace(autumn, start_fold=1), key()))
    row = make.one(select(Occasion).join(OneToOne, OneToOne.id == Occasion.id).where(OneToOne.public_id == made))
    assert row.ends_at - row.starts_at == timedelta(hours=1, minutes=15)


def test_nobody_holds_two_at_once_and_two_see_each_other(cast: Cast, make: Make, work: Work) -> None:
    thea = make.actor(cast.accounts.therapist)
    made = talk(make, thea, cast.a.participant, 2)
    with pytest.raises(Refused):
        talk(make, thea, cast.a.participant, 2, time(10, 30))
    moved = SessionTime(make.day(3), time(9), time(10))
    move_session(work, thea, MoveSession(made, 1, moved))
    with pytest.raises(Stale):
        move_session(work, thea, MoveSession(made, 1, replace(moved, place="Garden")))


def test_the_raw_rows_hold_none_of_the_words(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    planted = [f"Xylophone {part}" for part in ("bus", "summary", "note", "until", "helped", "change")]
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    made = talk(make, thea, cast.a.participant, -3)
    item = AddItem(cast.a.participant.public_id, planted[0], key(), cast.accounts.therapist.public_id)
    add_item(work, noa, item)
    hold_session(work, thea, HoldSession(made, 1, Attendance.HERE, planted[1]))
    write_note(work, thea, WriteNote(made, 0, planted[2]))
    task = agree_task(work, thea, AgreeTask(made, planted[3], None, key()))
    say_agreed(work, noa, SayAgreed(task, AgreedState.DONE, planted[4]))
    give_check_in(work, noa, GiveCheckIn(made, CheckIn(heard=2, change=planted[5])))
    dump = b"".join(_dump(make))
    assert b"Corner Grocery" in dump
    assert b"ylophone" not in dump
    page = session_page(reads, thea, work.cipher, work.clock(), made)
    assert page.head.summary.text == planted[1]


def test_swapped_seals_are_told_calmly(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    one, two = talk(make, thea, cast.a.participant, -3), talk(make, thea, cast.a.participant, -1)
    for made, text in ((one, "First"), (two, "Second")):
        hold_session(work, thea, HoldSession(made, 1, Attendance.HERE, text))
        write_note(work, thea, WriteNote(made, 0, text))
        give_check_in(work, noa, GiveCheckIn(made, CheckIn(heard=3)))
    make.do(_swap)
    for made in (one, two):
        page = session_page(reads, noa, work.cipher, work.clock(), made)
        assert page.head.summary.broken
        assert own_note(reads, thea, work.cipher, work.clock(), made).words.broken
    (course,) = own_courses(reads, noa, work.cipher).courses
    assert [said.answers for said in course.said] == [None, None]


def test_a_deputy_opens_a_note_with_a_reason_the_person_reads(
    cast: Cast, make: Make, work: Work, reads: Session
) -> None:
    found = talk_rows(
        make, cast.a.participant, cast.accounts.noa, cast.accounts.therapist, cast.accounts.coach
    )["one_to_one"]  # fmt: skip
    jo, noa, now = make.actor(cast.accounts.coach), make.actor(cast.accounts.noa), work.clock()
    assert deputy_note(reads, jo, work.cipher, now, found).words is None
    with pytest.raises(Refused):
        open_note(work, jo, OpenNote(found, ""))
    open_note(work, jo, OpenNote(found, "Thea is ill"))
    words = deputy_note(reads, jo, work.cipher, now, found).words
    assert words is not None
    assert words.text == "Tired today."
    (opening,) = session_page(reads, noa, work.cipher, now, found).openings
    assert (opening.by, opening.reason) == (cast.accounts.coach.name, "Thea is ill")
    assert make.one(select(func.count()).where(Audit.action == "session_note.open")) == 1
    assert deputy_note(reads, jo, work.cipher, now + OPENED, found).words is None
    with pytest.raises(NotFound):
        deputy_note(reads, noa, work.cipher, now, found)


def test_only_while_named(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    rows = talk_rows(make, cast.a.participant, cast.accounts.noa, cast.accounts.therapist, cast.accounts.coach)
    jo = make.actor(cast.accounts.coach)
    end_deputy(work, make.actor(cast.accounts.therapist), rows["deputy"])
    with pytest.raises(NotFound):
        open_note(work, jo, OpenNote(rows["one_to_one"], "Curious"))
    with pytest.raises(NotFound):
        session_page(reads, jo, work.cipher, work.clock(), rows["one_to_one"])
    assert make.one(select(func.count()).select_from(NoteOpening)) == 0
    with pytest.raises(Forbidden):
        name_deputy(work, jo, NameDeputy(
            cast.accounts.coach.public_id, make.day(0), make.day(1), cast.accounts.therapist.public_id
        ))  # fmt: skip
    assert make.one(select(func.count()).select_from(ClinicalDeputy)) == 1


def test_nothing_is_seen_after_the_assignment(cast: Cast, make: Make, work: Work, reads: Session) -> None:
    rows = talk_rows(make, cast.a.participant, cast.accounts.noa, cast.accounts.therapist, cast.accounts.coach)
    make.do(lambda session: session.execute(
        update(Assignment).where(Assignment.account_id == cast.accounts.therapist.id).values(last_day=make.day(-1))
    ))  # fmt: skip
    thea = make.actor(cast.accounts.therapist)
    with pytest.raises(NotFound):
        own_note(reads, thea, work.cipher, work.clock(), rows["one_to_one"])
    with pytest.raises(NotFound):
        course_with(reads, thea, work.cipher, cast.a.participant.public_id)
    with pytest.raises(NotFound):
        write_note(work, thea, WriteNote(rows["one_to_one"], 1, "Later"))


def test_practice_is_seen_on_the_one_spine(cast: Cast, make: Make, work: Work) -> None:
    thea, task = make.actor(cast.accounts.therapist), cast.a.catalog.tasks[3]
    made = talk(make, thea, cast.a.participant, -1)
    level = cast.a.catalog.levels[6].public_id
    with pytest.raises(Refused):
        write_practice(work, thea, WritePractice(made, {task.public_id: level}))
    hold_session(work, thea, HoldSession(made, 1, Attendance.HERE))
    assert write_practice(work, thea, WritePractice(made, {task.public_id: level})) == 1
    summary = make.one(select(TaskSummary).where(TaskSummary.task_id == task.id))
    assert summary is not None
    write_practice(work, thea, WritePractice(made, {}))
    current = select(func.count()).where(Observation.task_id == task.id, Observation.replaced_at.is_(None))
    assert make.one(current) == 0
    assert make.one(select(TaskSummary).where(TaskSummary.task_id == task.id)) is None


def test_skipping_everything_takes_the_answers_back(cast: Cast, make: Make, work: Work) -> None:
    thea, noa = make.actor(cast.accounts.therapist), make.actor(cast.accounts.noa)
    made = talk(make, thea, cast.a.participant, -1)
    give_check_in(work, noa, GiveCheckIn(made, CheckIn()))
    assert make.one(select(func.count()).select_from(SessionCheckIn)) == 0
    give_check_in(work, noa, GiveCheckIn(made, CheckIn(useful=5)))
    give_check_in(work, noa, GiveCheckIn(made, CheckIn()))
    assert make.one(select(func.count()).select_from(SessionCheckIn)) == 0


def _talked(reads: Session, work: Work, actor: Actor, session: str) -> dict[str, bool]:
    page = session_page(reads, actor, work.cipher, work.clock(), session)
    return {item.words.text: item.talked for item in page.agenda}


def _dump(make: Make) -> list[bytes]:
    """Every value of every row of every table, as bytes; the database's files too, where there are some."""

    def read(session: Session) -> list[bytes]:
        found = []
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                found += [bytes(part) if isinstance(part, bytes | memoryview) else str(part).encode() for part in row]
        bind = session.get_bind()
        if bind.dialect.name == "sqlite":
            path = Path(str(bind.engine.url.database))
            found += [file.read_bytes() for file in sorted(path.parent.glob(path.name + "*"))]
        return found

    return make.do(read)


def _swap(session: Session) -> None:
    sealed: tuple[tuple[Any, str], ...] = (
        (OneToOne, "summary_sealed"), (SessionNote, "text_sealed"), (SessionCheckIn, "answers_sealed"),
    )  # fmt: skip
    for table, column in sealed:
        one, two = session.scalars(select(table).where(getattr(table, column).is_not(None)).order_by(table.id))
        first, second = getattr(one, column), getattr(two, column)
        setattr(one, column, second)
        setattr(two, column, first)
