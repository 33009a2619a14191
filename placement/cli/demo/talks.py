"""A course of one-to-one sessions of the first participant who signs in, with a therapist and a named deputy."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from placement.cli.demo.desk import Desk
from placement.cli.demo.talk_words import MINE, WAITING, WEEKS, Week
from placement.domain.shifts import Attendance
from placement.domain.story import Intern
from placement.policy.actor import Actor
from placement.usecases.sessions.agenda import AddItem, add_item
from placement.usecases.sessions.agreed import AgreeTask, agree_task
from placement.usecases.sessions.check_in import GiveCheckIn, give_check_in
from placement.usecases.sessions.deputies import NameDeputy, name_deputy
from placement.usecases.sessions.hold import HoldSession, Review, hold_session
from placement.usecases.sessions.note import WriteNote, write_note
from placement.usecases.sessions.plan import PlanSession, SessionTime, plan_session
from placement.usecases.sessions.practice import WritePractice, write_practice
from placement.usecases.transaction import Work

#: Sessions are in the evening, when nobody has a shift.
START, END = time(17, 0), time(17, 50)
_PLACE = {"en": "Room 2, first floor", "de": "Raum 2, erster Stock"}
#: What they practiced in the fourth session, and how much help it took (canonical rank).
PRACTICED, RANK = "greet_customers", 4


def write_talks(desk: Desk) -> None:
    """One session a week, the last of them a few days ago; the next one in three days."""
    for intern in [row for row in desk.story.interns if row.account][:1]:
        key = next((staff for staff, away in intern.assigned if staff.startswith("therapist") and not away), None)
        if key is not None:
            _course(desk, intern, key)


def _course(desk: Desk, intern: Intern, key: str) -> None:
    therapist, today = desk.actor(key), desk.work.clock().date()
    weeks = WEEKS[desk.story.locale]
    days = [today - timedelta(weeks=len(weeks) - nth, days=-3) for nth in range(len(weeks))]
    held = [(day, week) for day, week in zip(days, weeks, strict=True) if day >= desk.story.began.date()]
    before: tuple[str, Week] | None = None
    for nth, (day, week) in enumerate(held):
        before = _session(desk, intern, therapist, key, day, week, before, nth)
    _next(desk, intern, therapist, key)


def _session(
    desk: Desk, intern: Intern, therapist: Actor, key: str, day: date, week: Week, before: tuple[str, Week] | None,
    nth: int,
) -> tuple[str, Week]:  # fmt: skip
    """Plan, prepare, hold and write down one session; what was agreed, for the next one."""
    own, person = desk.actor(intern.account or ""), desk.interns[intern.key]
    earlier, after = desk.on(day - timedelta(days=2)), _after(desk, therapist, day)
    made = plan_session(earlier, therapist, PlanSession(person, _time(desk, day), _key("talk", intern, day)))
    item = add_item(earlier, own, AddItem(person, week.wanted, _key("item", intern, day), desk.accounts[key]))
    reviews = {} if before is None else {before[0]: Review(before[1].state, before[1].helped)}
    hold = HoldSession(made, 1, Attendance.HERE, week.summary, frozenset({item}), reviews)
    hold_session(after, therapist, hold)
    write_note(after, therapist, WriteNote(made, 0, week.note))
    give_check_in(after, own, GiveCheckIn(made, week.check))
    if nth == 3 and PRACTICED in desk.tasks:
        write_practice(after, therapist, WritePractice(made, {desk.tasks[PRACTICED]: desk.levels[RANK]}))
    command = AgreeTask(made, week.agreed, day + timedelta(days=7), _key("agreed", intern, day))
    return agree_task(after, therapist, command), week


def _next(desk: Desk, intern: Intern, therapist: Actor, key: str) -> None:
    """The session to come, with something from both to talk about; and who may open the notes meanwhile."""
    own, person, today = desk.actor(intern.account or ""), desk.interns[intern.key], desk.work.clock().date()
    yesterday, day = desk.on(today - timedelta(days=1)), today + timedelta(days=3)
    plan_session(yesterday, therapist, PlanSession(person, _time(desk, day), _key("talk", intern, day)))
    waiting, mine = WAITING[desk.story.locale], MINE[desk.story.locale]
    add_item(yesterday, therapist, AddItem(person, waiting, _key("waiting", intern, day)))
    add_item(yesterday, own, AddItem(person, mine, _key("mine", intern, day), desk.accounts[key]))
    others = [one for one in desk.accounts if one.startswith("therapist") and one != key]
    for deputy in others[:1]:
        named = NameDeputy(desk.accounts[deputy], yesterday.clock().date(), today + timedelta(days=90))
        name_deputy(yesterday, therapist, named)


def _time(desk: Desk, day: date) -> SessionTime:
    return SessionTime(day, START, END, _PLACE[desk.story.locale])


def _after(desk: Desk, therapist: Actor, day: date) -> Work:
    """Half an hour after the session."""
    return desk.at(datetime.combine(day, END, ZoneInfo(therapist.zone)) + timedelta(minutes=30))


def _key(what: str, intern: Intern, day: date) -> str:
    return str(uuid5(NAMESPACE_URL, f"{what}:{intern.key}:{day}"))
