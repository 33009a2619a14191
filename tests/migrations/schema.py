"""Everything a database knows about its schema, as plain values that can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.pool import NullPool

_SQLITE_TRIGGERS = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
_SQLITE_NUMBERED = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
_POSTGRES_TRIGGERS = (
    "SELECT tgname, pg_get_triggerdef(t.oid), pg_get_functiondef(tgfoid) FROM pg_trigger t WHERE NOT tgisinternal"
)
_POSTGRES_FUNCTIONS = (
    "SELECT proname, prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE nspname = 'public'"
)


def engine_for(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool)


def schema(url: str) -> dict[str, Any]:
    """Table → columns, keys, indexes, checks; besides them triggers, functions, numbered tables."""
    engine = engine_for(url)
    looking = inspect(engine)
    found: dict[str, Any] = {
        name: {
            # In no order: a column that came later stands last in an old database, elsewhere in a new one.
            "columns": sorted(_column(engine, column) for column in looking.get_columns(name)),
            "primary key": _plain(looking.get_pk_constraint(name)),
            "foreign keys": _sorted(looking.get_foreign_keys(name)),
            "unique": _sorted(looking.get_unique_constraints(name)),
            "checks": _sorted(looking.get_check_constraints(name)),
            "indexes": _sorted(looking.get_indexes(name)),
        }
        for name in looking.get_table_names()
        if name != "alembic_version"
    }
    sqlite = engine.dialect.name == "sqlite"
    asked = (_SQLITE_TRIGGERS, _SQLITE_NUMBERED) if sqlite else (_POSTGRES_TRIGGERS, _POSTGRES_FUNCTIONS)
    with engine.connect() as connection:
        found["*"] = [sorted(map(_row, connection.execute(text(statement)))) for statement in asked]
    return found


def _column(engine: Engine, column: ReflectedColumn) -> tuple[str, ...]:
    kind = column["type"].compile(engine.dialect)
    return column["name"], kind, str(column["nullable"]), str(column["default"]), str(column.get("autoincrement"))


def _row(values: Any) -> tuple[str, ...]:
    return tuple(" ".join(str(value).split()) for value in values)


def _sorted(items: Any) -> list[str]:
    return sorted(_plain(item) for item in items)


def _plain(item: Mapping[str, Any]) -> str:
    """Conditions come as expressions: compare their text."""
    return repr({key: _words(item[key]) for key in sorted(item)})


def _words(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _words(value[key]) for key in sorted(value)}
    return value if isinstance(value, str | int | list | tuple | None) else str(value)


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """What stands in one schema and not in the other, in words."""
    found = [f"only in the first: {name}" for name in sorted(set(one) - set(other))]
    found += [f"only in the second: {name}" for name in sorted(set(other) - set(one))]
    for name in sorted(set(one) & set(other)):
        if one[name] != other[name]:
            parts = one[name] if isinstance(one[name], dict) else {"triggers": one[name]}
            others = other[name] if isinstance(other[name], dict) else {"triggers": other[name]}
            found += [f"{name} {part}: {parts[part]} ≠ {others[part]}" for part in parts if parts[part] != others[part]]
    return found
