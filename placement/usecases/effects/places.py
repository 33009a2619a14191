"""An opening's counter of taken places: one atomic UPDATE, so that no number of clicks can exceed a capacity."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from placement.domain.openings import OpeningState
from placement.models.employers.opening import Opening


def take_place(session: Session, opening_id: int) -> bool:
    """Take one place; False if none is free, or if the opening was closed meanwhile.

    Counting first and writing later would oversell.
    """
    result = session.execute(
        update(Opening)
        .where(
            Opening.id == opening_id,
            Opening.filled < Opening.capacity,
            Opening.state == OpeningState.OPEN,
            Opening.archived_at.is_(None),
        )
        .values(filled=Opening.filled + 1)
        .execution_options(synchronize_session=False)
    )
    return isinstance(result, CursorResult) and result.rowcount == 1


def free_place(session: Session, opening_id: int) -> None:
    """Give one place back."""
    session.execute(
        update(Opening)
        .where(Opening.id == opening_id, Opening.filled > 0)
        .values(filled=Opening.filled - 1)
        .execution_options(synchronize_session=False)
    )
