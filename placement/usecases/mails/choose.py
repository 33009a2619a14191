"""One's own choice of mails, quiet hours and, for those who are called, a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from placement.domain.employers import zone_exists
from placement.domain.errors import Refused
from placement.domain.mails import MailKind, is_called, kinds_for
from placement.domain.words import say
from placement.models.accounts.account import Account
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class ChooseMails:
    """``wanted`` of the kinds offered to the actor's roles; other programs' kinds stay as they are."""

    wanted: frozenset[MailKind]
    locale: str
    quiet_from: time | None
    quiet_until: time | None
    zone: str
    phone: str = ""


def choose_mails(work: Work, actor: Actor, command: ChooseMails) -> None:
    """Raises Refused for half of the quiet hours, or a zone nobody knows. The caller has checked the locale."""
    ensure(actor, Permission.ACCOUNT_OWN)
    _check(command)
    offered = set(kinds_for(actor.roles))
    with work.transaction() as session:
        account = session.get_one(Account, actor.account_id, with_for_update=True)
        account.mails_off = sorted((set(account.mails_off) - offered) | (offered - command.wanted))
        account.quiet_from, account.quiet_until = command.quiet_from, command.quiet_until
        account.zone, account.locale = command.zone, command.locale
        if is_called(actor.roles):
            account.phone = command.phone
        audit(session, work, actor, "mails.choose", "account", account.id)


def _check(command: ChooseMails) -> None:
    if (command.quiet_from is None) != (command.quiet_until is None):
        missing = "quiet_until" if command.quiet_until is None else "quiet_from"
        raise Refused(say("Please give both times, or none."), missing)
    if command.quiet_from is not None and command.quiet_from == command.quiet_until:
        raise Refused(say("Both times are the same. Leave them empty for no quiet hours."), "quiet_until")
    if command.zone and not zone_exists(command.zone):
        raise Refused(say("The time zone %(zone)s is not known.", zone=command.zone), "zone")
