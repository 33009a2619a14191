"""What a mail changes, before it is sent and after."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update

from placement.models.feedback.link import RaterLink
from placement.models.progress.milestone import Milestone
from placement.usecases.effects.cards import issue, move_expiry
from placement.usecases.transaction import Work


def told_of_milestones(work: Work, milestones: Collection[int]) -> None:
    """A participant who was written to has seen what they reached."""
    with work.transaction() as session:
        session.execute(
            update(Milestone)
            .where(Milestone.id.in_(milestones), Milestone.seen_at.is_(None), Milestone.withdrawn_at.is_(None))
            .values(seen_at=work.clock())
            .execution_options(synchronize_session=False)
        )


def renew_links(work: Work, links: Collection[int]) -> None:
    """Links a mail is about to carry: they work as if they had been made now."""
    with work.transaction() as session:
        for link in session.scalars(
            select(RaterLink).where(RaterLink.id.in_(links), RaterLink.revoked_at.is_(None)).with_for_update()
        ):
            move_expiry(session, work.clock(), link)
            issue(work, link)
