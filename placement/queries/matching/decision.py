"""One person and one opening of a run, for a page that asks before something is decided about the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.matching.against import Against, against
from placement.domain.placements import Answer
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchBan, Proposal
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.matching.others import NamedOpening
from placement.queries.matching.runs import RunHead, run_with_problem
from placement.queries.matching.solved import laid_out, remembered


@dataclass(frozen=True, slots=True)
class Decision:
    """``against``: what stands against the two, None where nothing does. ``ban_reason``: why it was taken out."""

    run: RunHead
    participant_id: int
    public_id: str
    preferred_name: str
    family_name: str
    opening: NamedOpening
    against: Against | None
    ban_reason: str

    @property
    def person(self) -> str:
        return f"{self.preferred_name} {self.family_name}".strip()


def decision(db: Session, actor: Actor, run: str, participant: str, opening: str) -> Decision:
    """In two statements. Raises NotFound if any of them is absent, foreign, or no part of the run."""
    known = remembered(run)
    head, problem = run_with_problem(db, actor, run, known is None)
    row = _the_two(db, actor, head, participant, opening)
    what = known or laid_out(run, problem)
    if participant not in what.person or opening not in what.opening:
        raise NotFound
    taken = {opening} if row.reason is not None else set()
    said_no = {opening} if row.said_no else set()
    found = against(what.problem.only(participant, opening), participant, taken, said_no)
    return Decision(
        head,
        row.id,
        participant,
        row.preferred_name,
        row.family_name,
        NamedOpening(row.public_id, row.role, row.employer, row.site),
        found[0] if found else None,
        row.reason or "",
    )


def _the_two(db: Session, actor: Actor, head: RunHead, participant: str, opening: str) -> Any:
    """Both by name, why they were taken out, and whether the person has said no. Raises NotFound."""
    said_no = exists().where(
        Placement.participant_id == Participant.id,
        Placement.opening_id == Opening.id,
        Placement.answer == Answer.NO,
    )
    taken_out = and_(
        MatchBan.run_id == Proposal.run_id,
        MatchBan.participant_id == Proposal.participant_id,
        MatchBan.opening_id == Opening.id,
    )
    columns: tuple[Any, ...] = (
        *(Participant.id, Participant.preferred_name, Participant.family_name, Opening.public_id, Opening.role),
        *(Employer.name.label("employer"), Site.name.label("site"), MatchBan.reason, said_no.label("said_no")),
    )
    row = db.execute(
        select(*columns)
        .select_from(Proposal)
        .join(Participant, Participant.id == Proposal.participant_id)
        .join(Opening, and_(Opening.public_id == opening, Opening.program_id == Proposal.program_id))
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(MatchBan, taken_out)
        .where(Proposal.run_id == head.id, Participant.public_id == participant, scope.participants(actor))
    ).first()
    if row is None:
        raise NotFound
    return row
