"""The outbox takes a job once under its name, however often and from how many sides it is asked."""

from __future__ import annotations

import threading

from sqlalchemy import func, select

from placement.domain.jobs import JobKind
from placement.models.system.job import Job
from placement.usecases.effects.log import enqueue
from placement.usecases.transaction import Work
from tests.factories.make import Make


def ask(work: Work, once: str | None) -> bool:
    with work.transaction() as session:
        return enqueue(session, work, JobKind.MAIL_NOTICE, None, {"notice": 7}, once=once)


def test_asked_twice_it_is_there_once(work: Work, make: Make) -> None:
    assert ask(work, "notice:7:1")
    assert not ask(work, "notice:7:1")
    assert ask(work, "notice:7:2")
    assert make.one(select(func.count(Job.id))) == 2
    job = make.one(select(Job).order_by(Job.id).limit(1))
    assert (job.once, job.refs, job.run_after, job.attempts) == ("notice:7:1", {"notice": 7}, work.clock(), 0)
    assert job.public_id


def test_without_a_name_each_is_a_job_of_its_own(work: Work, make: Make) -> None:
    assert ask(work, None)
    assert ask(work, None)
    assert make.one(select(func.count(Job.id))) == 2


def test_twice_in_one_transaction(work: Work, make: Make) -> None:
    with work.transaction() as session:
        asked = [enqueue(session, work, JobKind.MAIL_NOTICE, None, {"notice": 7}, once="notice:7") for _ in range(2)]
    assert asked == [True, False]
    assert make.one(select(func.count(Job.id))) == 1


def test_a_job_that_was_done_is_not_asked_for_again(work: Work, make: Make) -> None:
    ask(work, "notice:7")
    make.do(lambda session: setattr(session.scalar(select(Job)), "done_at", work.clock()))
    assert not ask(work, "notice:7")


def test_many_at_the_same_time(work: Work, make: Make) -> None:
    start = threading.Barrier(6)
    added: list[bool] = []

    def run() -> None:
        start.wait()
        added.append(ask(work, "notice:7"))

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(added) == [False] * 5 + [True]
    assert make.one(select(func.count(Job.id))) == 1
