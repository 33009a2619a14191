"""A program as the command line names it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement.models.programs.program import Program


@dataclass(frozen=True, slots=True)
class NamedProgram:
    id: int
    public_id: str
    name: str


def named_program(db: Session, name: str | None = None) -> NamedProgram | None:
    """The live program with that name or public id, without one the first; None if there is none.

    Only for commands: whoever runs them has the whole database.
    """
    statement = select(Program.id, Program.public_id, Program.name).where(Program.archived_at.is_(None))
    if name is not None:
        statement = statement.where(or_(Program.name == name, Program.public_id == name))
    row = db.execute(statement.order_by(Program.id).limit(1)).one_or_none()
    return None if row is None else NamedProgram(*row)
