"""A course of sessions between two people, written through the use cases."""

from __future__ import annotations

from datetime import time
from uuid import uuid4

from placement.domain.sessions import CheckIn
from placement.domain.shifts import Attendance
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.usecases.sessions.agenda import AddItem, add_item
from placement.usecases.sessions.agreed import AgreeTask, agree_task
from placement.usecases.sessions.check_in import GiveCheckIn, give_check_in
from placement.usecases.sessions.deputies import NameDeputy, name_deputy
from placement.usecases.sessions.hold import HoldSession, hold_session
from placement.usecases.sessions.note import WriteNote, write_note
from placement.usecases.sessions.plan import PlanSession, SessionTime, plan_session
from tests.factories.make import Make


def key() -> str:
    return str(uuid4())


def talk(make: Make, therapist: Actor, person: Participant, days: int = -1, at: time = time(10)) -> str:
    """A session some days from today, 50 minutes long; its public id."""
    when = SessionTime(make.day(days), at, at.replace(minute=50), "Room 2")
    return plan_session(make.work, therapist, PlanSession(person.public_id, when, key()))


def talk_rows(make: Make, person: Participant, account: Account, therapist: Account, deputy: Account) -> dict[str, str]:
    """Yesterday's session, written down, with everything that belongs to it: kind of object → public id."""
    actor, own = make.actor(therapist), make.actor(account)
    made = talk(make, actor, person)
    item = add_item(
        make.work, own, AddItem(person.public_id, "The bus", key(), account=therapist.public_id)
    )  # fmt: skip
    hold_session(make.work, actor, HoldSession(made, 1, Attendance.HERE, "We spoke about the bus."))
    agreed = agree_task(make.work, actor, AgreeTask(made, "Take the bus twice", make.day(5), key()))
    write_note(make.work, actor, WriteNote(made, 0, "Tired today."))
    give_check_in(make.work, own, GiveCheckIn(made, CheckIn(heard=4, change="More breaks")))
    named = name_deputy(make.work, actor, NameDeputy(deputy.public_id, make.day(0), make.day(14)))
    return {"one_to_one": made, "agreed": agreed, "agenda_item": item, "deputy": named}
