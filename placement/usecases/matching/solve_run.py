"""Solving a stored run in the background: at least once, written once, and never left hanging."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, defer

from placement.domain.jobs import JobKind
from placement.domain.matching.problem import Problem
from placement.domain.matching.result import Solution
from placement.domain.matching.run import match
from placement.domain.matching.score import MOST_PAIRS, TooManyPairsError
from placement.domain.proposals import RunState
from placement.domain.words import Say, say
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchRun
from placement.models.participants.participant import Participant
from placement.models.system.job import Job
from placement.policy.actor import System
from placement.usecases.effects.log import audit
from placement.usecases.effects.matching import keep_answer
from placement.usecases.transaction import Work

#: A run that took its worker down with it so often is not tried again.
MOST_ATTEMPTS = 3
#: Percent done when the question is read, and when the answer is there; solving lies between.
_READ, _ANSWERED = 5, 90

_LOST = say("It was begun several times and never came to an end. Try again with fewer people or openings.")
_TOO_MANY = say(
    "More than %(n)s million pairs are possible. Choose fewer people or openings.", n=MOST_PAIRS // 1_000_000
)
_UNSOLVED = say("No answer was found that passes every check. Try again; if it happens again, tell who runs this site.")


class _Gone(Exception):
    """The run is no longer to be solved: set aside meanwhile, or solved by another worker."""


@dataclass(frozen=True, slots=True)
class SolveRun:
    """``run``: id of the run; ``attempt`` counts this one, from 1."""

    run: int
    attempt: int = 1


def solve_run(work: Work, command: SolveRun) -> None:
    """Solve a run that waits, and make it a draft. One that does not wait any more stays as it is.

    What was solved before it was stored is solved again; the answer is the same. If solving fails, the run says so in
    its state, and the failure is raised for the log. A database that is gone is raised alone: the job comes back.
    """
    if command.attempt > MOST_ATTEMPTS:
        _fail(work, command.run, _LOST)
        return
    try:
        _advance(work, command.run, _READ)
        with work.reading() as session:
            stored = session.scalar(select(MatchRun.problem).where(MatchRun.id == command.run))
        problem, solution = _solve(work, command.run, stored)
        with work.transaction() as session:
            _keep(session, work, command.run, problem, solution)
    except _Gone:
        return


def fail_lost_runs(work: Work) -> None:
    """Runs whose job was given up say so, instead of waiting forever."""
    with work.transaction() as session:
        jobs: Any = session.scalars(
            select(Job.refs).where(Job.kind == JobKind.SOLVE_MATCHING, Job.dead_at.is_not(None))
        )
        lost = [int(refs["run"]) for refs in jobs]
    for run in lost:
        _fail(work, run, _LOST)


def _solve(work: Work, run: int, stored: object) -> tuple[Problem, Solution]:
    """Question and answer. Whatever goes wrong in it is the run's end; a database that is gone is only the job's."""

    def tell(percent: int) -> None:
        _advance(work, run, _READ + percent * (_ANSWERED - _READ) // 100)

    try:
        problem = Problem.from_json(stored)
        return problem, match(problem, tell)
    except (_Gone, SQLAlchemyError):
        raise
    except TooManyPairsError as error:
        _fail(work, run, _TOO_MANY)
        raise _Gone from error
    except Exception:
        _fail(work, run, _UNSOLVED)
        raise


def _advance(work: Work, run: int, percent: int) -> None:
    """Write how far it is, in a transaction of its own. Raises _Gone if nobody waits for it any more."""
    with work.transaction() as session:
        done = session.execute(
            update(MatchRun)
            .where(MatchRun.id == run, MatchRun.state == RunState.SOLVING)
            .values(progress=percent)
            .execution_options(synchronize_session=False)
        )
        if not isinstance(done, CursorResult) or done.rowcount != 1:
            raise _Gone


def _keep(session: Session, work: Work, key: int, problem: Problem, solution: Solution) -> None:
    run = _waiting(session, key)
    if run is None:
        raise _Gone
    people = _ids(session, Participant, [person.key for person in problem.people], run.program_id)
    openings = _ids(session, Opening, [opening.key for opening in problem.openings], run.program_id)
    keep_answer(session, run, problem, solution, people, openings)
    audit(session, work, System(run.program_id), "matching.solve", "match_run", run.id, placed=run.placed)


def _fail(work: Work, key: int, why: Say) -> None:
    with work.transaction() as session:
        run = _waiting(session, key)
        if run is not None:
            run.state, run.failure = RunState.FAILED, why.to_json()
            audit(session, work, System(run.program_id), "matching.fail", "match_run", run.id)


def _waiting(session: Session, key: int) -> MatchRun | None:
    """The run, held, while it waits to be solved."""
    return session.scalar(
        select(MatchRun)
        .where(MatchRun.id == key, MatchRun.state == RunState.SOLVING)
        .options(defer(MatchRun.problem))
        .with_for_update()
    )


def _ids(
    session: Session, model: type[Participant] | type[Opening], keys: Collection[str], program_id: int
) -> dict[str, int]:
    rows: Any = session.execute(
        select(model.public_id, model.id).where(model.public_id.in_(keys), model.program_id == program_id)
    )
    return dict(rows.all())
