"""Running the matching: load, solve, keep the result as a draft; a large one is solved in the background."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.jobs import JobKind
from placement.domain.matching.holds import check_locks, stands_against
from placement.domain.matching.problem import Settings
from placement.domain.matching.result import Solution
from placement.domain.matching.run import match
from placement.domain.matching.solve import LockError
from placement.domain.matching.trial import Trial, compare
from placement.domain.proposals import RunState
from placement.domain.words import say
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchRun
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.matching.kept import PAIR, Kept, kept_of, pairs_of
from placement.queries.matching.problem import Loaded, load_problem
from placement.usecases.effects.log import audit, enqueue
from placement.usecases.effects.matching import ByHand, keep_answer, keep_aside, keep_by_hand
from placement.usecases.transaction import Work

#: Up to so many pairs of people and openings are solved while somebody waits: at most 0.3 s of one core, 0.9 s in the
#: mode that lifts the worst-off (200 × 150: 0.07 and 0.09 s, all of the request). Beyond, a worker solves, and the
#: page can be left.
PAIRS_AT_ONCE = 400_000
#: People, and openings, in one run: databases take only so many values in one statement.
MOST = 10_000
#: So often a run is made again because the one it starts from changed meanwhile.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Hold:
    """A pair to be kept from now on. With a reason it is forced: it may break a rule, or lie below the minimum fit."""

    participant: str
    opening: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RunMatching:
    """Participants and openings by public id. ``from_run``: the run whose locks, forced pairs and bans are kept."""

    name: str
    participants: tuple[str, ...]
    openings: tuple[str, ...]
    settings: Settings = field(default_factory=Settings)
    from_run: str | None = None
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be solved, and what was set by hand."""

    loaded: Loaded
    by_hand: ByHand
    kept: Kept


def run_matching(work: Work, actor: Actor, command: RunMatching) -> str:
    """Match and keep the result as a new draft; returns its public id.

    Writers must not queue behind it: everything is read, and a small run solved, before the transaction. A run above
    ``PAIRS_AT_ONCE`` is kept unsolved and handed to the worker. Raises NotFound for a foreign key, Refused when nobody
    or nothing is chosen, when ``from_run`` changes all the time, or a pair cannot be kept or forced: a rule without a
    reason, a protection, a missing place, and the participant's own no always.
    """
    if max(len(command.participants), len(command.openings)) > MOST:
        raise Refused(say("A run holds up to %(most)s people and as many openings. Choose fewer.", most=MOST))
    for _ in range(TRIES):
        with work.reading() as session:
            asked = _asked(session, work, actor, command)
        large = len(asked.loaded.people) * len(asked.loaded.openings) > PAIRS_AT_ONCE
        solution = None if large else match(asked.loaded.problem)
        with work.transaction() as session:
            if _as_it_was(session, asked.kept):
                return _keep(session, work, actor, command, asked, solution)
    raise Refused(say("Somebody is changing the draft this one starts from. Please try again."))


def try_matching(work: Work, actor: Actor, command: RunMatching) -> Trial:
    """What :func:`run_matching` would find, against the pairs of ``from_run``, both by the new settings; keeps nothing.

    Above ``PAIRS_AT_ONCE`` nothing is solved and only the present pairs are measured. Raises the same.
    """
    with work.reading() as session:
        asked = _asked(session, work, actor, command)
        before = {} if asked.kept.run_id is None else pairs_of(session, asked.kept.run_id)
    problem = asked.loaded.problem
    if len(problem.people) * len(problem.openings) > PAIRS_AT_ONCE:
        return compare(problem, before, None)
    return compare(problem, before, {pair.person: pair.opening for pair in match(problem).pairs})


def _asked(session: Session, work: Work, actor: Actor, command: RunMatching) -> _Asked:
    ensure(actor, Permission.MATCHING_RUN, Facts(actor.program))
    kept = kept_of(session, actor, command.from_run) if command.from_run else Kept()
    by_hand, locks = _by_hand(kept, command.hold)
    loaded = load_problem(
        session,
        actor,
        command.participants,
        command.openings,
        command.settings,
        locks | set(by_hand.forces),
        by_hand.bans,
        by_hand.forces,
        actor.today(work.clock()),
    )
    _check(loaded, command, kept)
    if command.hold:
        _check_hold(loaded, command.hold)
    try:
        check_locks(loaded.problem)
    except LockError as error:
        raise _not_kept(session, loaded.problem.locks[error.lock], error) from error
    forces = {pair: reason for pair, reason in by_hand.forces.items() if pair not in loaded.declined}
    return _Asked(loaded, ByHand(by_hand.bans, forces), kept)


def _by_hand(kept: Kept, hold: Hold | None) -> tuple[ByHand, set[PAIR]]:
    """The former run's, with the new pair in place of whatever held its person; a reason outweighs a ban by hand."""
    if hold is None:
        return ByHand(kept.bans, kept.forces), set(kept.locks)
    new = (hold.participant, hold.opening)
    locks = {pair for pair in kept.locks if pair[0] != hold.participant}
    forces = {pair: reason for pair, reason in kept.forces.items() if pair[0] != hold.participant}
    if hold.reason is None:
        return ByHand(kept.bans, forces), locks | {new}
    bans = {pair: reason for pair, reason in kept.bans.items() if pair != new}
    return ByHand(bans, {**forces, new: hold.reason.strip()}), locks


def _check(loaded: Loaded, command: RunMatching, kept: Kept) -> None:
    """What a former run knew may have gone since; anything else that is missing was never this actor's."""
    people = set(loaded.people) | set(loaded.aside)
    missing = (set(command.participants) - people) | (set(command.openings) - set(loaded.openings))
    if missing - kept.known:
        raise NotFound
    if loaded.aside and not loaded.people:
        raise Refused(say("Nobody chosen can be matched today: they said “not now”, or want to talk first."), "people")
    if not loaded.people:
        raise Refused(say("Choose at least one person."), "people")
    if not loaded.openings:
        raise Refused(say("Choose at least one opening."), "openings")


def _check_hold(loaded: Loaded, hold: Hold) -> None:
    """Refused if the pair cannot be held; protections and places are left to :func:`check_locks`."""
    if hold.participant in loaded.aside:
        raise Refused(loaded.aside[hold.participant])
    if hold.participant not in loaded.people or hold.opening not in loaded.openings:
        raise NotFound
    if (hold.participant, hold.opening) in loaded.declined:
        raise Refused(say("They said no to this place, and their no stands."))
    if hold.reason is not None and not hold.reason.strip():
        raise Refused(say("Say why, so that others can understand it later."), "reason")
    against = None if hold.reason else stands_against(loaded.problem, hold.participant, hold.opening)
    if against is not None:
        raise Refused(against)


def _not_kept(session: Session, pair: PAIR, error: LockError) -> Refused:
    person = session.scalar(select(Participant.preferred_name).where(Participant.public_id == pair[0]))
    opening = session.scalar(select(Opening.role).where(Opening.public_id == pair[1]))
    return Refused(
        say("%(person)s – %(opening)s cannot be kept. %(reason)s", person=person, opening=opening, reason=error.reason)
    )


def _as_it_was(session: Session, kept: Kept) -> bool:
    """Whether the former run is still as it was read, and held so until the end."""
    if kept.run_id is None:
        return True
    same = select(MatchRun.id).where(MatchRun.id == kept.run_id, MatchRun.version == kept.version)
    return session.scalar(same.with_for_update(read=True)) is not None


def _keep(
    session: Session, work: Work, actor: Actor, command: RunMatching, asked: _Asked, solution: Solution | None
) -> str:
    """The new draft, or, without an answer, a run for the worker to solve; its public id."""
    if solution is None:
        run = _add(session, work, actor, command, asked, RunState.SOLVING)
        enqueue(session, work, JobKind.SOLVE_MATCHING, actor.program, {"run": run.id})
        return run.public_id
    run = _add(session, work, actor, command, asked, RunState.DRAFT)
    openings = {key: terms.id for key, terms in asked.loaded.openings.items()}
    keep_answer(session, run, asked.loaded.problem, solution, asked.loaded.people, openings)
    return run.public_id


def _add(session: Session, work: Work, actor: Actor, command: RunMatching, asked: _Asked, state: RunState) -> MatchRun:
    problem = asked.loaded.problem
    values: dict[str, Any] = {} if state is RunState.DRAFT else {"progress": 0}
    run = MatchRun(
        program_id=actor.program,
        name=command.name,
        state=state,
        created_by_id=actor.account_id,
        created_at=work.clock(),
        problem=problem.to_json(),
        people=len(asked.loaded.people) + len(asked.loaded.aside),
        places=sum(opening.places for opening in problem.openings),
        placed=0,
        total_fit=0,
        proved_best=False,
        from_run_id=asked.kept.run_id,
        **values,
    )
    session.add(run)
    session.flush()
    keep_by_hand(session, run, asked.loaded, asked.by_hand, run.created_at)
    keep_aside(session, run, asked.loaded)
    audit(session, work, actor, "matching.run", "match_run", run.id, people=run.people, openings=len(problem.openings))
    return run
