"""Loading and keeping what hangs on an enrollment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.catalog import read
from placement.domain.enrollments import ListKind, next_follow_up
from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.enrollments.enrollment import Enrollment, FollowUp, ListEntry
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.people import check_not_archived
from placement.usecases.transaction import Work

#: Field of an enrollment → the list its entry is from.
LISTS: Mapping[str, ListKind] = {
    "source": ListKind.SOURCE,
    "work_in": ListKind.WORK,
    "benefit_in": ListKind.BENEFIT,
    "insurance_in": ListKind.INSURANCE,
    "exit_reason": ListKind.EXIT_REASON,
    "work_out": ListKind.WORK,
    "benefit_out": ListKind.BENEFIT,
    "insurance_out": ListKind.INSURANCE,
}


def locked_enrollment(session: Session, actor: Actor, public_id: str) -> Enrollment:
    """Held until the transaction ends. Raises NotFound, Forbidden, and Refused for an archived record."""
    row = session.scalar(
        select(Enrollment).where(Enrollment.public_id == public_id, scope.enrollments(actor)).with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.ENROLLMENT_EDIT, Facts(row.program_id, row.participant_id))
    check_not_archived(session, row.participant_id)
    return row


def entry_keys(session: Session, actor: Actor, chosen: Mapping[str, str]) -> dict[str, int | None]:
    """Column → key of a list's entry. ``chosen``: field → public id, empty for unknown.

    Raises Refused, naming the field, for an entry that is not of the program's list.
    """
    wanted = {public_id for public_id in chosen.values() if public_id}
    known: dict[tuple[str, ListKind], int] = {}
    if wanted:
        rows = session.execute(
            select(ListEntry.public_id, ListEntry.kind, ListEntry.id).where(
                scope.in_program(actor, ListEntry.program_id), ListEntry.public_id.in_(sorted(wanted))
            )
        )
        known = {(public_id, kind): key for public_id, kind, key in rows}
    keys: dict[str, int | None] = {}
    for field, public_id in chosen.items():
        key = known.get((public_id, LISTS[field])) if public_id else None
        if public_id and key is None:
            raise Refused(say("Please choose one of the list."), field)
        keys[f"{field}_id"] = key
    return keys


def keep_follow_up(session: Session, row: Enrollment) -> None:
    """From which day on the next follow-up is due."""
    session.flush()
    done = set(session.scalars(select(FollowUp.number).where(FollowUp.enrollment_id == row.id)))
    found = next_follow_up(row.exited_on, done)
    row.follow_up_on = None if found is None else found[1]


def seed_lists(session: Session, work: Work, program_id: int) -> None:
    """The lists a new program starts with; they are its own from then on."""
    for entry in read.list_entries():
        session.add(
            ListEntry(program_id=program_id, kind=ListKind(entry.kind), name=entry.name, created_at=work.clock())
        )


def written(row: Any, values: Mapping[str, Any]) -> list[str]:
    """Set what differs; the names of what was changed."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return sorted(changed)
