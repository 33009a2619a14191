"""The start gate: a placement becomes active once the program's list is complete for its kind."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.checklists import Entry, Item, missing
from placement.domain.errors import Refused
from placement.domain.placements import PlacementKind
from placement.domain.words import say, say_n
from placement.models.checklists.checklist import CheckEntry, CheckItem
from placement.models.placements.placement import Placement


def ensure_complete(session: Session, row: Placement, on: date) -> None:
    """Raise Refused, naming the first thing, while something on the list is missing on the day of the start."""
    rows = session.execute(
        select(CheckItem.id, CheckItem.kinds, CheckItem.name)
        .where(CheckItem.program_id == row.program_id, CheckItem.archived_at.is_(None))
        .order_by(CheckItem.id)
    ).all()
    if not rows:
        return
    items = [Item(key, frozenset(PlacementKind(kind) for kind in kinds)) for key, kinds, _ in rows]
    entries = [
        Entry(*entry)
        for entry in session.execute(
            select(CheckEntry.item_id, CheckEntry.done_on, CheckEntry.expires_on).where(
                CheckEntry.placement_id == row.id, CheckEntry.archived_at.is_(None)
            )
        )
    ]
    gone = missing(row.kind, items, entries, on)
    if gone:
        first = next(name for key, _, name in rows if key == gone[0])
        if len(gone) == 1:
            raise Refused(say("Before it may start, this is missing on the checklist: %(item)s.", item=first), "on")
        others = len(gone) - 1
        raise Refused(
            say_n(
                "Before it may start, %(item)s and %(n)s other thing are missing on the checklist.",
                "Before it may start, %(item)s and %(n)s other things are missing on the checklist.",
                others,
                item=first,
            ),
            "on",
        )
