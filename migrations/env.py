"""Runs migrations on both databases.

On SQLite a table rebuild with foreign keys on would cascade into children and drop triggers: they run with foreign
keys off, and are followed by ``foreign_key_check``.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import JSON, Connection, text

from placement.extensions import db
from placement.models.base import UtcDateTime, WeekMask
from placement.models.engine import writing

target_metadata = db.metadata


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Migrations name plain types, so that they keep working when ours change."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    if kind == "type" and isinstance(item, WeekMask):
        return "sa.LargeBinary(84)"
    return False


def run() -> None:
    given: Connection | None = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    with writing(db.engine).connect() as connection:
        migrate(connection)


def migrate(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.commit()
        # Only outside of a transaction does SQLite listen to this.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
    context.configure(
        connection=connection,
        target_metadata=target_metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
        if sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"foreign keys broken by a migration: {broken[:5]}")
    if sqlite:
        connection.commit()
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


run()
