"""Language and light or dark, per account."""

from __future__ import annotations

from placement.models.accounts.account import Account
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.usecases.transaction import Work


def set_preferences(work: Work, actor: Actor, locale: str | None = None, theme: str | None = None) -> None:
    """Store the given preferences; None leaves one as it is. The caller has checked the values."""
    ensure(actor, Permission.ACCOUNT_OWN)
    with work.transaction() as session:
        account = session.get_one(Account, actor.account_id)
        account.locale = locale or account.locale
        account.theme = theme or account.theme
