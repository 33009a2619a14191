"""Placing somebody by hand, without a matching run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.openings import OpeningState
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import PlacementKind
from placement.domain.words import say
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.participants.profile import EmployerExclusion
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.placements import NewPlacement, add_placement
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class ProposePlacement:
    """Public ids of person and opening. Without a pattern (a week's mask) the opening's own is taken."""

    participant: str
    opening: str
    kind: PlacementKind = PlacementKind.INTERNSHIP
    first_day: date | None = None
    last_day: date | None = None
    pattern: int | None = None


class OpeningRow(NamedTuple):
    """What is asked of an opening."""

    id: int
    state: OpeningState
    first_day: date
    last_day: date | None
    pattern: int
    employer_id: int


def propose_placement(work: Work, actor: Actor, command: ProposePlacement) -> str:
    """Propose an opening to a participant and return the placement's public id.

    The first day is the opening's, or today if that is over, unless one is given. Raises NotFound, and Refused for
    an opening that is closed or full, a person who is already there, or an employer they are never to be matched with.
    """
    with work.transaction() as session:
        ensure(actor, Permission.PLACEMENT_MANAGE, Facts(actor.program))
        person_id = _person(session, actor, command.participant)
        opening = _opening(session, actor, command.opening)
        first_day = command.first_day or max(opening.first_day, actor.today(work.clock()))
        last_day = command.last_day or opening.last_day
        _check(session, person_id, opening, first_day, last_day)
        row = add_placement(
            session,
            work,
            actor,
            NewPlacement(
                program_id=actor.program,
                participant_id=person_id,
                opening_id=opening.id,
                kind=command.kind,
                first_day=first_day,
                last_day=last_day,
                pattern=opening.pattern if command.pattern is None else command.pattern,
            ),
        )
        return row.public_id


def _person(session: Session, actor: Actor, public_id: str) -> int:
    found = session.execute(
        select(Participant.id, Participant.status).where(
            Participant.public_id == public_id, Participant.archived_at.is_(None), scope.participants(actor)
        )
    ).first()
    if found is None:
        raise NotFound
    if found.status is ParticipantStatus.FINISHED:
        raise Refused(say("This person has finished the program."), "participant")
    return int(found.id)


def _opening(session: Session, actor: Actor, public_id: str) -> OpeningRow:
    found = session.execute(
        select(Opening.id, Opening.state, Opening.first_day, Opening.last_day, Opening.pattern, Site.employer_id)
        .join(Site, Site.id == Opening.site_id)
        .where(
            Opening.public_id == public_id,
            Opening.archived_at.is_(None),
            scope.in_program(actor, Opening.program_id),
        )
    ).first()
    if found is None:
        raise NotFound
    return OpeningRow(*found)


def _check(session: Session, person_id: int, opening: OpeningRow, first_day: date, last_day: date | None) -> None:
    if opening.state is not OpeningState.OPEN:
        raise Refused(say("This opening is not open at the moment."), "opening")
    if last_day is not None and last_day < first_day:
        raise Refused(say("The last day must not be before the first."), "last_day")
    excluded = session.scalar(
        select(EmployerExclusion.employer_id).where(
            EmployerExclusion.participant_id == person_id, EmployerExclusion.employer_id == opening.employer_id
        )
    )
    if excluded is not None:
        raise Refused(say("They are never to be matched with this employer."), "opening")
