"""Whom a shop can call: names and numbers, never what somebody is to the participant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, case, exists, or_, select
from sqlalchemy.orm import Session

from placement.domain.roles import Role
from placement.models.accounts.account import Account, Assignment, Membership
from placement.models.programs.program import HelpContact

#: More numbers help nobody who is in a hurry.
MOST = 3


@dataclass(frozen=True, slots=True)
class CallLine:
    """``name``: a person's, "" for the program itself."""

    name: str
    phone: str


def whom_to_call(db: Session, program_id: int, participant_id: int, today: date) -> list[CallLine]:
    """The participant's coach and the coordinators, who have a number; else the program's first line. One statement.

    Never a therapist: that somebody has one is nothing for a shop to know.
    """
    accompanies = exists().where(
        Assignment.participant_id == participant_id,
        Assignment.account_id == Account.id,
        Assignment.first_day <= today,
        or_(Assignment.last_day.is_(None), Assignment.last_day >= today),
    )
    coach = and_(Membership.role == Role.COACH, accompanies)
    first = case((accompanies, 0), else_=1)
    people = (
        select(Account.name, Account.phone, first.label("place"), Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.program_id == program_id,
            Membership.archived_at.is_(None),
            Account.archived_at.is_(None),
            Account.phone != "",
            or_(coach, Membership.role == Role.COORDINATOR),
        )
    )
    found: dict[str, CallLine] = {}
    for row in db.execute(people.order_by(first, Account.id).limit(MOST * 2)):
        found.setdefault(row.phone, CallLine(row.name, row.phone))
    return list(found.values())[:MOST] or _program_line(db, program_id)


def numbers_for(db: Session, program_id: int, participant_id: int, today: date) -> list[CallLine]:
    """The same, and the program's first line in any case. At most three statements."""
    lines = whom_to_call(db, program_id, participant_id, today)
    return lines + [line for line in _program_line(db, program_id) if line.phone not in {one.phone for one in lines}]


def _program_line(db: Session, program_id: int) -> list[CallLine]:
    row = db.execute(
        select(HelpContact.phone).where(HelpContact.program_id == program_id).order_by(HelpContact.position).limit(1)
    ).one_or_none()
    return [] if row is None else [CallLine("", row.phone)]
