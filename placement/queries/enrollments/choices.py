"""The program's lists about entry and exit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.enrollments import ListKind
from placement.models.enrollments.enrollment import ListEntry
from placement.policy.actor import Actor
from placement.queries import scope

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """``archived``: chosen before, no longer offered."""

    public_id: str
    kind: ListKind
    name: Words
    archived: bool


def list_entries(db: Session, actor: Actor) -> dict[int, EntryRow]:
    """Every entry by key, archived ones too, in the order they were added; one statement."""
    rows = db.execute(
        select(ListEntry.id, ListEntry.public_id, ListEntry.kind, ListEntry.name, ListEntry.archived_at)
        .where(scope.in_program(actor, ListEntry.program_id))
        .order_by(ListEntry.id)
    )
    return {key: EntryRow(public, kind, name, gone is not None) for key, public, kind, name, gone in rows}


def offered(entries: Mapping[int, EntryRow], kind: ListKind, chosen: str = "") -> Sequence[EntryRow]:
    """What a form offers of a list: what is live, and what was chosen before."""
    return [row for row in entries.values() if row.kind is kind and (not row.archived or row.public_id == chosen)]
