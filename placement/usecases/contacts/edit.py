"""Correcting what was written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from placement.models.contacts.contact import Contact
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.contacts import ContactValues, check_values, locked_contact, shift_of
from placement.usecases.effects.log import audit
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

_FIELDS = ("kind", "day", "minutes", "note", "follow_up_on", "shift_id")


@dataclass(frozen=True, slots=True)
class EditContact:
    """The version the person was looking at, and the values as they should be."""

    public_id: str
    version: int
    values: ContactValues


def edit_contact(work: Work, actor: Actor, command: EditContact) -> None:
    """Write the values; another follow-up day opens the follow-up again.

    Raises NotFound, Forbidden, Stale (with the values now) and Refused.
    """
    values = command.values
    with work.transaction() as session:
        row = locked_contact(session, actor, command.public_id)
        ensure(actor, Permission.CONTACT_EDIT, Facts(row.program_id, row.participant_id, account_id=row.account_id))
        same = values.follow_up_on == row.follow_up_on
        check_values(values, actor.today(work.clock()), same_follow_up=same)
        check_version(row, command.version, {name: getattr(row, name) for name in _FIELDS[:-1]})
        wanted: dict[str, Any] = {name: getattr(values, name) for name in _FIELDS[:-1]}
        wanted["shift_id"] = shift_of(session, row.participant_id, values)
        changed = [name for name in _FIELDS if getattr(row, name) != wanted[name]]
        _write(row, wanted, same)
        audit(
            session, work, actor, "contact.edit", "contact", row.id, participant_id=row.participant_id, fields=changed
        )


def _write(row: Contact, wanted: dict[str, Any], same_follow_up: bool) -> None:
    for name, value in wanted.items():
        setattr(row, name, value)
    if not same_follow_up:
        row.follow_up_done_at = None
