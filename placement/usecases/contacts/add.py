"""Writing down time given to a participant."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from placement.models.contacts.contact import Contact
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.usecases.effects.contacts import ContactValues, check_values, shift_of
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import person_to_add_to
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AddContact:
    """``participant``: public id. ``key``: made for every form that is shown, so that a double tap is one contact."""

    participant: str
    values: ContactValues
    key: str


def add_contact(work: Work, actor: Actor, command: AddContact) -> str:
    """Write it down under the actor's name; its public id. The same key and body get the first answer again.

    Raises NotFound, Forbidden, KeyReused and Refused with the field's name.
    """
    return again_if_taken(_add, work, actor, command)


def _add(work: Work, actor: Actor, command: AddContact) -> str:
    body, values = asdict(command), command.values
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["contact"])
        person = person_to_add_to(session, actor, command.participant, Permission.CONTACT_ADD)
        check_values(values, actor.today(work.clock()))
        row = Contact(
            program_id=person.program_id,
            participant_id=person.id,
            account_id=actor.account_id,
            shift_id=shift_of(session, person.id, values),
            day=values.day,
            minutes=values.minutes,
            kind=values.kind,
            note=values.note,
            follow_up_on=values.follow_up_on,
            created_at=work.clock(),
        )
        session.add(row)
        session.flush()
        audit(session, work, actor, "contact.add", "contact", row.id, participant_id=person.id, kind=values.kind)
        keep_answer(session, work, actor, command.key, body, {"contact": row.public_id})
        return row.public_id
