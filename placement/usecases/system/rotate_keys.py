"""Sealing everything anew with the newest key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Table, select, update

from placement.domain.sealed import Place
from placement.models.diary.entry import DiaryEntry
from placement.usecases.transaction import Work

#: Rows of one transaction: short enough that nobody waits for it.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Rotated:
    """``sealed`` were sealed anew, ``current`` had the newest key already."""

    sealed: int
    current: int


def sealed_columns() -> Iterator[tuple[Table, str]]:
    """Every column whose texts are sealed: by its name, ``…_sealed``."""
    for table in DiaryEntry.metadata.sorted_tables:
        for column in table.columns:
            if column.name.endswith("_sealed"):
                yield table, column.name


def rotate_keys(work: Work) -> Rotated:
    """Open each text and seal it with the newest key, in small transactions; can be broken off and begun again."""
    sealed = current = 0
    for table, column in sealed_columns():
        last = 0
        while True:
            last, new, same = _batch(work, table, column, last)
            sealed, current = sealed + new, current + same
            if not last:
                break
    return Rotated(sealed, current)


def _batch(work: Work, table: Table, name: str, after: int) -> tuple[int, int, int]:
    """The last key looked at (0: none is left), and how many were sealed anew or left."""
    column, new, same, last = table.c[name], 0, 0, 0
    with work.transaction() as session:
        rows = session.execute(
            select(table.c.id, table.c.public_id, column)
            .where(table.c.id > after, column.is_not(None))
            .order_by(table.c.id)
            .limit(BATCH)
            .with_for_update()
        ).all()
        for key, public_id, value in rows:
            last = key
            if work.cipher.is_current(value):
                same += 1
                continue
            place = Place(table.name, name, public_id)
            again = work.cipher.seal(work.cipher.open(value, place), place)
            session.execute(update(table).where(table.c.id == key).values({name: again}))
            new += 1
    return last, new, same
