"""The worker: every mail at least once, each with the same Message-ID, and no failure stops it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from placement.adapters.mail import MemoryMailer, Message
from placement.domain.jobs import MAX_ATTEMPTS, PATIENCE, backoff
from placement.domain.roles import Role
from placement.models.accounts.account import Account, AccountLink
from placement.models.accounts.session import SignInAttempt
from placement.models.programs.program import Program
from placement.models.system.job import IdempotencyKey, Job
from placement.models.system.log import Audit, Seal
from placement.usecases.accounts.create import CreateAccount, create_account
from placement.usecases.system.jobs import Claimed, claim_job, fail_job, finish_job, renew_claim
from placement.usecases.transaction import Work
from placement.worker import heartbeat
from placement.worker.worker import Worker
from tests.application import ClientFor
from tests.clock import Clock
from tests.factories.make import Make


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def mailer(app: Flask) -> MemoryMailer:
    found = app.extensions["placement_mailer"] = MemoryMailer()
    return found


@pytest.fixture
def worker(app: Flask, mailer: MemoryMailer) -> Worker:
    return Worker(app)


@pytest.fixture
def program(make: Make) -> Iterator[Program]:
    return make.program("Riverside & Söhne")


def invite(work: Work, make: Make, program: Program, email: str = "nia@example.org", locale: str = "en") -> str:
    admin = make.actor(make.account(None, [Role.ADMIN], program))
    return create_account(work, admin, CreateAccount("Nia <Hart>", email, locale, frozenset({Role.COACH})))


def test_the_mail_leads_to_a_page_that_sets_the_password(
    worker: Worker, mailer: MemoryMailer, work: Work, make: Make, program: Program, client_for: ClientFor
) -> None:
    invite(work, make, program)
    assert worker.once() == 1
    (mail,) = mailer.outbox
    assert mail.to == "nia@example.org"
    assert mail.subject == "Your access to Riverside & Söhne"
    assert "Nia &lt;Hart&gt;" in mail.html
    assert "Nia <Hart>" in mail.text
    url = next(line for line in mail.text.splitlines() if line.startswith("http://127.0.0.1:8000/set-password/"))
    assert url in mail.html
    path = url.removeprefix("http://127.0.0.1:8000")
    visitor = client_for()
    assert visitor.submit(path, 303, new="five green boats sail home").location == "/sign-in"
    assert make.one(select(Account.password_hash).where(Account.email == "nia@example.org"))
    assert worker.once() == 0
    assert len(mailer.outbox) == 1


def test_it_is_in_the_readers_language(
    worker: Worker, mailer: MemoryMailer, work: Work, make: Make, program: Program
) -> None:
    invite(work, make, program, locale="de")
    worker.once()
    assert '<html lang="de">' in mailer.outbox[0].html
    assert "30. November" in mailer.outbox[0].text


def test_killed_between_sending_and_marking_it_sends_again_under_the_same_id(
    worker: Worker,
    mailer: MemoryMailer,
    work: Work,
    make: Make,
    program: Program,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    invite(work, make, program)

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("placement.worker.worker.finish_job", killed)
        with pytest.raises(Killed):
            worker.once()
    assert len(mailer.outbox) == 1
    assert worker.once() == 0, "still claimed"
    clock.advance(seconds=PATIENCE.total_seconds() + 1)
    assert worker.once() == 1
    first, second = mailer.outbox
    assert first == second, "the same Message-ID and the same link"
    assert worker.once() == 0


def test_a_mail_server_that_refuses_is_asked_again_later_and_finally_left_alone(
    app: Flask, worker: Worker, work: Work, make: Make, program: Program, clock: Clock
) -> None:
    class Refusing:
        asked = 0

        def send(self, message: Message) -> None:
            self.asked += 1
            raise OSError("no such user nia@example.org")

    refusing = app.extensions["placement_mailer"] = Refusing()
    invite(work, make, program)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert worker.once() == 0
        assert refusing.asked == attempt
        worker.once()
        assert refusing.asked == attempt, "not before its time"
        clock.advance(seconds=backoff(attempt).total_seconds())
    worker.once()
    assert refusing.asked == MAX_ATTEMPTS
    job = make.one(select(Job))
    assert job.dead_at is not None
    assert job.done_at is None
    assert job.last_error == "OSError"


def test_a_job_that_kills_every_worker_is_buried(work: Work, make: Make, program: Program, clock: Clock) -> None:
    invite(work, make, program)
    for _ in range(MAX_ATTEMPTS):
        assert claim_job(work) is not None
        clock.advance(seconds=PATIENCE.total_seconds() + 1)
    assert claim_job(work) is None
    assert make.one(select(Job.last_error)) == "WorkerLost"


def test_a_renewed_claim_is_not_taken_over(work: Work, make: Make, program: Program, clock: Clock) -> None:
    invite(work, make, program)
    slow = claim_job(work)
    assert slow is not None
    for _ in range(3):
        clock.advance(seconds=PATIENCE.total_seconds() - 1)
        assert renew_claim(work, slow)
    assert claim_job(work) is None
    fail_job(work, slow, "OSError")
    assert not renew_claim(work, slow), "it waits for its next attempt"
    clock.advance(seconds=backoff(1).total_seconds())
    quick = claim_job(work)
    assert quick is not None
    assert quick.attempts == 2
    assert not renew_claim(work, slow), "another one has it"
    fail_job(work, slow, "OSError")
    assert renew_claim(work, quick)
    finish_job(work, quick)
    assert not renew_claim(work, quick)


def test_a_job_that_takes_long_stays_with_its_worker(
    app: Flask, work: Work, make: Make, program: Program, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat, failures, sent = threading.Event(), iter([OSError("gone for a moment")]), []

    def renew(work: Work, job: Claimed) -> bool:
        for failure in failures:
            raise failure
        kept = renew_claim(work, job)
        beat.set()
        return kept

    class Slow:
        def send(self, message: Message) -> None:
            clock.advance(seconds=PATIENCE.total_seconds() - 1)
            for _ in range(2):  # The first beat may have looked at the clock before.
                beat.clear()
                assert beat.wait(20)
            clock.advance(seconds=2)
            assert claim_job(work) is None
            sent.append(message)

    app.extensions["placement_mailer"] = Slow()
    monkeypatch.setattr(heartbeat, "BEAT", timedelta(milliseconds=1))
    monkeypatch.setattr(heartbeat, "renew_claim", renew)
    invite(work, make, program)
    before = threading.active_count()
    assert Worker(app).once() == 1
    assert len(sent) == 1
    assert threading.active_count() == before


def test_two_workers_claim_each_job_once(work: Work, make: Make, program: Program) -> None:
    for number in range(12):
        invite(work, make, program, f"nia{number}@example.org")
    claimed: list[int] = []
    start = threading.Barrier(4)

    def claim() -> None:
        start.wait()
        misses = 0
        while misses < 3:
            job = claim_job(work)
            if job is None:
                misses += 1
            else:
                claimed.append(job.id)

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == sorted(make.all(select(Job.id)))


def test_who_finishes_late_does_not_undo_what_another_did(
    work: Work, make: Make, program: Program, clock: Clock
) -> None:
    invite(work, make, program)
    slow = claim_job(work)
    clock.advance(seconds=PATIENCE.total_seconds() + 1)
    quick = claim_job(work)
    assert slow is not None
    assert quick is not None
    finish_job(work, quick)
    done = make.one(select(Job.done_at))
    clock.advance(minutes=1)
    finish_job(work, slow)
    assert make.one(select(Job.done_at)) == done


@pytest.mark.parametrize("what", ["used", "left", "replaced"])
def test_nothing_is_sent_that_no_longer_holds(
    worker: Worker, mailer: MemoryMailer, work: Work, make: Make, program: Program, what: str
) -> None:
    invite(work, make, program)
    now = work.clock()
    if what == "left":
        make.do(
            lambda s: setattr(s.scalar(select(Account).where(Account.email == "nia@example.org")), "archived_at", now)
        )
    else:
        column = "used_at" if what == "used" else "expires_at"
        make.do(lambda s: setattr(s.scalar(select(AccountLink)), column, now))
    assert worker.once() == 1
    assert mailer.outbox == []


def test_it_seals_and_tidies(worker: Worker, work: Work, make: Make, program: Program, clock: Clock) -> None:
    old, young = clock.now - timedelta(days=31), clock.now - timedelta(hours=1)
    for at in (old, young):
        make.add(SignInAttempt(who_hash="x", at=at, succeeded=False))
        make.add(IdempotencyKey(account_id=1, key=str(at), body_hash="", answer={}, created_at=at))
    invite(work, make, program)
    worker.once()
    assert make.all(select(SignInAttempt.at)) == [young]
    assert make.all(select(IdempotencyKey.created_at)) == [young]
    assert make.one(select(func.sum(Seal.rows))) == make.one(select(func.count(Audit.id))) == 1


def test_it_stops_when_told(worker: Worker, work: Work, make: Make, program: Program) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop, 0.01))
    thread.start()
    stop.set()
    thread.join(timeout=20)
    assert not thread.is_alive()
