"""Employers somebody is never matched with, and why. The reason stays with staff."""

from __future__ import annotations

from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.employers.employer import Employer
from placement.models.participants.profile import EmployerExclusion
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries.scope import in_program
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import keys_by_public_id, lock_participant
from placement.usecases.transaction import Work


def exclude_employer(work: Work, actor: Actor, public_id: str, employer_public_id: str, reason: str) -> None:
    """Never match with this employer; a second time changes the reason. Raises Refused, NotFound, Forbidden."""
    reason = reason.strip()
    if not reason:
        raise Refused(say("Write in a few words why, so that it can be looked at again later."), "reason")
    with work.transaction() as session:
        person = lock_participant(session, actor, public_id, Permission.PARTICIPANT_ABILITIES)
        own = in_program(actor, Employer.program_id)
        wanted = [employer_public_id]
        employer_id = keys_by_public_id(session, Employer.id, Employer.public_id, own, wanted)[employer_public_id]
        row = session.get(EmployerExclusion, (person.id, employer_id))
        if row is None:
            row = EmployerExclusion(
                program_id=person.program_id, participant_id=person.id, employer_id=employer_id, reason=reason
            )
            session.add(row)
        row.reason = reason
        audit(session, work, actor, "participants.exclude", "participant", person.id, employer=employer_id)


def allow_employer(work: Work, actor: Actor, public_id: str, employer_public_id: str) -> None:
    """Take an exclusion back. Raises NotFound if there is none, Forbidden."""
    with work.transaction() as session:
        person = lock_participant(session, actor, public_id, Permission.PARTICIPANT_ABILITIES)
        own = in_program(actor, Employer.program_id)
        wanted = [employer_public_id]
        employer_id = keys_by_public_id(session, Employer.id, Employer.public_id, own, wanted)[employer_public_id]
        row = session.get(EmployerExclusion, (person.id, employer_id))
        if row is None:
            raise NotFound
        session.delete(row)
        audit(session, work, actor, "participants.allow", "participant", person.id, employer=employer_id)
