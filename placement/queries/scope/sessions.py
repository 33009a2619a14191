"""One-to-one sessions: the participant and whoever holds them; what is shared also for who stands in, and a deputy."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, or_, true

from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.models.participants.participant import Participant
from placement.models.sessions.one_to_one import AgendaItem, ClinicalDeputy, OneToOne
from placement.policy.actor import Actor
from placement.queries.scope.program import in_program


def one_to_ones(actor: Actor, today: date) -> ColumnElement[bool]:
    """Sessions whose shared part the actor may read."""
    ways = [_of_the_participant(actor), _held_by(actor), deputized(actor, today)]
    if actor.roles & ASSIGNED_ROLES:
        ways.append(OneToOne.participant_id.in_(sorted(actor.covering)))
    return and_(in_program(actor, OneToOne.program_id), or_(*ways))


def held_sessions(actor: Actor) -> ColumnElement[bool]:
    """Sessions the actor holds, with people they look after today: theirs to write, the private note included."""
    return and_(in_program(actor, OneToOne.program_id), _held_by(actor))


def own_sessions(actor: Actor) -> ColumnElement[bool]:
    """Sessions of the participant who asks."""
    return and_(in_program(actor, OneToOne.program_id), _of_the_participant(actor))


def session_dates(actor: Actor) -> ColumnElement[bool]:
    """Sessions of which coordinators see the day and whether they took place; nothing of what was said."""
    return and_(in_program(actor, OneToOne.program_id), true() if Role.COORDINATOR in actor.roles else false())


def deputized(actor: Actor, today: date) -> ColumnElement[bool]:
    """Sessions of a colleague who, or whose program, named the actor as clinical deputy for today.

    What is kept of somebody forgotten is locked: nobody stands in there.
    """
    if not actor.roles & ASSIGNED_ROLES:
        return false()
    named = exists().where(
        ClinicalDeputy.program_id == OneToOne.program_id,
        ClinicalDeputy.account_id == OneToOne.account_id,
        ClinicalDeputy.deputy_account_id == actor.account_id,
        ClinicalDeputy.first_day <= today,
        or_(ClinicalDeputy.last_day.is_(None), ClinicalDeputy.last_day >= today),
    )
    forgotten = exists().where(Participant.id == OneToOne.participant_id, Participant.erased_at.is_not(None))
    return and_(in_program(actor, OneToOne.program_id), named.correlate(OneToOne), ~forgotten.correlate(OneToOne))


def agenda_items(actor: Actor) -> ColumnElement[bool]:
    """What two people want to talk about: theirs alone."""
    return and_(in_program(actor, AgendaItem.program_id), or_(*_of_the_pair(actor)))


def deputies(actor: Actor) -> ColumnElement[bool]:
    """Who was named as deputy: admins all of the program, therapists and coaches their own."""
    if Role.ADMIN in actor.roles:
        mine: ColumnElement[bool] = true()
    elif actor.roles & ASSIGNED_ROLES:
        mine = ClinicalDeputy.account_id == actor.account_id
    else:
        mine = false()
    return and_(in_program(actor, ClinicalDeputy.program_id), mine)


def _of_the_participant(actor: Actor) -> ColumnElement[bool]:
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return false()
    return OneToOne.participant_id == actor.participant_id


def _held_by(actor: Actor) -> ColumnElement[bool]:
    if not actor.roles & ASSIGNED_ROLES:
        return false()
    mine = OneToOne.account_id == actor.account_id
    return and_(mine, OneToOne.participant_id.in_(sorted(actor.caseload)))


def _of_the_pair(actor: Actor) -> list[ColumnElement[bool]]:
    ways: list[ColumnElement[bool]] = [false()]
    if Role.PARTICIPANT in actor.roles and actor.participant_id is not None:
        ways.append(AgendaItem.participant_id == actor.participant_id)
    if actor.roles & ASSIGNED_ROLES:
        theirs = AgendaItem.participant_id.in_(sorted(actor.caseload))
        ways.append(and_(AgendaItem.account_id == actor.account_id, theirs))
    return ways
