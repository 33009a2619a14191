"""Triggers that refuse to change or delete a logged row, for both databases.

Attached to ``metadata.create_all`` so that a fresh schema has them; the migration runs the same statements.
"""

from __future__ import annotations

from sqlalchemy import DDL, event

from placement.models.system.log import AccessLog, Audit, Seal


def statements(dialect: str, table: str) -> tuple[str, ...]:
    """The DDL that makes ``table`` append-only on ``dialect``."""
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER tr_{table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        )
    return (
        f"CREATE OR REPLACE FUNCTION fn_{table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE TRIGGER tr_{table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION fn_{table}_append_only()",
    )


for _model in (Audit, AccessLog, Seal):
    for _dialect in ("sqlite", "postgresql"):
        for _statement in statements(_dialect, _model.__tablename__):
            event.listen(
                _model.__table__, "after_create", DDL(_statement.replace("%", "%%")).execute_if(dialect=_dialect)
            )
