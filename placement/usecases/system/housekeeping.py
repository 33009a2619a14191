"""Forgetting what is only needed for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from placement.domain.import_fields import ImportState
from placement.domain.jobs import DONE_FOR
from placement.models.accounts.session import SignInAttempt
from placement.models.imports.upload import Upload
from placement.models.system.job import IdempotencyKey, Job
from placement.usecases.transaction import Work

ATTEMPTS_FOR = timedelta(days=1)
KEYS_FOR = timedelta(days=30)
#: A table that was uploaded and not brought in holds names of people.
UPLOADS_FOR = timedelta(days=14)
#: Jobs in one transaction: on SQLite nobody else writes meanwhile.
CHUNK = 500


def clean_up(work: Work) -> None:
    """Delete counted sign-in attempts after a day, files nobody brought in after fourteen, keys of forms and done jobs
    after thirty.

    What was given up stays until somebody sends it again, and what waits until it is done.
    """
    now = work.clock()
    with work.transaction() as session:
        session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - ATTEMPTS_FOR))
        session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < now - KEYS_FOR))
        waiting = Upload.state.in_((ImportState.DRAFT, ImportState.MAPPED))
        session.execute(delete(Upload).where(waiting, Upload.created_at < now - UPLOADS_FOR))
    while _forget_done(work, now - DONE_FOR) == CHUNK:
        pass


def _forget_done(work: Work, before: datetime) -> int:
    """Delete the next done jobs; returns how many."""
    with work.transaction() as session:
        keys = list(session.scalars(select(Job.id).where(Job.done_at < before).order_by(Job.id).limit(CHUNK)))
        session.execute(delete(Job).where(Job.id.in_(keys)))
    return len(keys)
