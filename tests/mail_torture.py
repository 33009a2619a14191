"""The worker as a real process, killed in the middle of mails: nothing may be missing, little may come twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from sqlalchemy import select, update

from placement.domain.jobs import JobKind
from placement.domain.mails import MailKind
from placement.domain.notices import NoticeKind
from placement.domain.roles import Role
from placement.models.system.job import Job
from placement.usecases.effects.log import enqueue
from tests.factories.make import Make
from tests.sink import Kill, Moment, Sink

ROOT = Path(__file__).resolve().parents[1]
#: Long past, whatever the machine's clock says.
ONCE = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Figures:
    """``doubles``: deliveries of a mail that was there already."""

    mails: int
    kills: int
    missing: int
    foreign: int
    doubles: int
    most_of_one: int
    unlike: int
    unfinished: int
    seconds: float


def write_jobs(make: Make, count: int) -> set[str]:
    """So many mails that wait; returns their public ids."""
    program = make.program("Riverside")
    reader = make.account("Cora Hill", [Role.COORDINATOR], program, mails_off=[MailKind.WEEKLY_DIGEST.value])
    person = make.participant(program, "Noa", "Lind")
    work = make.work
    for _ in range(count):
        notice = make.notice(person, NoticeKind.FOR_COORDINATOR)
        with work.transaction() as session:
            refs = {"notice": notice.id, "account": reader.id}
            enqueue(session, work, JobKind.MAIL_NOTICE, program.id, refs, run_after=ONCE)
    return set(make.all(select(Job.public_id)))


def torture(make: Make, database_url: str, sink: Sink, port: int, mails: int, kills: int, seed: int = 1) -> Figures:
    """Send ``mails`` by a worker that is killed ``kills`` times, each time in the middle of one, and look at all."""
    expected = {f"<job-{public_id}@localhost>" for public_id in write_jobs(make, mails)}
    chance = random.Random(seed)
    started = perf_counter()
    for number in range(1, kills + 1):
        worker = _start(database_url, port)
        try:
            after = mails * number // (kills + 1)
            with sink.changed:
                sink.kill = Kill(worker.pid, after, chance.choice(list(Moment)))
            sink.wait_for_kill()
        finally:
            worker.kill()
        assert worker.wait() == -signal.SIGKILL
        _patience_passes(make)
    worker = _start(database_url, port)
    try:
        sink.wait_for(mails)
    finally:
        worker.terminate()
        worker.wait()
    return _figures(make, sink, expected, kills, perf_counter() - started)


def _start(database_url: str, port: int) -> subprocess.Popen[bytes]:
    environ = {
        **os.environ, "PLACEMENT_MODE": "test", "DATABASE_URL": database_url, "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": str(port), "MAIL_TLS": "none", "BASE_URL": "http://localhost:8000",
    }  # fmt: skip
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "work"]
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _patience_passes(make: Make) -> None:
    """Ten minutes later: what the dead worker had claimed may be taken over."""

    def forget(session: object) -> None:
        session.execute(  # type: ignore[attr-defined]
            update(Job).where(Job.done_at.is_(None), Job.claimed_at.is_not(None)).values(claimed_at=ONCE)
        )

    make.do(forget)


def _figures(make: Make, sink: Sink, expected: set[str], kills: int, seconds: float) -> Figures:
    found = sink.ids
    first: dict[str, tuple[str, str, str]] = {}
    unlike = 0
    for to, mail in sink.taken:
        same = (to, str(mail["Subject"]), mail.as_string().partition("\n\n")[2].replace(mail.get_boundary() or "-", ""))
        unlike += first.setdefault(str(mail["Message-ID"]), same) != same
    return Figures(
        mails=len(expected),
        kills=kills,
        missing=len(expected - set(found)),
        foreign=len(set(found) - expected),
        doubles=len(found) - len(set(found)),
        most_of_one=max(found.count(one) for one in set(found)),
        unlike=unlike,
        unfinished=len(make.all(select(Job.id).where(Job.done_at.is_(None)))),
        seconds=seconds,
    )
