"""Writing down what somebody of the program should know and take care of, and letting them know by mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.jobs import JobKind
from placement.domain.notices import LONGEST_TEXT, NoticeKind, is_mailed
from placement.domain.words import say
from placement.models.notices.notice import Notice
from placement.usecases.effects.log import enqueue
from placement.usecases.transaction import Work


def raise_notice(
    session: Session,
    work: Work,
    *,
    kind: NoticeKind,
    participant_id: int,
    program_id: int,
    placement_id: int | None = None,
    occasion_id: int | None = None,
    rater_id: int | None = None,
    from_account_id: int | None = None,
    to_account_id: int | None = None,
    text: str = "",
    feeling: int | None = None,
    subject: str | None = None,
    due_at: datetime | None = None,
) -> Notice | None:
    """Write a notice and, for kinds that can't wait, a job for its mail. All keys of one program.

    ``to_account_id`` None: for every coordinator. The same ``subject`` again, open or done, writes nothing and
    returns None. Raises Refused if the text is too long.
    """
    if len(text) > LONGEST_TEXT:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_TEXT), "text")
    row = Notice(
        program_id=program_id,
        kind=kind,
        subject=subject,
        participant_id=participant_id,
        placement_id=placement_id,
        occasion_id=occasion_id,
        rater_id=rater_id,
        from_account_id=from_account_id,
        to_account_id=to_account_id,
        text=text.strip(),
        feeling=feeling,
        due_at=due_at,
        created_at=work.clock(),
    )
    if not _is_new(session, row):
        return None
    if is_mailed(kind):
        mail_notice(session, work, row)
    return row


def mail_notice(session: Session, work: Work, row: Notice) -> None:
    """Ask for the mail about a notice that has just been written or opened again."""
    enqueue(session, work, JobKind.MAIL_NOTICE, row.program_id, {"notice": row.id})


def _is_new(session: Session, row: Notice) -> bool:
    """Write the row unless its subject is known; whoever is slower by a moment finds it at the index."""
    if row.subject is None:
        session.add(row)
        session.flush()
        return True
    known = select(Notice.id).where(Notice.program_id == row.program_id, Notice.subject == row.subject)
    if session.scalar(known) is not None:
        return False
    session.flush()
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        if session.scalar(known) is None:
            raise
        return False
    return True
