"""What a former run hands on to the next one: pairs kept, forced and ruled out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.proposals import Mark
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchBan, MatchForce, MatchRun, Proposal
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.queries import scope

#: (participant, opening) by public id.
PAIR = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """``locks`` without the forced pairs; ``forces`` and ``bans`` with their reasons.

    ``known``: public ids of everybody and every opening the run was asked about.
    """

    run_id: int | None = None
    version: int = 0
    locks: frozenset[PAIR] = frozenset()
    forces: Mapping[PAIR, str] = field(default_factory=dict)
    bans: Mapping[PAIR, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()


def kept_of(db: Session, actor: Actor, public_id: str) -> Kept:
    """What this run hands on. Raises NotFound if it is absent or foreign."""
    run: Any = db.execute(
        select(MatchRun.id, MatchRun.version, MatchRun.problem).where(
            MatchRun.public_id == public_id, scope.in_program(actor, MatchRun.program_id)
        )
    ).first()
    if run is None:
        raise NotFound
    rows = _rows(db, run.id)
    marked = {(person, opening): mark for person, opening, mark in rows if opening is not None}
    forces = _reasons(db, MatchForce, run.id)
    if marked:
        locks = {pair for pair, mark in marked.items() if mark is not Mark.FREE}
        forces = {pair: reason for pair, reason in forces.items() if pair in locks}
    else:
        # Never solved: what it was asked to keep.
        locks = {(person, opening) for person, opening in run.problem["locks"]}
    known = {item["key"] for side in ("people", "openings") for item in run.problem[side]}
    return Kept(
        run.id,
        run.version,
        frozenset(locks - set(forces)),
        forces,
        _reasons(db, MatchBan, run.id),
        frozenset(known | {person for person, _opening, _mark in rows}),
    )


def pairs_of(db: Session, run_id: int) -> dict[str, str]:
    """Participant → opening of a run within the program, by public id, without the pairs taken out by hand."""
    bans = _reasons(db, MatchBan, run_id)
    pairs = ((person, opening) for person, opening, _mark in _rows(db, run_id) if opening is not None)
    return {person: opening for person, opening in pairs if (person, opening) not in bans}


def _rows(db: Session, run_id: int) -> list[tuple[str, str | None, Mark]]:
    """Everybody of the run, those set aside among them, with their opening and its mark."""
    rows: Any = db.execute(
        select(Participant.public_id, Opening.public_id, Proposal.mark)
        .select_from(Proposal)
        .join(Participant, Participant.id == Proposal.participant_id)
        .outerjoin(Opening, Opening.id == Proposal.opening_id)
        .where(Proposal.run_id == run_id)
    )
    return list(rows)


def _reasons(db: Session, model: type[MatchBan] | type[MatchForce], run_id: int) -> dict[PAIR, str]:
    rows: Any = db.execute(
        select(Participant.public_id, Opening.public_id, model.reason)
        .select_from(model)
        .join(Participant, Participant.id == model.participant_id)
        .join(Opening, Opening.id == model.opening_id)
        .where(model.run_id == run_id)
        .order_by(Participant.id, Opening.id)
    )
    return {(person, opening): reason for person, opening, reason in rows}
