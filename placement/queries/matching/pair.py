"""One person in a run: the pair factor by factor, every trait, the other openings, their cost and what fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.matching.explain import PartLine, TraitGap, explain_pair, trait_gaps
from placement.domain.matching.left_out import easing
from placement.domain.matching.problem import Problem
from placement.domain.placements import Answer
from placement.domain.proposals import Mark
from placement.domain.words import Say
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchBan, MatchForce, Proposal
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Accommodation, Trait
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.matching.others import ByHand, NamedOpening, Others, others_of
from placement.queries.matching.runs import RunHead, run_with_problem
from placement.queries.matching.solved import laid_out, remembered

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NamedGap:
    """A trait in the program's words; ``name`` is None once it has left the catalog."""

    name: Words | None
    gap: TraitGap


@dataclass(frozen=True, slots=True)
class PersonInRun:
    """``opening``, ``parts``, ``gaps`` are empty for somebody left out; then ``reason`` says why.

    ``aside``: they asked to wait, so that nothing was looked for.

    ``easing``: the smallest single change that would open something to them, where nothing is possible.
    """

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
    easing: Say | None
    parts: tuple[PartLine, ...]
    gaps: tuple[NamedGap, ...]
    others: Others
    banned: bool
    ban_reason: str
    force_reason: str
    aside: bool

    @property
    def person(self) -> str:
        return f"{self.preferred_name} {self.family_name}".strip()


def person_in_run(db: Session, actor: Actor, run: str, participant: str, k: int = 5) -> PersonInRun:
    """What the run found for this person, and ``k`` other openings of either kind, in five statements.

    Raises NotFound if either is absent or foreign.
    """
    known = remembered(run)
    head, problem = run_with_problem(db, actor, run, known is None)
    rows = {row.person: row for row in db.execute(_rows(actor, head))}
    row = rows.get(participant)
    if row is None:
        raise NotFound
    what = known or laid_out(run, problem)
    by_hand = _by_hand(db, head, row.participant_id)
    names = _openings(db, actor, list(what.opening))
    parts, gaps = _explained(what.problem, participant, row.opening)
    needs = what.problem.person(participant).needs if participant in what.person else frozenset()
    words = _words(db, actor, [gap.trait for gap in gaps], needs)
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
        easing=_easing(what.problem, participant, words) if row.opening is None else None,
        parts=parts,
        gaps=tuple(NamedGap(words.get(gap.trait), gap) for gap in gaps),
        others=others_of(head, what, rows, by_hand, names, words, participant, k),
        banned=(participant, row.opening) in by_hand.bans,
        ban_reason=by_hand.bans.get((participant, row.opening), ""),
        force_reason=by_hand.forces.get((participant, row.opening), "") if row.mark is Mark.FORCED else "",
        aside=participant not in what.person,
    )


def _explained(problem: Problem, person: str, opening: str | None) -> tuple[Any, Any]:
    if opening is None:
        return (), ()
    return explain_pair(problem, person, opening), trait_gaps(problem, person, opening)


def _easing(problem: Problem, person: str, names: Mapping[str, Words]) -> Say | None:
    found = easing(problem, person) if any(one.key == person for one in problem.people) else None
    return found.words(names) if found is not None else None


def _rows(actor: Actor, run: RunHead) -> Any:
    """Everybody in the run: who they are, and where."""
    return (
        select(
            Participant.public_id.label("person"),
            *(Proposal.public_id, Proposal.participant_id, Proposal.mark, Proposal.fit, Proposal.reason),
            *(Participant.preferred_name, Participant.family_name, Opening.public_id.label("opening")),
        )
        .join(Participant, Participant.id == Proposal.participant_id)
        .outerjoin(Opening, Opening.id == Proposal.opening_id)
        .where(Proposal.run_id == run.id, scope.participants(actor))
        .order_by(Proposal.id)
    )


def _by_hand(db: Session, run: RunHead, participant_id: int) -> ByHand:
    """Bans and forced pairs with their reasons, and this person's own noes, in one statement."""
    found = ByHand({}, {}, set())
    kinds = (("ban", MatchBan), ("force", MatchForce))
    parts = [
        select(literal(kind), Participant.public_id, Opening.public_id, table.reason)
        .select_from(table)
        .join(Participant, Participant.id == table.participant_id)
        .join(Opening, Opening.id == table.opening_id)
        .where(table.run_id == run.id)
        for kind, table in kinds
    ]
    noes = (
        select(literal("no"), literal(""), Opening.public_id, literal(""))
        .select_from(Placement)
        .join(Opening, Opening.id == Placement.opening_id)
        .where(Placement.participant_id == participant_id, Placement.answer == Answer.NO)
    )
    for kind, person, opening, reason in db.execute(union_all(*parts, noes)):
        if kind == "no":
            found.said_no.add(opening)
        else:
            (found.bans if kind == "ban" else found.forces)[person, opening] = reason
    return found


def _openings(db: Session, actor: Actor, keys: list[str]) -> dict[str | None, NamedOpening]:
    rows = db.execute(
        select(Opening.public_id, Opening.role, Employer.name, Site.name.label("site"))
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(scope.in_program(actor, Opening.program_id), Opening.public_id.in_(keys))
    )
    return {row.public_id: NamedOpening(*row) for row in rows}


def _words(db: Session, actor: Actor, traits: Iterable[str], needs: Iterable[str]) -> dict[str, Words]:
    """Names of traits and accommodations by public id, in one statement."""
    parts = [
        select(table.public_id, table.name).where(
            scope.in_program(actor, table.program_id), table.public_id.in_(sorted(keys))
        )
        for table, keys in ((Trait, traits), (Accommodation, needs))
    ]
    rows: Any = db.execute(union_all(*parts))
    return dict(rows.all())
