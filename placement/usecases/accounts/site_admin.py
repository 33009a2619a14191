"""The first person of a new installation: runs the site, makes programs."""

from __future__ import annotations

from placement.domain.tokens import link_token
from placement.policy.actor import System
from placement.usecases.effects.accounts import add_account, checked_email, checked_name, live_account, open_link
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def create_site_admin(work: Work, name: str, email: str, locale: str) -> str:
    """Let somebody run the site; returns the token of a link to set a password. Only for the command line.

    An address that has an account keeps its name. Raises Refused for an address or name that is none.
    """
    email, name = checked_email(email), checked_name(name)
    with work.transaction() as session:
        account = live_account(session, email) or add_account(session, work, name, email, locale)
        account.runs_site = True
        link = open_link(session, work, account.id)
        audit(session, work, System(), "accounts.create_site_admin", "account", account.id)
        return link_token(work.link_key, link.id, link.generation)
