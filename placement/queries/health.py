"""Whether the database answers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.models.programs.program import Program


def database_answers(db: Session) -> bool:
    """True if there is a schema to read; a missing one or a dead server raises SQLAlchemy's OperationalError."""
    db.execute(select(Program.id).limit(1)).first()
    return True
