"""A program's settings and its lines behind "I need help now"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from placement.domain.catalog import checked_words
from placement.domain.errors import Refused
from placement.domain.words import say
from placement.models.programs.program import HelpContact, Program
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.programs import checked_settings
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

MOST_CONTACTS = 12


@dataclass(frozen=True, slots=True)
class EditProgram:
    version: int
    name: str
    zone: str
    locale: str
    country: str


@dataclass(frozen=True, slots=True)
class Contact:
    label: Mapping[str, str]
    phone: str
    hours: str = ""


def edit_program(work: Work, actor: Actor, command: EditProgram) -> None:
    """Change the active program's settings. Raises Stale, Refused at the field."""
    settings = checked_settings(command.name, command.zone, command.locale, command.country)
    with work.transaction() as session:
        program = _program(session, actor)
        before = {name: getattr(program, name) for name in settings}
        check_version(program, command.version, before)
        for name, value in settings.items():
            setattr(program, name, value)
        changed = sorted(name for name in settings if before[name] != settings[name])
        audit(session, work, actor, "programs.edit", "program", program.id, fields=changed)


def set_contacts(work: Work, actor: Actor, version: int, contacts: tuple[Contact, ...]) -> None:
    """Make the program's help lines these, in this order. Raises Stale, Refused (field contacts)."""
    if len(contacts) > MOST_CONTACTS:
        raise Refused(say("Please keep it to %(most)s lines.", most=MOST_CONTACTS), "contacts")
    with work.transaction() as session:
        program = _program(session, actor)
        check_version(program, version, {})
        session.execute(delete(HelpContact).where(HelpContact.program_id == program.id))
        for position, contact in enumerate(contacts):
            session.add(_contact(program, position, contact))
        audit(session, work, actor, "programs.set_contacts", "program", program.id, lines=len(contacts))


def _contact(program: Program, position: int, contact: Contact) -> HelpContact:
    try:
        label = checked_words(contact.label, program.locale, "name")
    except Refused as error:
        raise Refused(error.reason, "contacts") from error
    phone = " ".join(contact.phone.split())
    digits = sum(letter.isdigit() for letter in phone)
    if digits < 2 or len(phone) > 40 or any(letter not in "0123456789+ -/()" for letter in phone):
        raise Refused(say("Please enter a phone number for each line, e.g. +49 30 123456."), "contacts")
    return HelpContact(
        program_id=program.id, position=position, label=label, phone=phone, hours=" ".join(contact.hours.split())[:200]
    )


def _program(session: Session, actor: Actor) -> Program:
    ensure(actor, Permission.PROGRAM_EDIT)
    ensure(actor, Permission.PROGRAM_EDIT, Facts(actor.program))
    return session.get_one(Program, actor.program, with_for_update={"key_share": True})
