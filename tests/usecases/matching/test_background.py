"""Large runs: kept unsolved, solved by the worker, written once, never left hanging."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.jobs import MAX_ATTEMPTS, PATIENCE, JobKind, backoff
from placement.domain.placements import Answer, PlacementState
from placement.domain.proposals import Mark, RunState
from placement.domain.words import Say
from placement.models.matching.run import MatchForce, MatchRun, Proposal
from placement.models.system.job import Job
from placement.models.system.log import Audit
from placement.queries.mails.due import Due
from placement.usecases.matching import run as running
from placement.usecases.matching.marks import discard_run, restore_run
from placement.usecases.matching.run import Hold
from placement.usecases.matching.solve_run import MOST_ATTEMPTS, SolveRun, solve_run
from placement.usecases.system.jobs import claim_job
from placement.worker import worker as workers
from placement.worker.worker import Worker
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.usecases.matching.cohort import Cohort, drawn, write_cohort

MATCH = "placement.usecases.matching.solve_run.match"


@pytest.fixture
def cohort(make: Make, cast: Cast) -> Cohort:
    return write_cohort(make, cast)


@pytest.fixture
def worker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Worker:
    """With nothing to do but what these tests give it: no reminder falls due."""
    monkeypatch.setattr(workers, "due", lambda *_: Due((), ()))
    return Worker(app)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than five pairs are too many to wait for."""
    monkeypatch.setattr(running, "PAIRS_AT_ONCE", 5)


def the_run(make: Make, public_id: str) -> MatchRun:
    found: MatchRun = make.one(select(MatchRun).where(MatchRun.public_id == public_id))
    return found


def rows(make: Make, run: MatchRun) -> list[tuple[int, int | None, int | None, Mark]]:
    found = make.all(select(Proposal).where(Proposal.run_id == run.id))
    return sorted((row.participant_id, row.opening_id, row.fit, row.mark) for row in found)


def test_the_worker_answers_as_the_request_would(
    make: Make, cohort: Cohort, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = Hold(cohort.people[0].public_id, cohort.bakery.public_id, "agreed")
    public = drawn(make, cohort, hold=pair)
    waiting = the_run(make, public)
    assert (waiting.state, waiting.progress, waiting.placed, waiting.proved_best) == (RunState.SOLVING, 0, 0, False)
    assert rows(make, waiting) == []
    job = make.one(select(Job).where(Job.kind == JobKind.SOLVE_MATCHING))
    assert job.refs == {"run": waiting.id}
    assert worker.once() == 1
    done = the_run(make, public)
    assert (done.state, done.progress, done.placed, done.proved_best) == (RunState.DRAFT, 100, 3, True)
    assert make.one(select(MatchForce.reason).where(MatchForce.run_id == done.id)) == "agreed"
    monkeypatch.setattr(running, "PAIRS_AT_ONCE", 6)
    at_once = the_run(make, drawn(make, cohort, hold=pair))
    assert at_once.state is RunState.DRAFT
    assert rows(make, at_once) == rows(make, done)
    for name in ("people", "places", "total_fit", "worst_fit"):
        assert getattr(at_once, name) == getattr(done, name), name
    assert worker.once() == 0


def test_who_asked_to_wait_is_said_at_once(
    make: Make, cohort: Cohort, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PAIRS_AT_ONCE", 1)
    make.placement(cohort.people[0], cohort.stock, PlacementState.PROPOSED, answer=Answer.TALK_FIRST)
    public = drawn(make, cohort)
    assert [row[1] for row in rows(make, the_run(make, public))] == [None]
    worker.once()
    assert len(rows(make, the_run(make, public))) == 3


def test_set_aside_unsolved_it_does_not_come_back_as_a_draft(
    make: Make, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asked to wait has a row at once: that does not make an answer."""
    monkeypatch.setattr(running, "PAIRS_AT_ONCE", 1)
    make.placement(cohort.people[0], cohort.stock, PlacementState.PROPOSED, answer=Answer.TALK_FIRST)
    public = drawn(make, cohort)
    discard_run(make.work, cohort.coordinator, public)
    with pytest.raises(Refused, match="discarded before it was solved"):
        restore_run(make.work, cohort.coordinator, public)
    assert the_run(make, public).state is RunState.DISCARDED


def test_done_again_it_writes_nothing_twice(make: Make, cohort: Cohort, worker: Worker) -> None:
    public = drawn(make, cohort)
    worker.once()
    before = the_run(make, public)
    solve_run(make.work, SolveRun(before.id))
    solve_run(make.work, SolveRun(before.id, MOST_ATTEMPTS + 1))
    after = the_run(make, public)
    assert (after.state, after.version) == (RunState.DRAFT, before.version)
    assert len(rows(make, after)) == 3
    assert len(make.all(select(Audit.id).where(Audit.action == "matching.solve"))) == 1


def test_two_workers_on_the_same_run_write_one_answer(make: Make, cohort: Cohort) -> None:
    run = the_run(make, drawn(make, cohort))
    start = threading.Barrier(2)
    errors: list[BaseException] = []

    def solve() -> None:
        start.wait()
        try:
            solve_run(make.work, SolveRun(run.id))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=solve) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(rows(make, run)) == 3
    assert the_run(make, run.public_id).state is RunState.DRAFT


def test_progress_can_be_seen_while_it_works(
    make: Make, cohort: Cohort, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    public, seen = drawn(make, cohort), []
    real = running.match

    def watched(problem: object, progress: object) -> object:
        def tell(percent: int) -> None:
            progress(percent)  # type: ignore[operator]
            seen.append(the_run(make, public).progress)

        return real(problem, tell)  # type: ignore[arg-type]

    monkeypatch.setattr(MATCH, watched)
    worker.once()
    assert seen == sorted(set(seen))
    assert len(seen) >= 2
    assert 0 < seen[0] < seen[-1] < 100


def test_set_aside_while_it_is_solved_it_stays_aside(
    make: Make, cohort: Cohort, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = drawn(make, cohort)
    real = running.match

    def meanwhile(problem: object, progress: object) -> object:
        discard_run(make.work, cohort.coordinator, public)
        return real(problem)  # type: ignore[arg-type]

    monkeypatch.setattr(MATCH, meanwhile)
    assert worker.once() == 1
    run = the_run(make, public)
    assert run.state is RunState.DISCARDED
    assert rows(make, run) == []


def test_more_pairs_than_can_be_kept_are_told_apart(
    make: Make, cohort: Cohort, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = drawn(make, cohort)
    monkeypatch.setattr("placement.domain.matching.score.MOST_PAIRS", 2)
    assert worker.once() == 1, "there is nothing to try again"
    run = the_run(make, public)
    assert run.state is RunState.FAILED
    assert "Choose fewer" in Say.from_json(run.failure or {}).msgid


@pytest.mark.parametrize("failure", [MemoryError(), ValueError("people[3].lat"), RuntimeError("not certified")])
def test_what_cannot_be_solved_says_so(
    failure: Exception, make: Make, cohort: Cohort, worker: Worker, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    public = drawn(make, cohort)

    def fail(problem: object, progress: object) -> object:
        raise failure

    with monkeypatch.context() as patched:
        patched.setattr(MATCH, fail)
        assert worker.once() == 0
    run = the_run(make, public)
    assert run.state is RunState.FAILED
    assert "passes every check" in Say.from_json(run.failure or {}).msgid
    clock.advance(seconds=backoff(1).total_seconds())
    assert worker.once() == 1, "the job comes to an end"
    assert the_run(make, public).state is RunState.FAILED
    again = drawn(make, cohort, from_run=public)
    worker.once()
    assert the_run(make, again).state is RunState.DRAFT


def test_a_failed_run_hands_on_what_was_kept(
    make: Make, cohort: Cohort, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Hold(cohort.people[1].public_id, cohort.bakery.public_id)
    public = drawn(make, cohort, hold=held)
    solve_run(make.work, SolveRun(the_run(make, public).id, MOST_ATTEMPTS + 1))
    assert the_run(make, public).state is RunState.FAILED
    again = the_run(make, drawn(make, cohort, from_run=public))
    assert again.problem["locks"] == [[held.participant, held.opening]]
    discard_run(make.work, cohort.coordinator, public)
    assert the_run(make, public).state is RunState.DISCARDED


def test_a_database_that_is_gone_for_a_moment_is_waited_for(
    make: Make, cohort: Cohort, worker: Worker, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    public = drawn(make, cohort)

    def gone(*_: object) -> None:
        raise OperationalError("select", {}, Exception("gone"))

    with monkeypatch.context() as patched:
        patched.setattr("placement.usecases.matching.solve_run.keep_answer", gone)
        assert worker.once() == 0
    assert the_run(make, public).state is RunState.SOLVING
    clock.advance(seconds=backoff(1).total_seconds())
    assert worker.once() == 1
    assert the_run(make, public).state is RunState.DRAFT


def test_a_run_that_kills_its_workers_is_given_up(make: Make, cohort: Cohort, worker: Worker, clock: Clock) -> None:
    public = drawn(make, cohort)
    for _ in range(MOST_ATTEMPTS):
        assert claim_job(make.work) is not None
        clock.advance(seconds=PATIENCE.total_seconds() + 1)
    worker.once()
    run = the_run(make, public)
    assert run.state is RunState.FAILED
    assert "several times" in Say.from_json(run.failure or {}).msgid


def test_a_dead_job_leaves_no_run_waiting(make: Make, cohort: Cohort, worker: Worker) -> None:
    public = drawn(make, cohort)

    def bury(session: Session) -> None:
        job = session.scalars(select(Job)).one()
        job.dead_at, job.attempts = make.work.clock(), MAX_ATTEMPTS

    make.do(bury)
    worker.once()
    assert the_run(make, public).state is RunState.FAILED
