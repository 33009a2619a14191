"""Mails that fall due now, in all programs: what reminds people without anybody having to think of it.

Reads only what is current. Everything is named by its ``once`` key, so that asking again, after a restart or an
outage, finds what was missed and nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.notices import NoticeKind
from placement.models.notices.notice import Notice
from placement.models.programs.program import Program
from placement.models.system.job import Job
from placement.queries.mails.due_mail import DueMail, MissingFeedback
from placement.queries.mails.due_people import digests, endings, milestones, proposals
from placement.queries.mails.due_shifts import missing_of, owed_shifts, reminders_of_feedback, shifts_tomorrow

#: Keys looked up in one statement; PostgreSQL and SQLite take far more.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Due:
    """What is new: mails to ask for, and shifts whose feedback a coordinator should ask for."""

    mails: tuple[DueMail, ...]
    missing: tuple[MissingFeedback, ...]


def due(db: Session, now: datetime) -> Due:
    """Everything that is due at ``now`` and was not asked for yet."""
    programs = list(db.scalars(select(Program.id).where(Program.archived_at.is_(None)).order_by(Program.id)))
    owed = owed_shifts(db, now, programs)
    mails = (
        *shifts_tomorrow(db, now, programs),
        *reminders_of_feedback(db, now, owed),
        *milestones(db, now, programs),
        *proposals(db, now, programs),
        *endings(db, now, programs),
        *digests(db, now, programs),
    )
    return Due(tuple(_new(db, mails)), tuple(_unsaid(db, missing_of(owed, now))))


def _new(db: Session, mails: Sequence[DueMail]) -> Iterable[DueMail]:
    """Without those that were asked for before."""
    known: set[str | None] = set()
    for start in range(0, len(mails), CHUNK):
        keys = [mail.once for mail in mails[start : start + CHUNK]]
        known |= set(db.scalars(select(Job.once).where(Job.once.in_(keys))))
    return [mail for mail in mails if mail.once not in known]


def _unsaid(db: Session, missing: Sequence[MissingFeedback]) -> Iterable[MissingFeedback]:
    """Without those a coordinator was told of."""
    known: set[str | None] = set()
    for start in range(0, len(missing), CHUNK):
        keys = [item.subject for item in missing[start : start + CHUNK]]
        found = select(Notice.subject).where(Notice.kind == NoticeKind.FEEDBACK_MISSING, Notice.subject.in_(keys))
        known |= set(db.scalars(found))
    return [item for item in missing if item.subject not in known]
