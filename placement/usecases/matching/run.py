"""Running the matching: load, solve, keep the result as a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.matching.problem import WHOLE, Settings
from placement.domain.matching.result import Solution
from placement.domain.matching.run import match
from placement.domain.matching.solve import LockError
from placement.domain.proposals import Mark, RunState
from placement.domain.words import say
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchBan, MatchRun, Proposal
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.matching.problem import Loaded, load_problem
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RunMatching:
    """Participants and openings by public id; ``minimum_fit`` in basis points.

    ``from_run``: the run whose locks and bans are kept.
    """

    name: str
    participants: tuple[str, ...]
    openings: tuple[str, ...]
    minimum_fit: int = 0
    from_run: str | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a former run hands on, and whom and what it knew."""

    locks: tuple[Pair, ...] = ()
    bans: tuple[tuple[Pair, str], ...] = ()
    known: frozenset[str] = frozenset()


def run_matching(work: Work, actor: Actor, command: RunMatching) -> str:
    """Match and keep the result as a new draft; returns its public id.

    Solving happens between two transactions: it may take a second, and writers must not queue behind it. Raises
    NotFound for a foreign key, Refused when nobody or nothing is chosen, or a kept pair no longer holds.
    """
    settings = Settings(minimum_fit=command.minimum_fit) if 0 <= command.minimum_fit <= WHOLE else None
    if settings is None:
        raise Refused(say("The minimum fit is a number from 0 to 100."), "minimum_fit")
    with work.transaction() as session:
        ensure(actor, Permission.MATCHING_RUN, Facts(actor.program))
        kept = _kept(session, actor, command.from_run)
        bans = [pair for pair, _reason in kept.bans]
        loaded = load_problem(session, actor, command.participants, command.openings, settings, kept.locks, bans)
        _check(loaded, command, kept)
        names = _names(session, loaded) if loaded.problem.locks else {}
    try:
        solution = match(loaded.problem)
    except LockError as error:
        person, opening = loaded.problem.locks[error.lock]
        text = say("%(person)s – %(opening)s cannot be kept. %(reason)s", person=names[person], opening=names[opening],
                   reason=error.reason)  # fmt: skip
        raise Refused(text) from error
    with work.transaction() as session:
        return _store(session, work, actor, command, loaded, solution, kept)


def _check(loaded: Loaded, command: RunMatching, kept: _Kept) -> None:
    """What a former run knew may have gone since; anything else that is missing was never this actor's."""
    missing = (set(command.participants) - set(loaded.people)) | (set(command.openings) - set(loaded.openings))
    if missing - kept.known:
        raise NotFound
    if not loaded.people:
        raise Refused(say("Choose at least one person."), "people")
    if not loaded.openings:
        raise Refused(say("Choose at least one opening."), "openings")


def _kept(session: Session, actor: Actor, public_id: str | None) -> _Kept:
    if public_id is None:
        return _Kept()
    run = session.execute(
        select(MatchRun.id, MatchRun.problem).where(
            MatchRun.public_id == public_id, scope.in_program(actor, MatchRun.program_id)
        )
    ).first()
    if run is None:
        raise NotFound
    pairs = select(Participant.public_id, Opening.public_id)
    locks: Any = session.execute(
        pairs.select_from(Proposal)
        .join(Participant, Participant.id == Proposal.participant_id)
        .join(Opening, Opening.id == Proposal.opening_id)
        .where(Proposal.run_id == run.id, Proposal.mark == Mark.LOCKED)
    )
    bans: Any = session.execute(
        pairs.add_columns(MatchBan.reason)
        .select_from(MatchBan)
        .join(Participant, Participant.id == MatchBan.participant_id)
        .join(Opening, Opening.id == MatchBan.opening_id)
        .where(MatchBan.run_id == run.id)
    )
    known = {item["key"] for side in ("people", "openings") for item in run.problem[side]}
    return _Kept(
        tuple((person, opening) for person, opening in locks),
        tuple(((person, opening), reason) for person, opening, reason in bans),
        frozenset(known),
    )


def _names(session: Session, loaded: Loaded) -> dict[str, str]:
    """Names of the locked pairs' people and openings, for a refusal."""
    people = {person for person, _opening in loaded.problem.locks}
    openings = {opening for _person, opening in loaded.problem.locks}
    found: Any = session.execute(
        select(Participant.public_id, Participant.preferred_name).where(Participant.public_id.in_(sorted(people)))
    ).all()
    roles: Any = session.execute(
        select(Opening.public_id, Opening.role).where(Opening.public_id.in_(sorted(openings)))
    ).all()
    return dict([*found, *roles])


def _store(
    session: Session, work: Work, actor: Actor, command: RunMatching, loaded: Loaded, solution: Solution, kept: _Kept
) -> str:
    run = MatchRun(
        program_id=actor.program,
        name=command.name,
        state=RunState.DRAFT,
        created_by_id=actor.account_id,
        created_at=work.clock(),
        problem=loaded.problem.to_json(),
        people=len(loaded.people),
        places=sum(opening.places for opening in loaded.problem.openings),
        placed=solution.placed,
        total_fit=solution.total,
        proved_best=solution.certified,
    )
    session.add(run)
    session.flush()
    session.execute(insert(Proposal), _proposals(actor.program, run.id, loaded, solution))
    for (person, opening), reason in kept.bans:
        if person in loaded.people and opening in loaded.openings:
            session.add(
                MatchBan(
                    program_id=run.program_id,
                    run_id=run.id,
                    participant_id=loaded.people[person],
                    opening_id=loaded.openings[opening].id,
                    reason=reason,
                    created_at=work.clock(),
                )
            )
    audit(session, work, actor, "matching.run", "match_run", run.id, people=run.people, placed=run.placed)
    return run.public_id


def _proposals(program_id: int, run_id: int, loaded: Loaded, solution: Solution) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    common = {"program_id": program_id, "run_id": run_id}
    for pair in solution.pairs:
        parts = {name: getattr(pair.parts, name) for name in ("profile", "wishes", "travel", "schedule")}
        row = {"opening_id": loaded.openings[pair.opening].id, "fit": pair.fit, "parts": parts, "reason": None}
        mark = Mark.LOCKED if pair.locked else Mark.FREE
        rows.append(common | row | {"participant_id": loaded.people[pair.person], "mark": mark})
    for left in solution.left_out:
        row = {"opening_id": None, "fit": None, "parts": None, "reason": left.reason.to_json()}
        rows.append(common | row | {"participant_id": loaded.people[left.person], "mark": Mark.FREE})
    return rows
