"""Mails that were given up: which kind, when, and the class of the last failure; never to whom or what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from placement.domain.jobs import MAILS, JobKind
from placement.models.system.job import Job
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.pages import Page, fetch_page

#: More than this is said as "more than".
MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class DeadMail:
    public_id: str
    kind: JobKind
    asked_at: datetime
    dead_at: datetime
    attempts: int
    error: str


def dead_mails(db: Session, actor: Actor, cursor: str | None) -> Page[DeadMail]:
    """The latest first; one statement."""
    keys: list[Any] = [Job.id]
    page: Page[Any] = fetch_page(db, _rows().where(scope.jobs(actor)), keys, cursor, descending=True)
    return Page([DeadMail(*row[:6]) for row in page.rows], page.next, page.previous)


def _rows() -> Select[Any]:
    columns: list[Any] = [Job.public_id, Job.kind, Job.created_at, Job.dead_at, Job.attempts, Job.last_error]
    return select(*columns).where(Job.dead_at.is_not(None), Job.kind.in_(MAILS))


def dead_count(db: Session, actor: Actor) -> int:
    """How many there are, at most one more than :data:`MOST_COUNTED`; one statement on an index of these alone."""
    some = (
        select(Job.id)
        .where(scope.jobs(actor), Job.dead_at.is_not(None), Job.kind.in_(MAILS))
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    return db.scalar(select(func.count()).select_from(some)) or 0
