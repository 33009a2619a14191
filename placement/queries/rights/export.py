"""Everything about a participant, for themself: opened, with names instead of keys, and what is withheld listed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from sqlalchemy import LargeBinary, Table, select
from sqlalchemy.orm import Session

from placement.domain.data_groups import GROUPS, DataGroup
from placement.domain.errors import NotFound
from placement.domain.profiles import full_name
from placement.domain.record_tables import CONFIDENTIAL, KEYS, TABLES, RecordTable
from placement.domain.sealed import Cipher, Place
from placement.domain.week import to_spans
from placement.domain.words import Say, say
from placement.models.base import WeekMask
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.rights.rows import about, table_of
from placement.queries.sealed import opened

#: Table → the column that names its row for people.
NAMES = {
    "account": "name", "accommodation": "name", "employer": "name", "exposure_step": "position", "goal": "title",
    "measure_item": "name", "milestone_rule": "name", "occasion": "local_day", "one_to_one": "day", "opening": "role",
    "placement": "first_day", "questionnaire": "name", "rater": "name", "shift": "day", "site": "name",
    "step_plan": "first_day", "support_level": "name", "task": "name", "trait": "name", "work_group": "name",
}  # fmt: skip
#: Keys without a foreign key, so that erasing keeps the logs readable.
_LOOSE = {("access_log", "account_id"): "account"}
#: Sessions and photos of groups are about the work of all of them.
_TOGETHER = say("What your groups wrote down together, and photos of the work")
#: Values in one question to the database.
_CHUNK = 400


@dataclass(frozen=True, slots=True)
class TablePart:
    """``rows``: column → value; texts opened, keys as names (a wording is a mapping locale → text)."""

    name: str
    title: Say
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class GroupPart:
    group: DataGroup
    tables: tuple[TablePart, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """``by``: the clinician who withholds a note, "" where nobody in person does."""

    what: Say
    ground: Say | str
    day: date | None = None
    on: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    name: str
    made_at: datetime
    groups: tuple[GroupPart, ...]
    withheld: tuple[Withheld, ...]


def export_of_own(db: Session, actor: Actor, cipher: Cipher, now: datetime) -> Export:
    """The participant's own. Statements: one a table and one a kind of name. Raises NotFound and Forbidden."""
    person = db.execute(
        select(Participant.id, Participant.program_id, Participant.preferred_name, Participant.family_name).where(
            scope.participants(actor), Participant.id == (actor.participant_id or 0)
        )
    ).one_or_none()
    if person is None:
        raise NotFound
    ensure(actor, Permission.RIGHTS_OWN, Facts(person.program_id, person.id))
    withheld: list[Withheld] = []
    found = {table.name: _rows(db, table, person.id, withheld) for table in TABLES}
    names = _names(db, found)
    parts: dict[str, list[TablePart]] = defaultdict(list)
    for table in TABLES:
        rows = tuple(_row(cipher, table_of(table.name), row, names) for row in found[table.name])
        if rows:
            parts[table.group].append(TablePart(table.name, table.title, rows))
    if found["group_member"]:
        withheld.append(Withheld(_TOGETHER, say("It says something about other people. You read it with the group.")))
    groups = tuple(GroupPart(group, tuple(parts[group.key])) for group in GROUPS)
    return Export(full_name(person.preferred_name, person.family_name), now, groups, tuple(withheld))


def _rows(db: Session, table: RecordTable, participant_id: int, withheld: list[Withheld]) -> list[Mapping[str, Any]]:
    """The rows that are taken along; what is not is added to the list."""
    columns = table_of(table.name)
    order = columns.c.id if "id" in columns.c else next(iter(columns.primary_key.columns))
    rows: list[Mapping[str, Any]] = [
        dict(row) for row in db.execute(select(columns).where(about(table, participant_id)).order_by(order)).mappings()
    ]
    if table.left_out is not None:
        if rows:
            withheld.append(Withheld(table.title, table.left_out))
        return []
    for (name, column), ground in CONFIDENTIAL.items():
        if name == table.name and any(row[column] for row in rows):
            withheld.append(Withheld(table.title, ground))
    if table.name == "session_note":
        return _notes(db, rows, withheld)
    if table.name == "notice":
        return _notices(rows, withheld)
    return rows


def _notes(db: Session, rows: list[Mapping[str, Any]], withheld: list[Withheld]) -> list[Mapping[str, Any]]:
    """Private notes go along, but for those a named clinician withholds (§ 630g BGB)."""
    kept = [row for row in rows if row["withheld_at"] is not None]
    names = _look_up(db, "account", {row["withheld_by_id"] for row in kept})
    days = _look_up(db, "one_to_one", {row["session_id"] for row in kept})
    for row in kept:
        by, day = str(names.get(row["withheld_by_id"], "")), days.get(row["session_id"])
        withheld.append(Withheld(say("A private note"), row["withheld_ground"], day, row["withheld_at"], by))
    return [row for row in rows if row["withheld_at"] is None]


def _notices(rows: list[Mapping[str, Any]], withheld: list[Withheld]) -> list[Mapping[str, Any]]:
    """What a shop said in confidence is listed, not shown (GDPR Art. 15 (4))."""
    ground = say("A shop said it in confidence. Ask your coordinator.")
    for row in rows:
        if row["rater_id"] is not None:
            withheld.append(Withheld(say("Words from a shop"), ground, on=row["created_at"]))
    return [row for row in rows if row["rater_id"] is None]


def _targets(table: Table) -> dict[str, str]:
    """Column → the table its key points at."""
    found = {column: to for (name, column), to in _LOOSE.items() if name == table.name}
    for constraint in table.foreign_key_constraints:
        element = list(constraint.elements)[-1]
        found[element.parent.name] = element.column.table.name
    found.pop("program_id", None)
    return found


def _names(db: Session, found: Mapping[str, list[Mapping[str, Any]]]) -> dict[str, dict[int, Any]]:
    """Table → key → name, of everything the rows point at."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for name, rows in found.items():
        for column, to in _targets(table_of(name)).items():
            wanted[to] |= {row[column] for row in rows if row[column] is not None}
    return {to: _look_up(db, to, keys) for to, keys in wanted.items() if to in NAMES}


def _look_up(db: Session, name: str, keys: Iterable[int]) -> dict[int, Any]:
    table, ordered = table_of(name), sorted(keys)
    found: dict[int, Any] = {}
    for at in range(0, len(ordered), _CHUNK):
        part = table.c.id.in_(ordered[at : at + _CHUNK])
        found |= {row[0]: row[1] for row in db.execute(select(table.c.id, table.c[NAMES[name]]).where(part))}
    return found


def _row(
    cipher: Cipher, table: Table, row: Mapping[str, Any], names: Mapping[str, Mapping[int, Any]]
) -> dict[str, Any]:
    targets, out = _targets(table), {}
    for column in table.c:
        name, value = column.name, row[column.name]
        if value is None or value == "" or name in KEYS or (table.name, name) in CONFIDENTIAL:
            continue
        if name in targets:
            if targets[name] in names and value in names[targets[name]]:
                out[name] = _plain(names[targets[name]][value])
        elif isinstance(column.type, WeekMask):
            out[name] = [
                {"weekday": span.weekday, "from": f"{span.start:%H:%M}", "until": f"{span.end:%H:%M}"}
                for span in to_spans(value)
            ]
        elif isinstance(column.type, LargeBinary):
            out[name] = _opened(cipher, value, Place(table.name, name, row["public_id"]))
        else:
            out[name] = _plain(value)
    return out


def _opened(cipher: Cipher, sealed: bytes, place: Place) -> Any:
    """The text, or what a form packed into it; None stands for a broken seal."""
    words = opened(cipher, sealed, place)
    if words.broken:
        return None
    if words.text.startswith("{"):
        try:
            return json.loads(words.text)
        except ValueError:
            return words.text
    return words.text


def _plain(value: Any) -> Any:
    """Values the readable page formats and the data file writes."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime | time | int | float | str | Mapping | list):
        return value
    return str(value)
