"""Which member of staff looks after whom, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.roles import Role
from placement.domain.words import say
from placement.models.accounts.account import Account, Assignment, Membership
from placement.models.base import new_public_id
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import keys_by_public_id, lock_participant
from placement.usecases.transaction import Work

#: Who can be given participants.
LOOKING_AFTER = (Role.COORDINATOR, Role.THERAPIST, Role.COACH)


@dataclass(frozen=True, slots=True)
class AssignStaff:
    """Public ids of participant and accounts; days are inclusive, ``last_day`` None means until further notice."""

    public_id: str
    account_public_id: str
    first_day: date
    last_day: date | None = None
    stands_in_for: str | None = None


def assign_staff(work: Work, actor: Actor, command: AssignStaff) -> str:
    """Give a participant to a member of staff; returns the assignment's public id.

    Raises Refused for days in the wrong order, somebody standing in for themselves, or the same assignment twice;
    NotFound for accounts that are not staff here; Forbidden.
    """
    if command.last_day is not None and command.last_day < command.first_day:
        raise Refused(say("The last day is before the first one."), "last_day")
    if command.stands_in_for == command.account_public_id:
        raise Refused(say("Nobody can stand in for themselves."), "stands_in_for")
    with work.transaction() as session:
        person = lock_participant(session, actor, command.public_id, Permission.PARTICIPANT_ASSIGN)
        wanted = {command.account_public_id} | ({command.stands_in_for} if command.stands_in_for else set())
        is_staff = Account.id.in_(_staff(actor.program))
        ids = keys_by_public_id(session, Account.id, Account.public_id, is_staff, wanted)
        row = Assignment(
            public_id=new_public_id(), program_id=person.program_id, participant_id=person.id,
            account_id=ids[command.account_public_id], first_day=command.first_day, last_day=command.last_day,
            stands_in_for_id=ids[command.stands_in_for] if command.stands_in_for else None, created_at=work.clock(),
        )  # fmt: skip
        _refuse_twice(session, row)
        session.add(row)
        session.flush()
        audit(session, work, actor, "participants.assign", "assignment", row.id, participant=person.id)
        return row.public_id


def end_assignment(work: Work, actor: Actor, public_id: str, last_day: date) -> None:
    """Let an assignment (by its public id) end after ``last_day``; one that never began by then is taken away.

    Raises Refused for a day before an assignment that has begun, NotFound, Forbidden.
    """
    with work.transaction() as session:
        person = session.scalar(
            select(Participant.public_id)
            .join(Assignment, Assignment.participant_id == Participant.id)
            .where(Assignment.public_id == public_id)
        )
        lock_participant(session, actor, person or "", Permission.PARTICIPANT_ASSIGN, archived=True)
        row = session.scalar(select(Assignment).where(Assignment.public_id == public_id))
        if row is None:
            raise NotFound
        if last_day >= row.first_day:
            row.last_day = last_day
        elif row.first_day > actor.today(work.clock()):
            session.delete(row)
        else:
            raise Refused(say("The last day is before the first one."), "last_day")
        audit(session, work, actor, "participants.end_assignment", "assignment", row.id)


def _staff(program_id: int) -> Select[int]:
    return select(Membership.account_id).where(
        Membership.program_id == program_id,
        Membership.role.in_(LOOKING_AFTER),
        Membership.archived_at.is_(None),
    )


def _refuse_twice(session: Session, row: Assignment) -> None:
    """The same person in the same part on the same day."""
    overlapping = session.scalar(
        select(Assignment.id)
        .where(
            Assignment.participant_id == row.participant_id,
            Assignment.account_id == row.account_id,
            Assignment.stands_in_for_id == row.stands_in_for_id
            if row.stands_in_for_id
            else Assignment.stands_in_for_id.is_(None),
            or_(Assignment.last_day.is_(None), Assignment.last_day >= row.first_day),
            *([Assignment.first_day <= row.last_day] if row.last_day else []),
        )
        .limit(1)
    )
    if overlapping is not None:
        raise Refused(say("This person is already assigned on some of these days."), "account")
