"""Whether there is anything to do: read without a lock, before asking for one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from placement.domain.seals import LOGS
from placement.models.system.job import Job
from placement.models.system.log import Seal
from placement.queries.system.seals import TABLES


def jobs_due(db: Session, now: datetime) -> bool:
    """Whether a job waits, claimed or not."""
    waiting = exists().where(Job.done_at.is_(None), Job.dead_at.is_(None), Job.run_after <= now)
    return bool(db.scalar(select(waiting)))


def unsealed(db: Session) -> bool:
    """Whether a log has rows after its last seal."""
    for log in LOGS:
        end = select(func.coalesce(func.max(Seal.last_id), 0)).where(Seal.log == log).scalar_subquery()
        if db.scalar(select(exists().where(TABLES[log].id > end))):
            return True
    return False
