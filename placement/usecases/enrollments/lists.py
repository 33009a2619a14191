"""The program's own lists about entry and exit."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select

from placement.domain.enrollments import ListKind
from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.enrollments.enrollment import ListEntry
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work

LONGEST, MOST = 80, 60


def add_list_entry(work: Work, actor: Actor, kind: ListKind, name: Mapping[str, str]) -> str:
    """``name``: locale → text, the program's language required. Raises Forbidden and Refused with the field's name."""
    ensure(actor, Permission.CATALOG_EDIT, Facts(actor.program))
    words = {locale: text.strip() for locale, text in name.items() if text.strip()}
    if actor.program_locale not in words:
        raise Refused(say("Please write the program’s language."), f"name_{actor.program_locale}")
    for locale, text in words.items():
        if len(text) > LONGEST:
            raise Refused(say("Please write at most %(count)s characters.", count=LONGEST), f"name_{locale}")
    with work.transaction() as session:
        live = (
            scope.in_program(actor, ListEntry.program_id), ListEntry.kind == kind, ListEntry.archived_at.is_(None)
        )  # fmt: skip
        if (session.scalar(select(func.count()).select_from(ListEntry).where(*live)) or 0) >= MOST:
            raise Refused(say("The list is full. Take out what nobody uses any more."))
        row = ListEntry(program_id=actor.program, kind=kind, name=words, created_at=work.clock())
        session.add(row)
        session.flush()
        audit(session, work, actor, "lists.add", "list_entry", row.id, kind=kind.value)
        return row.public_id


def archive_list_entry(work: Work, actor: Actor, public_id: str, archived: bool = True) -> None:
    """No longer offered, or offered again; where it was chosen, it stays. Raises NotFound, Forbidden."""
    ensure(actor, Permission.CATALOG_EDIT, Facts(actor.program))
    with work.transaction() as session:
        row = session.scalar(
            select(ListEntry).where(scope.in_program(actor, ListEntry.program_id), ListEntry.public_id == public_id)
        )
        if row is None:
            raise NotFound
        if (row.archived_at is not None) is archived:
            return
        row.archived_at = work.clock() if archived else None
        audit(session, work, actor, "lists.archive" if archived else "lists.restore", "list_entry", row.id)
