"""An admin corrects a name or an address."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.domain.addresses import address_key
from placement.domain.errors import Refused
from placement.domain.words import say
from placement.models.accounts.account import Account
from placement.models.feedback.rater import Rater
from placement.policy.actor import Actor
from placement.usecases.effects.accounts import account_key, checked_email, checked_name, close_links, welcome
from placement.usecases.effects.log import audit
from placement.usecases.effects.managed import ensure_own, managed_account
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class EditAccount:
    account: str
    version: int
    name: str
    email: str


def edit_account(work: Work, actor: Actor, command: EditAccount) -> None:
    """Raises NotFound, Stale, Refused (also for an account that another program uses, too).

    With a new address, links sent to the old one stop working, and who has no password yet gets a new one.
    """
    try:
        with work.transaction() as session:
            _edit(session, work, actor, command)
    except IntegrityError as error:
        raise Refused(say("This address belongs to another account."), "email") from error


def _edit(session: Session, work: Work, actor: Actor, command: EditAccount) -> None:
    account = managed_account(session, actor, command.account)
    ensure_own(session, actor.program, account)
    name, email = checked_name(command.name), checked_email(command.email)
    check_version(account, command.version, {"name": account.name, "email": account.email})
    changed = [field for field, value in (("name", name), ("email", email)) if getattr(account, field) != value]
    account.name, account.sort_key = name, account_key(name)
    moved = address_key(email) != account.email_key
    account.email, account.email_key = email, address_key(email)
    session.flush()
    if "name" in changed:
        session.execute(update(Rater).where(Rater.account_id == account.id).values(name=name))
    if moved:
        close_links(session, work, account.id)
        if account.password_hash is None:
            welcome(session, work, actor.program, account)
    audit(session, work, actor, "accounts.edit", Account.__tablename__, account.id, fields=changed)
