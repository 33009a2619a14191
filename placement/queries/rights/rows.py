"""Which rows of a table are about somebody, by the list of ``domain.record_tables``."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Table, select

from placement.domain.record_tables import BY_NAME, OF_CATALOG, RecordTable
from placement.models.participants.participant import Participant


def table_of(name: str) -> Table:
    """A table of the schema. Raises KeyError."""
    return Participant.metadata.tables[name]


def about(table: RecordTable, participant_id: int) -> ColumnElement[bool]:
    """The rows that are about the person, through as many tables as it takes."""
    column: ColumnElement[Any] = table_of(table.name).c[table.link]
    if table.parent in ("", "participant"):
        return column == participant_id
    parent = BY_NAME[table.parent]
    return column.in_(select(table_of(parent.name).c.id).where(about(parent, participant_id)))


def of_catalog(name: str, participant_id: int) -> ColumnElement[bool]:
    """Rows that belong to a task of the person's own."""
    link, parent = OF_CATALOG[name]
    mine = select(table_of(parent).c.id).where(about(BY_NAME[parent], participant_id))
    return table_of(name).c[link].in_(mine)
