"""A new account in a program, or a new membership of somebody who has an account already."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, Refused
from placement.domain.roles import Role
from placement.domain.words import say
from placement.models.accounts.account import Account
from placement.policy.actor import Actor, System
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.account_links import add_sites, link_record
from placement.usecases.effects.accounts import (
    add_account,
    checked_email,
    checked_name,
    grant,
    live_account,
    live_roles,
    welcome,
)
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class CreateAccount:
    """``participant``: public id of the record the person signs in to; ``sites``: public ids of a supervisor's shops.

    ``welcome`` False sends no mail, for invented people.
    """

    name: str
    email: str
    locale: str
    roles: frozenset[Role]
    participant: str | None = None
    sites: tuple[str, ...] = ()
    welcome: bool = True


def create_account(work: Work, actor: Actor | System, command: CreateAccount) -> str:
    """Returns the account's public id. An address that has an account keeps its name, language and password.

    Raises Refused (fields email, name, roles, participant) and NotFound for a foreign record or shop.
    """
    program_id = actor.program_id
    if program_id is None:
        raise Forbidden(Permission.ACCOUNT_MANAGE)
    if isinstance(actor, Actor):
        ensure(actor, Permission.ACCOUNT_MANAGE, Facts(program_id))
    email, name = checked_email(command.email), checked_name(command.name)
    if not command.roles:
        raise Refused(say("Please choose at least one role."), "roles")
    try:
        with work.transaction() as session:
            return _create(session, work, actor, program_id, command, email, name)
    except IntegrityError as error:
        raise Refused(say("Somebody added this person just now. Please look at the list."), "email") from error


def _create(
    session: Session, work: Work, actor: Actor | System, program_id: int, command: CreateAccount, email: str, name: str
) -> str:
    account = live_account(session, email) or add_account(session, work, name, email, command.locale)
    if live_roles(session, program_id, account.id):
        raise Refused(say("Somebody with this address is in the program already. Look in the list."), "email")
    grant(session, work, program_id, account, command.roles)
    details: dict[str, object] = {"roles": sorted(command.roles)}
    if command.participant is not None and Role.PARTICIPANT in command.roles:
        details["participant"] = link_record(session, program_id, account, command.participant)
    if command.sites and Role.SUPERVISOR in command.roles:
        add_sites(session, work, program_id, account, command.sites)
    if command.welcome:
        welcome(session, work, program_id, account)
    audit(session, work, actor, "accounts.create", Account.__tablename__, account.id, **details)
    return account.public_id
