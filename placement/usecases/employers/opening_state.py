"""Openings: open, hold, close, archive, bring back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.openings import OpeningState
from placement.domain.words import say, say_n
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.policy.actor import Actor
from placement.usecases.effects.employers import load_to_edit
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def set_opening_state(work: Work, actor: Actor, opening: str, state: OpeningState) -> None:
    """Open, hold or close an opening; people placed there stay. Raises NotFound, Forbidden, Refused."""
    with work.transaction() as session:
        row = load_to_edit(session, actor, Opening, opening)
        if row.state == state:
            return
        if row.archived_at is not None:
            raise Refused(say("This opening is archived. Bring it back first."))
        if state is OpeningState.OPEN and _employer_archived(session, row):
            raise Refused(say("This employer is archived. Bring it back first."))
        before, row.state = row.state, state
        row.version += 1
        audit(session, work, actor, "openings.set_state", "opening", row.id, before=before, after=state)


def archive_opening(work: Work, actor: Actor, opening: str) -> None:
    """Put an opening away. Raises NotFound, Forbidden; Refused while a place is taken."""
    with work.transaction() as session:
        row = load_to_edit(session, actor, Opening, opening)
        if row.archived_at is not None:
            return
        if row.filled:
            raise Refused(
                say_n(
                    "One person has a place there. End that placement first.",
                    "%(n)s people have a place there. End those placements first.",
                    row.filled,
                )
            )
        row.archived_at = work.clock()
        row.state = OpeningState.CLOSED
        row.version += 1
        audit(session, work, actor, "openings.archive", "opening", row.id)


def restore_opening(work: Work, actor: Actor, opening: str) -> None:
    """Bring an opening back, closed until somebody opens it. Raises NotFound, Forbidden."""
    with work.transaction() as session:
        row = load_to_edit(session, actor, Opening, opening)
        if row.archived_at is None:
            return
        row.archived_at = None
        row.version += 1
        audit(session, work, actor, "openings.restore", "opening", row.id)


def _employer_archived(session: Session, row: Opening) -> bool:
    archived = session.scalar(
        select(Employer.archived_at).join(Site, Site.employer_id == Employer.id).where(Site.id == row.site_id)
    )
    return archived is not None
