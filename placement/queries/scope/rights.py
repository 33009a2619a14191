"""What somebody asked about their record: themself, and those who answer each kind."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, or_

from placement.domain.rights import RequestKind
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.models.rights.rights import RightsRequest
from placement.models.sessions.one_to_one import OneToOne, SessionNote
from placement.policy.actor import Actor
from placement.queries.scope.program import in_program
from placement.queries.scope.sessions import deputized


def rights_requests(actor: Actor, today: date) -> ColumnElement[bool]:
    """Requests the actor may answer today; never a participant's own."""
    kind = RightsRequest.kind
    ways: list[ColumnElement[bool]] = [false()]
    if Role.COORDINATOR in actor.roles:
        ways.append(kind.in_((RequestKind.CORRECTION, RequestKind.ERASURE)))
    if Role.ADMIN in actor.roles:
        ways.append(kind == RequestKind.ERASURE)
    if actor.roles & ASSIGNED_ROLES:
        theirs = RightsRequest.participant_id.in_(sorted(actor.caseload))
        ways.append(and_(kind == RequestKind.CORRECTION, theirs))
        ways.append(and_(kind == RequestKind.READ_NOTE, _note_of(actor, today)))
    return and_(in_program(actor, RightsRequest.program_id), or_(*ways))


def own_requests(actor: Actor) -> ColumnElement[bool]:
    """What the participant who asks has asked."""
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return false()
    return and_(in_program(actor, RightsRequest.program_id), RightsRequest.participant_id == actor.participant_id)


def own_notes(actor: Actor) -> ColumnElement[bool]:
    """Private notes about the participant who asks: that they exist; the words only where they were opened."""
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return false()
    return and_(in_program(actor, SessionNote.program_id), SessionNote.participant_id == actor.participant_id)


def _note_of(actor: Actor, today: date) -> ColumnElement[bool]:
    """Written by the actor about somebody they look after today, or by a colleague whose deputy they are."""
    mine = and_(SessionNote.by_account_id == actor.account_id, SessionNote.participant_id.in_(sorted(actor.caseload)))
    stands_in = and_(SessionNote.by_account_id == OneToOne.account_id, deputized(actor, today))
    return (
        exists()
        .where(SessionNote.id == RightsRequest.note_id, OneToOne.id == SessionNote.session_id, or_(mine, stands_in))
        .correlate(RightsRequest)
    )
