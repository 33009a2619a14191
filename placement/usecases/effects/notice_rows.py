"""Finding a notice to change, with sight, authority and a lock."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.notices import FOR_TEAM
from placement.models.notices.notice import Notice
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope


def facts_of(row: Notice) -> Facts:
    """What the policy asks about a notice."""
    return Facts(
        row.program_id,
        row.participant_id,
        account_id=row.from_account_id,
        listener_id=row.to_account_id,
        current=row.kind in FOR_TEAM,
    )


def locked_notice(session: Session, actor: Actor, public_id: str) -> Notice:
    """A notice the actor may close, held until the end. Raises NotFound if absent or out of sight."""
    row = session.scalar(select(Notice).where(Notice.public_id == public_id, scope.notices(actor)).with_for_update())
    if row is None:
        raise NotFound
    ensure(actor, Permission.NOTICE_CLOSE, facts_of(row))
    return row


def locked_own_notice(session: Session, actor: Actor, public_id: str) -> Notice:
    """What the participant told somebody themself, held until the end. Raises NotFound for anything else."""
    row = session.scalar(
        select(Notice).where(Notice.public_id == public_id, scope.own_notices(actor)).with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.NOTICE_OWN, facts_of(row))
    return row
