"""Values a participant has on entries of a catalog: one row for each, no row where nothing is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Stale
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability, EmployerWish, TaskWish

#: Table → name of its key column and of its value column.
COLUMNS: Mapping[type[Any], tuple[str, str]] = {
    Ability: ("trait_id", "level"),
    TaskWish: ("task_id", "wish"),
    EmployerWish: ("employer_id", "wish"),
}


def set_values(
    session: Session,
    table: type[Any],
    owner: Participant,
    ids: Mapping[str, int],
    wanted: Mapping[str, Any],
    seen: Mapping[str, Any] | None = None,
) -> list[int]:
    """Make the rows of ``owner`` say ``wanted`` (public id → value, None for no row); others stay as they are.

    ``ids``: public id → key. ``seen``: what the editor was looking at; raises Stale if somebody gave another value
    meanwhile. Returns the keys that changed.
    """
    key, value = COLUMNS[table]
    rows = {
        getattr(row, key): row
        for row in session.scalars(
            select(table).where(table.participant_id == owner.id, getattr(table, key).in_(list(ids.values())))
        )
    }
    current = {public: getattr(rows[number], value) if number in rows else None for public, number in ids.items()}
    changed = [public for public in wanted if wanted[public] != current[public]]
    if seen is not None:
        foreign = {public: current[public] for public in changed if seen.get(public) != current[public]}
        if foreign:
            raise Stale(0, foreign)
    for public in changed:
        row = rows.get(ids[public])
        if wanted[public] is None:
            session.delete(row)
        elif row is None:
            own = {"program_id": owner.program_id, "participant_id": owner.id}
            session.add(table(**own, **{key: ids[public], value: wanted[public]}))
        else:
            setattr(row, value, wanted[public])
    return sorted(ids[public] for public in changed)
