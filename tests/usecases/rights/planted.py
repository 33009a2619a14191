"""A sentence of its own in every text there is about one person, whatever table it stands in.

Tables are found by ``domain.record_tables``, so that a new one is planted without being named here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from itertools import count
from typing import Any

from sqlalchemy import JSON, Column, Enum, LargeBinary, String, Table, insert, select, update
from sqlalchemy.orm import Session

from placement.domain.record_tables import BY_NAME, KEYS, TABLES
from placement.domain.sealed import Cipher, Place
from placement.extensions import Base
from placement.models.base import UtcDateTime, WeekMask
from placement.models.participants.participant import Participant
from placement.queries.rights.rows import about, table_of
from tests.factories.make import Make

#: What a check of a table wants of a row made up here.
WANTED: dict[tuple[str, str], Any] = {("questionnaire", "high"): 4}


@dataclass(frozen=True)
class Planted:
    table: str
    column: str
    words: str
    sealed: bool


class Planting:
    """``rows``: sees to it that each table has a row about the person; ``plant``: writes the sentences."""

    def __init__(self, make: Make, person: Participant, cipher: Cipher) -> None:
        self._make, self._person, self._cipher = make, person, cipher
        self._number = count(1000)

    def rows(self, session: Session) -> None:
        for table in TABLES:
            self._row(session, table.name)

    def plant(self, session: Session) -> list[Planted]:
        # The log of looks takes no changes, and holds names of pages.
        return [one for table in TABLES if table.name != "access_log" for one in self._plant(session, table.name)]

    def _row(self, session: Session, name: str) -> int:
        """The key of a row of the table about the person, made where there is none."""
        table = table_of(name)
        column = next(iter(table.primary_key.columns))
        if name in BY_NAME:
            mine = about(BY_NAME[name], self._person.id)
            found = session.scalar(select(column).where(mine).order_by(column).limit(1))
            if found is None:
                session.execute(insert(table).values(self._values(session, table)))
                found = session.scalar(select(column).where(mine).limit(1))
                assert found is not None, name
        else:
            of = [table.c.program_id == self._person.program_id] if "program_id" in table.c else []
            found = session.scalar(select(column).where(*of).order_by(column).limit(1))
            if found is None:
                session.execute(insert(table).values(self._values(session, table)))
                found = session.scalar(select(column).where(*of).limit(1))
        return int(found or 0)

    def _values(self, session: Session, table: Table) -> dict[str, Any]:
        targets = {}
        for constraint in table.foreign_key_constraints:
            element = list(constraint.elements)[-1]
            targets[element.parent.name] = element.column.table.name
        link = BY_NAME[table.name].link if table.name in BY_NAME else ""
        values: dict[str, Any] = {}
        for column in table.c:
            if (table.name, column.name) in WANTED:
                values[column.name] = WANTED[table.name, column.name]
            elif column.name == "program_id":
                values[column.name] = self._person.program_id
            elif column.name == "participant_id":
                values[column.name] = self._person.id
            elif column.name in targets and (not column.nullable or column.name == link):
                values[column.name] = self._row(session, targets[column.name])
            elif column.name.endswith("_sealed"):
                values[column.name] = b"x"
            elif _left_open(column) and column.name != "id":
                values[column.name] = self._value(column)
        return values

    def _value(self, column: Column[Any]) -> Any:
        kind, make = column.type, self._make
        if isinstance(kind, Enum):
            return next(iter(kind.enum_class)) if kind.enum_class else kind.enums[0]
        if isinstance(kind, UtcDateTime):
            return make.clock.now
        if isinstance(kind, JSON):
            return {"en": "x"}
        if isinstance(kind, LargeBinary):
            return b"x"
        if isinstance(kind, String):
            return f"x{next(self._number)}"
        return {date: make.today, time: time(9), bool: False, float: 1.0}.get(kind.python_type, 1)

    def _plant(self, session: Session, name: str) -> Iterator[Planted]:
        table = table_of(name)
        for row in list(session.execute(select(table).where(about(BY_NAME[name], self._person.id))).mappings()):
            values: dict[str, Any] = {}
            for column in table.c:
                words = f"planted{next(self._number)}"
                new = self._planted(table, column, row, words)
                if new is not None:
                    values[column.name] = new
                    yield Planted(name, column.name, words, isinstance(column.type, LargeBinary))
            if values:
                keys = [column == row[column.name] for column in table.primary_key.columns]
                session.execute(update(table).where(*keys).values(values))

    def _planted(self, table: Table, column: Column[Any], row: Any, words: str) -> Any:
        """The column's value with the words in it; None where it holds no words of people."""
        kind, value = column.type, row[column.name]
        if column.name in KEYS or column.name.endswith("_hash") or isinstance(kind, Enum | WeekMask):
            return None
        if isinstance(kind, LargeBinary):
            place = Place(table.name, column.name, row["public_id"])
            return self._cipher.seal(self._body(value, place, words), place)
        if isinstance(kind, JSON):
            return value | {"x": words} if isinstance(value, dict) else [*(value or []), words]
        if isinstance(kind, String) and not column.foreign_keys and (kind.length or 99) >= len(words):
            return words
        return None

    def _body(self, value: bytes | None, place: Place, words: str) -> str:
        """What a form packed stays packed."""
        try:
            text = self._cipher.open(value, place) if value else ""
        except ValueError:
            text = ""
        return json.dumps({"text": words}) if text.startswith("{") else words


def _left_open(column: Column[Any]) -> bool:
    return not (column.nullable or column.default is not None or column.server_default is not None)


def everything(reads: Session, cipher: Cipher | None) -> str:
    """Every value of every table as it stands; with a cipher, sealed ones opened."""
    texts = []
    for table in Base.metadata.sorted_tables:
        for row in reads.execute(select(table)).mappings():
            for column in table.c:
                value = row[column.name]
                if cipher is not None and column.name.endswith("_sealed") and value is not None:
                    value = cipher.open(value, Place(table.name, column.name, row["public_id"]))
                texts.append(str(value))
    return "\n".join(texts)
