"""Language, light or dark, and how somebody reads, per account."""

from __future__ import annotations

from placement.domain.reading import Reading
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


def set_reading(work: Work, actor: Actor, reading: Reading) -> None:
    """Store how this person reads."""
    ensure(actor, Permission.ACCOUNT_OWN)
    with work.transaction() as session:
        account = session.get_one(Account, actor.account_id)
        account.plain, account.large_type = reading.plain, reading.large_type
        account.pictograms, account.read_aloud = reading.pictograms, reading.read_aloud
