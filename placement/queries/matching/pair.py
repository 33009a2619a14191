"""One person in a run: the pair factor by factor, every trait, every other opening and what stands against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.matching.explain import PartLine, TraitGap, explain_pair, trait_gaps
from placement.domain.matching.options import Option, options
from placement.domain.matching.problem import Problem
from placement.domain.proposals import Mark
from placement.domain.words import Say
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchBan, MatchRun, Proposal
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Trait
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.matching.runs import RunHead, run_head

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NamedOpening:
    public_id: str
    role: str
    employer: str
    site: str


@dataclass(frozen=True, slots=True)
class NamedGap:
    """A trait in the program's words; ``name`` is None once it has left the catalog."""

    name: Words | None
    gap: TraitGap


@dataclass(frozen=True, slots=True)
class NamedOption:
    """``banned``: ruled out by hand in this run, so that it can be taken back."""

    opening: NamedOpening
    option: Option
    banned: bool


@dataclass(frozen=True, slots=True)
class PersonInRun:
    """``opening``, ``parts``, ``gaps`` are empty for somebody left out; then ``reason`` says why."""

    run: RunHead
    participant_id: int
    public_id: str
    preferred_name: str
    family_name: str
    proposal: str
    mark: Mark
    fit: int | None
    opening: NamedOpening | None
    reason: Say | None
    parts: tuple[PartLine, ...]
    gaps: tuple[NamedGap, ...]
    others: tuple[NamedOption, ...]
    banned: bool

    @property
    def person(self) -> str:
        return f"{self.preferred_name} {self.family_name}".strip()


def person_in_run(db: Session, actor: Actor, run: str, participant: str) -> PersonInRun:
    """What the run found for this person. Raises NotFound if either is absent or foreign."""
    head = run_head(db, actor, run)
    row = _proposal(db, actor, head, participant)
    problem = Problem.from_json(db.scalar(select(MatchRun.problem).where(MatchRun.id == head.id)))
    banned = set(db.scalars(_bans(head, row.participant_id)))
    names = _openings(db, actor, [opening.key for opening in problem.openings])
    parts: tuple[PartLine, ...] = ()
    gaps: tuple[TraitGap, ...] = ()
    if row.opening is not None:
        parts = explain_pair(problem, participant, row.opening)
        gaps = trait_gaps(problem, participant, row.opening)
    traits = _traits(db, [gap.trait for gap in gaps]) if gaps else {}
    return PersonInRun(
        run=head,
        participant_id=row.participant_id,
        public_id=participant,
        preferred_name=row.preferred_name,
        family_name=row.family_name,
        proposal=row.public_id,
        mark=row.mark,
        fit=row.fit,
        opening=names.get(row.opening),
        reason=Say.from_json(row.reason) if row.reason else None,
        parts=parts,
        gaps=tuple(NamedGap(traits.get(gap.trait), gap) for gap in gaps),
        others=tuple(
            NamedOption(names[option.opening], option, option.opening in banned)
            for option in options(problem, participant)
            if option.opening in names and option.opening != row.opening
        ),
        banned=row.opening in banned,
    )


def _proposal(db: Session, actor: Actor, run: RunHead, participant: str) -> Any:
    row = db.execute(
        select(
            Proposal.public_id,
            Proposal.participant_id,
            Proposal.mark,
            Proposal.fit,
            Proposal.reason,
            Participant.preferred_name,
            Participant.family_name,
            Opening.public_id.label("opening"),
        )
        .join(Participant, Participant.id == Proposal.participant_id)
        .outerjoin(Opening, Opening.id == Proposal.opening_id)
        .where(Proposal.run_id == run.id, Participant.public_id == participant, scope.participants(actor))
    ).first()
    if row is None:
        raise NotFound
    return row


def _bans(run: RunHead, participant_id: int) -> Any:
    return (
        select(Opening.public_id)
        .join(MatchBan, MatchBan.opening_id == Opening.id)
        .where(MatchBan.run_id == run.id, MatchBan.participant_id == participant_id)
    )


def _openings(db: Session, actor: Actor, keys: list[str]) -> dict[str | None, NamedOpening]:
    rows = db.execute(
        select(Opening.public_id, Opening.role, Employer.name, Site.name.label("site"))
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(scope.in_program(actor, Opening.program_id), Opening.public_id.in_(keys))
    )
    return {row.public_id: NamedOpening(*row) for row in rows}


def _traits(db: Session, keys: list[str]) -> dict[str, Words]:
    rows: Any = db.execute(select(Trait.public_id, Trait.name).where(Trait.public_id.in_(keys)))
    return dict(rows.all())
