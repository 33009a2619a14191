"""Runs due jobs, seals the logs, tidies up. One or many workers, in the server's process or beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

from flask import Flask

from placement.domain.jobs import MAILS, JobKind
from placement.extensions import db
from placement.queries.accounts.welcome import welcome
from placement.queries.mails.due import due
from placement.queries.system.jobs import jobs_due, unsealed
from placement.usecases.imports.run_upload import run_upload
from placement.usecases.mails.remind import remind
from placement.usecases.matching.learn import refresh_suggestions
from placement.usecases.matching.solve_run import SolveRun, fail_lost_runs, solve_run
from placement.usecases.rights.expire import keep_no_longer
from placement.usecases.system.housekeeping import clean_up
from placement.usecases.system.jobs import Claimed, claim_job, fail_job, finish_job
from placement.usecases.system.seal import Horizon, seal_logs
from placement.usecases.transaction import Work
from placement.worker.heartbeat import kept_ours
from placement.worker.mails import stable_id, welcome_mail
from placement.worker.plans import Plans
from placement.worker.post import Post

TIDY_EVERY = timedelta(hours=1)
#: How often it is asked which mails fall due.
REMIND_EVERY = timedelta(minutes=3)


class Worker:
    """``run`` works until told to stop; ``once`` does what is due now."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._horizon = Horizon()
        self._tidied: datetime | None = None
        self._plans = Plans(app)
        self._reminded: datetime | None = None
        post = Post(app)
        self._do: dict[JobKind, Callable[[Work, Claimed], None]] = {
            **dict.fromkeys(MAILS, post.deliver),
            JobKind.MAIL_WELCOME: self._mail_welcome,
            JobKind.SOLVE_MATCHING: self._solve_matching,
            JobKind.IMPORT_ROWS: self._import_rows,
        }

    @property
    def _work(self) -> Work:
        found: Work = self._app.extensions["placement_work"]
        return found

    def run(self, stop: Event, pause: float = 3.0) -> None:
        """Work until ``stop`` is set, looking every ``pause`` seconds. A database that is gone is waited for."""
        while not stop.is_set():
            try:
                self.once(stop)
            except Exception as error:
                self._app.logger.error("worker", extra={"error": type(error).__name__})
            stop.wait(pause)

    def once(self, stop: Event | None = None) -> int:
        """Ask for the mails that fall due, do every job that is due, seal, tidy; returns the number of jobs done."""
        self._remind()
        done = 0
        while not (stop and stop.is_set()) and self._due():
            job = claim_job(self._work)
            if job is None:
                break
            done += self._attempt(job)
        self._seal()
        self._tidy()
        self._plans.keep(self._work)
        return done

    def _remind(self) -> None:
        """A rule that fails for one row keeps no job from being done."""
        now = self._work.clock()
        if self._reminded is not None and now - self._reminded < REMIND_EVERY:
            return
        self._reminded = now
        try:
            with self._app.app_context():
                found = due(db.session(), now)
            remind(self._work, found)
        except Exception as error:
            self._app.logger.error("reminders failed", extra={"error": type(error).__name__})

    def _due(self) -> bool:
        with self._app.app_context():
            return jobs_due(db.session(), self._work.clock())

    def _attempt(self, job: Claimed) -> bool:
        """Do a job, then mark it. Killed in between, the job is done again: at least once, never lost."""
        work = self._work
        try:
            with self._app.app_context(), kept_ours(work, job, self._app.logger):
                self._do[job.kind](work, job)
        except Exception as error:
            # Whatever failed, the job waits in the database; an error's text could quote an address.
            self._app.logger.error("job failed", extra={"error": type(error).__name__})
            fail_job(work, job, type(error).__name__)
            return False
        finish_job(work, job)
        return True

    def _mail_welcome(self, work: Work, job: Claimed) -> None:
        facts = welcome(db.session(), job.refs, job.program_id, work.clock())
        if facts is not None:
            message = welcome_mail(self._app, work.link_key, stable_id(self._app, job.public_id), facts)
            self._app.extensions["placement_mailer"].send(message)

    def _solve_matching(self, work: Work, job: Claimed) -> None:
        solve_run(work, SolveRun(job.refs["run"], job.attempts))

    def _import_rows(self, work: Work, job: Claimed) -> None:
        run_upload(work, job.refs["upload"])

    def _seal(self) -> None:
        with self._app.app_context():
            waiting = unsealed(db.session())
        if waiting:
            self._horizon = seal_logs(self._work, self._horizon)

    def _tidy(self) -> None:
        now = self._work.clock()
        if self._tidied is None or now - self._tidied >= TIDY_EVERY:
            clean_up(self._work)
            keep_no_longer(self._work)
            fail_lost_runs(self._work)
            self._tidied = now
            for failure in refresh_suggestions(self._work, once_a_day=True).failed:
                self._app.logger.error("suggestions failed", extra={"program": failure.program, "error": failure.error})
