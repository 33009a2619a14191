"""Whom and what to match, by filter: conditions for lists and for "everybody found"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.participants import ParticipantStatus
from placement.models.accounts.account import Account, Assignment
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.employers.conditions import found_by
from placement.queries.matching.answers import asked_to_wait
from placement.queries.placements.choices import OCCUPYING, choosable, offered


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """``status`` None: everybody who may be placed. ``staff``: public id of whoever accompanies them. ``q``: a name."""

    status: ParticipantStatus | None = ParticipantStatus.WAITING
    staff: str = ""
    q: str = ""


@dataclass(frozen=True, slots=True)
class OpeningFilter:
    """``q``: role, employer or city. ``before``: beginning before this day."""

    q: str = ""
    before: date | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    public_id: str
    name: str
    own: bool


def people_where(actor: Actor, today: date, wanted: PeopleFilter) -> ColumnElement[bool]:
    """Participants to match. Who waits has no place; those who asked to wait are among them, and set aside later."""
    conditions = [choosable(actor)]
    if wanted.status is not None:
        conditions.append(Participant.status == wanted.status)
    if wanted.status is ParticipantStatus.WAITING:
        # Without an answer, comparing with one is neither true nor false.
        waits = func.coalesce(asked_to_wait(today), false())
        placed = exists().where(Placement.participant_id == Participant.id, Placement.state.in_(OCCUPYING), ~waits)
        conditions.append(~placed)
    if wanted.staff:
        conditions.append(
            exists().where(
                Assignment.participant_id == Participant.id,
                Assignment.account_id == Account.id,
                Account.public_id == wanted.staff,
                _current(today),
            )
        )
    if wanted.q.strip():
        conditions.append(found_by(Participant.sort_key, wanted.q))
    return and_(*conditions)


def openings_where(actor: Actor, today: date, wanted: OpeningFilter) -> ColumnElement[bool]:
    """Openings (joined with site and employer) with a free place."""
    conditions = [offered(actor, today)]
    if wanted.q.strip():
        conditions.append(found_by(Opening.sort_key, wanted.q))
    if wanted.before is not None:
        conditions.append(Opening.first_day < wanted.before)
    return and_(*conditions)


def everybody(db: Session, actor: Actor, today: date, wanted: PeopleFilter) -> dict[str, bool]:
    """Public ids of all people found → whether they asked to wait, so that the run leaves them out."""
    ensure(actor, Permission.MATCHING_RUN)
    waits = exists().where(Placement.participant_id == Participant.id, asked_to_wait(today))
    rows: Any = db.execute(
        select(Participant.public_id, waits).where(people_where(actor, today, wanted)).order_by(Participant.id)
    )
    return {public_id: bool(aside) for public_id, aside in rows}


def every_opening(db: Session, actor: Actor, today: date, wanted: OpeningFilter) -> tuple[str, ...]:
    """Public ids of all openings found."""
    ensure(actor, Permission.MATCHING_RUN)
    return tuple(
        db.scalars(
            select(Opening.public_id)
            .join(Site, Site.id == Opening.site_id)
            .join(Employer, Employer.id == Site.employer_id)
            .where(openings_where(actor, today, wanted))
            .order_by(Opening.id)
        )
    )


def staff(db: Session, actor: Actor, today: date) -> list[Staff]:
    """Everybody who accompanies somebody today, oneself first."""
    ensure(actor, Permission.MATCHING_RUN)
    rows: Any = db.execute(
        select(Account.id, Account.public_id, Account.name)
        .join(Assignment, Assignment.account_id == Account.id)
        .where(scope.in_program(actor, Assignment.program_id), _current(today))
        .distinct()
        .order_by(Account.name, Account.id)
    )
    found = [Staff(public_id, name, key == actor.account_id) for key, public_id, name in rows]
    return sorted(found, key=lambda one: not one.own)


def _current(today: date) -> ColumnElement[bool]:
    return and_(Assignment.first_day <= today, or_(Assignment.last_day.is_(None), Assignment.last_day >= today))
