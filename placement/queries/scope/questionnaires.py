"""Questionnaires of a program, and what was handed out: seen by the participant, its giver and its one reader."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, true

from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.models.questionnaires.questionnaire import Handout, Questionnaire
from placement.policy.actor import Actor
from placement.queries.scope.program import in_program


def questionnaires(actor: Actor) -> ColumnElement[bool]:
    """The program's questionnaires, for admins and therapists."""
    mine = true() if actor.roles & {Role.ADMIN, Role.THERAPIST} else false()
    return and_(in_program(actor, Questionnaire.program_id), mine)


def own_handouts(actor: Actor) -> ColumnElement[bool]:
    """What the participant who asks was given."""
    if Role.PARTICIPANT not in actor.roles or actor.participant_id is None:
        return false()
    return and_(in_program(actor, Handout.program_id), Handout.participant_id == actor.participant_id)


def handouts_to_read(actor: Actor) -> ColumnElement[bool]:
    """What the actor was named to read, of people they look after today."""
    if not actor.roles & ASSIGNED_ROLES:
        return false()
    return _about_my_people(actor, Handout.reader_account_id == actor.account_id)


def takeable_handouts(actor: Actor) -> ColumnElement[bool]:
    """What the actor handed out as therapist, to people they look after today."""
    if Role.THERAPIST not in actor.roles:
        return false()
    return _about_my_people(actor, Handout.by_account_id == actor.account_id)


def seen_handouts(actor: Actor) -> ColumnElement[bool]:
    """Of which a member of staff knows that they were handed out."""
    return or_(handouts_to_read(actor), takeable_handouts(actor))


def _about_my_people(actor: Actor, mine: ColumnElement[bool]) -> ColumnElement[bool]:
    theirs = Handout.participant_id.in_(sorted(actor.caseload))
    return and_(in_program(actor, Handout.program_id), mine, theirs)
