"""A new program with our catalog and its first admin."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from placement.domain.errors import Refused
from placement.domain.roles import Role
from placement.domain.words import say
from placement.models.programs.program import Program
from placement.policy.actor import Actor, System
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.usecases.effects.accounts import (
    add_account,
    checked_email,
    checked_name,
    grant,
    live_account,
    welcome,
)
from placement.usecases.effects.catalog import seed_catalog
from placement.usecases.effects.log import audit
from placement.usecases.effects.programs import checked_settings
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class CreateProgram:
    """``country``: ISO 3166, two letters. ``admin_coordinates``: the first admin also coordinates.

    ``welcome`` False sends no mail, for invented programs.
    """

    name: str
    zone: str
    locale: str
    country: str
    admin_name: str
    admin_email: str
    admin_coordinates: bool = False
    welcome: bool = True


def create_program(work: Work, actor: Actor | System, command: CreateProgram) -> str:
    """Returns the program's public id. Raises Refused (fields name, zone, locale, country, email)."""
    if isinstance(actor, Actor):
        ensure(actor, Permission.PROGRAM_CREATE)
    settings = checked_settings(command.name, command.zone, command.locale, command.country)
    email, admin_name = checked_email(command.admin_email), checked_name(command.admin_name)
    roles = {Role.ADMIN, Role.COORDINATOR} if command.admin_coordinates else {Role.ADMIN}
    try:
        with work.transaction() as session:
            program = Program(**settings, created_at=work.clock())
            session.add(program)
            session.flush()
            seed_catalog(session, work, program.id)
            account = live_account(session, email) or add_account(session, work, admin_name, email, program.locale)
            grant(session, work, program.id, account, roles)
            if command.welcome:
                welcome(session, work, program.id, account)
            audit(session, work, actor, "programs.create", "program", program.id, admin=account.id)
            return program.public_id
    except IntegrityError as error:
        raise Refused(say("Somebody added this person just now. Please try again."), "email") from error
