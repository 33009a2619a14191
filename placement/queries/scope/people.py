"""Rows about people: their record, placements, goals, contacts, and what was written about them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from placement.domain.occasions import Audience
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.models.contacts.contact import Contact
from placement.models.feedback.observation import Feedback
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.progress.plan import Goal
from placement.models.shifts.absence import Busy
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries.scope.program import in_program


def of_people(actor: Actor, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Rows about those whose record the actor may see, by the column that says whom they are about."""
    if Role.COORDINATOR in actor.roles:
        return true()
    seen: set[int] = set()
    if actor.roles & ASSIGNED_ROLES:
        seen |= actor.caseload
    if Role.PARTICIPANT in actor.roles and actor.participant_id is not None:
        seen.add(actor.participant_id)
    return column.in_(sorted(seen)) if seen else false()


def participants(actor: Actor) -> ColumnElement[bool]:
    """Participants whose record the actor may see."""
    return and_(in_program(actor, Participant.program_id), of_people(actor, Participant.id))


def placements(actor: Actor) -> ColumnElement[bool]:
    """Placements of visible participants."""
    return and_(in_program(actor, Placement.program_id), of_people(actor, Placement.participant_id))


def tasks(actor: Actor) -> ColumnElement[bool]:
    """Tasks by audience: private ones only for their participant and their therapist."""
    private = and_(
        Task.audience == Audience.PRIVATE,
        Task.participant_id.in_(sorted(_private_people(actor))),
    )
    return and_(in_program(actor, Task.program_id), or_(Task.audience == Audience.PROGRAM, private))


def suggestions(actor: Actor) -> ColumnElement[bool]:
    """Suggested levels the actor may decide on: abilities of those they look after; coordinators all, and openings'."""
    about = ProfileSuggestion.participant_id
    if Role.COORDINATOR in actor.roles:
        mine: ColumnElement[bool] = true()
    elif actor.roles & ASSIGNED_ROLES:
        mine = about.in_(sorted(actor.caseload))
    else:
        mine = false()
    return and_(in_program(actor, ProfileSuggestion.program_id), mine)


def contacts(actor: Actor) -> ColumnElement[bool]:
    """Contacts with those somebody looks after, coordinators all; never a participant's own."""
    if Role.COORDINATOR in actor.roles:
        theirs: ColumnElement[bool] = true()
    elif actor.roles & ASSIGNED_ROLES:
        theirs = Contact.participant_id.in_(sorted(actor.caseload))
    else:
        theirs = false()
    return and_(in_program(actor, Contact.program_id), theirs)


def own_contacts(actor: Actor) -> ColumnElement[bool]:
    """Of those, what the actor may correct and has to come back to: what they wrote, coordinators all."""
    mine = true() if Role.COORDINATOR in actor.roles else Contact.account_id == actor.account_id
    return and_(contacts(actor), mine)


def goals(actor: Actor) -> ColumnElement[bool]:
    """Goals of visible participants, their own included."""
    return and_(in_program(actor, Goal.program_id), of_people(actor, Goal.participant_id))


def absences(actor: Actor) -> ColumnElement[bool]:
    """Times at which a visible person can't work, their own included."""
    return and_(in_program(actor, Busy.program_id), of_people(actor, Busy.participant_id))


def words_about(actor: Actor) -> ColumnElement[bool]:
    """Feedback joined with its occasion: what others wrote about visible people, themselves included."""
    return and_(in_program(actor, Feedback.program_id), of_people(actor, Occasion.participant_id))


def _private_people(actor: Actor) -> set[int]:
    people = set(actor.caseload) if Role.THERAPIST in actor.roles else set()
    if Role.PARTICIPANT in actor.roles and actor.participant_id is not None:
        people.add(actor.participant_id)
    return people
