"""The program's lines behind "I need help now"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.models.programs.program import HelpContact


@dataclass(frozen=True, slots=True)
class HelpLine:
    label: Mapping[str, str]
    phone: str
    hours: str


def help_contacts(db: Session, program_id: int) -> list[HelpLine]:
    """In the program's order. Public within the program, so no scope."""
    rows = db.execute(
        select(HelpContact.label, HelpContact.phone, HelpContact.hours)
        .where(HelpContact.program_id == program_id)
        .order_by(HelpContact.position)
    )
    return [HelpLine(*row) for row in rows]
