"""One notice for whoever takes care of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.notices import TO_ONE
from placement.models.notices.notice import Notice
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.notices.listing import NoticeRow, notice_row, rows_of

#: Others of the same person on the page of what they told.
MOST_OTHERS = 200


@dataclass(frozen=True, slots=True)
class Told:
    """What one participant told the reader, the one asked for first, then the others that are open."""

    row: NoticeRow
    others: tuple[NoticeRow, ...]


def one_notice(db: Session, actor: Actor, public_id: str) -> NoticeRow:
    """One statement. Raises NotFound out of sight, and for what was told to the reader alone: see :func:`told`."""
    row = db.execute(
        rows_of().where(Notice.public_id == public_id, scope.notices(actor), Notice.kind.not_in(TO_ONE))
    ).one_or_none()
    if row is None:
        raise NotFound
    return notice_row(row)


def told(db: Session, actor: Actor, public_id: str) -> Told:
    """What a participant told the actor alone, in two statements. Raises NotFound for anything else."""
    to_me = (scope.notices(actor), Notice.kind.in_(TO_ONE), Notice.to_account_id == actor.account_id)
    found = db.execute(rows_of().where(Notice.public_id == public_id, *to_me)).one_or_none()
    if found is None:
        raise NotFound
    others = db.execute(
        rows_of()
        .where(
            *to_me,
            Notice.participant_id == found.participant_id,
            Notice.done_at.is_(None),
            Notice.public_id != public_id,
        )
        .order_by(Notice.id.desc())
        .limit(MOST_OTHERS)
    )
    return Told(notice_row(found, whole=True), tuple(notice_row(row, whole=True) for row in others))
