"""Keeping a matching run: the run with its question, what was set by hand, and the answer once it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from placement.domain.matching.measures import straight_km, weakest_share
from placement.domain.matching.problem import Problem, Weights
from placement.domain.matching.result import Pair, Solution
from placement.domain.proposals import Mark, RunState
from placement.models.matching.run import MatchBan, MatchForce, MatchRun, Proposal
from placement.queries.matching.problem import Loaded

#: (participant, opening) by public id.
PAIR = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ByHand:
    """Bans and forced pairs with their reasons, by public ids."""

    bans: Mapping[PAIR, str]
    forces: Mapping[PAIR, str]


def keep_by_hand(session: Session, run: MatchRun, loaded: Loaded, by_hand: ByHand, now: datetime) -> None:
    """Rows for what was set by hand, as far as both sides are still in the run."""
    for model, pairs in ((MatchBan, by_hand.bans), (MatchForce, by_hand.forces)):
        rows = [
            {
                "program_id": run.program_id,
                "run_id": run.id,
                "participant_id": loaded.people[person],
                "opening_id": loaded.openings[opening].id,
                "reason": reason,
                "created_at": now,
            }
            for (person, opening), reason in pairs.items()
            if person in loaded.people and opening in loaded.openings
        ]
        if rows:
            session.execute(insert(model), rows)


def keep_aside(session: Session, run: MatchRun, loaded: Loaded) -> None:
    """Rows for those who are not to be matched today, each with why."""
    rows = [
        _common(run) | _NOWHERE | {"participant_id": loaded.aside_ids[key], "reason": reason.to_json()}
        for key, reason in loaded.aside.items()
    ]
    if rows:
        session.execute(insert(Proposal), rows)


def keep_answer(
    session: Session,
    run: MatchRun,
    problem: Problem,
    solution: Solution,
    people: Mapping[str, int],
    openings: Mapping[str, int],
) -> None:
    """A row for everybody in the problem, and the run becomes a draft.

    ``people``, ``openings``: public id → id of those that are still there; who was erased meanwhile has no row.
    """
    sides = {p.key: p for p in problem.people}, {o.key: o for o in problem.openings}
    rows = [
        _common(run)
        | _pair(pair, problem.settings.weights, straight_km(sides[0][pair.person], sides[1][pair.opening]))
        | {"participant_id": people[pair.person], "opening_id": openings[pair.opening]}
        for pair in solution.pairs
        if pair.person in people and pair.opening in openings
    ]
    run.placed, run.total_fit = len(rows), sum(row["fit"] for row in rows)
    rows += [
        _common(run) | _NOWHERE | {"participant_id": people[left.person], "reason": left.reason.to_json()}
        for left in solution.left_out
        if left.person in people
    ]
    if rows:
        session.execute(insert(Proposal), rows)
    run.worst_fit = solution.worst
    run.proved_best = solution.certified
    run.progress = 100
    run.state = RunState.DRAFT


_NOWHERE: dict[str, Any] = {
    "opening_id": None, "fit": None, "parts": None, "weakest": None, "contested": None, "km": None, "mark": Mark.FREE,
}  # fmt: skip


def _common(run: MatchRun) -> dict[str, Any]:
    return {"program_id": run.program_id, "run_id": run.id}


def _pair(pair: Pair, weights: Weights, km: float | None) -> dict[str, Any]:
    return {
        "fit": pair.fit,
        "parts": {name: getattr(pair.parts, name) for name in ("profile", "wishes", "travel", "schedule")},
        "weakest": weakest_share(pair.parts, weights),
        "contested": pair.contested,
        "km": km,
        "reason": None,
        "mark": Mark.FORCED if pair.forced else Mark.LOCKED if pair.locked else Mark.FREE,
    }
