"""Accounts and memberships as several use cases write them: an address found or added, roles on and off, links."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from placement.domain.addresses import address_key, is_address
from placement.domain.errors import Refused
from placement.domain.jobs import JobKind, LinkPurpose
from placement.domain.roles import Role
from placement.domain.sign_in import LINK_LIFE
from placement.domain.text import fold
from placement.domain.tokens import link_token, token_hash
from placement.domain.words import say
from placement.models.accounts.account import Account, AccountLink, Membership
from placement.models.accounts.session import SignInSession
from placement.models.feedback.rater import Rater
from placement.models.programs.program import Program
from placement.usecases.effects.log import enqueue
from placement.usecases.effects.raters import RATES_AS, ensure_rater
from placement.usecases.transaction import Work


def checked_email(email: str) -> str:
    """The address without blanks around it. Raises Refused if it is none."""
    email = email.strip()
    if not is_address(email):
        raise Refused(say("Please enter an e-mail address like name@example.org."), "email")
    return email


def checked_name(name: str) -> str:
    """The name with single blanks. Raises Refused if it is empty."""
    name = " ".join(name.split())
    if not name:
        raise Refused(say("Please enter a name."), "name")
    return name


def account_key(name: str) -> str:
    """What an account is sorted and found by, as long as its column: folding makes some letters longer."""
    return fold(name)[:160]


def live_account(session: Session, email: str) -> Account | None:
    """Who signs in with this address."""
    return session.scalar(select(Account).where(Account.email_key == address_key(email), Account.archived_at.is_(None)))


def add_account(session: Session, work: Work, name: str, email: str, locale: str) -> Account:
    """A new account without a password. Raises IntegrityError if the address was taken meanwhile."""
    account = Account(
        name=name,
        sort_key=account_key(name),
        email=email,
        email_key=address_key(email),
        locale=locale,
        created_at=work.clock(),
    )
    session.add(account)
    session.flush()
    return account


def live_roles(session: Session, program_id: int, account_id: int) -> set[Role]:
    """The roles somebody has in a program now."""
    return set(
        session.scalars(
            select(Membership.role).where(
                Membership.program_id == program_id,
                Membership.account_id == account_id,
                Membership.archived_at.is_(None),
            )
        )
    )


def grant(session: Session, work: Work, program_id: int, account: Account, roles: Iterable[Role]) -> None:
    """Give roles; where a role rates, the person's earlier rater wakes up, or a new one is made."""
    for role in sorted(set(roles) - live_roles(session, program_id, account.id)):
        session.add(Membership(program_id=program_id, account_id=account.id, role=role, created_at=work.clock()))
        _wake_rater(session, program_id, account.id, role)
        ensure_rater(session, work, program_id, account.id, role, account.name)
    session.flush()


def revoke(session: Session, work: Work, program_id: int, account_id: int, roles: Iterable[Role]) -> None:
    """Take roles away; their raters rest, what they said stays."""
    now = work.clock()
    for role in roles:
        session.execute(
            update(Membership)
            .where(
                Membership.program_id == program_id,
                Membership.account_id == account_id,
                Membership.role == role,
                Membership.archived_at.is_(None),
            )
            .values(archived_at=now)
        )
        if role in RATES_AS:
            session.execute(
                update(Rater)
                .where(
                    Rater.program_id == program_id,
                    Rater.account_id == account_id,
                    Rater.kind == RATES_AS[role],
                    Rater.archived_at.is_(None),
                )
                .values(archived_at=now)
            )


def _wake_rater(session: Session, program_id: int, account_id: int, role: Role) -> None:
    if role not in RATES_AS:
        return
    rows = session.scalars(
        select(Rater)
        .where(Rater.program_id == program_id, Rater.account_id == account_id, Rater.kind == RATES_AS[role])
        .order_by(Rater.id)
    ).all()
    if rows and all(row.archived_at is not None for row in rows):
        rows[-1].archived_at = None
        session.flush()


def ensure_admin_left(session: Session, program_id: int, without: int) -> None:
    """Raise Refused if nobody but the account ``without`` administers the program.

    Locks the program's row, so that two admins cannot remove each other at the same moment.
    """
    session.execute(select(Program.id).where(Program.id == program_id).with_for_update())
    others = session.scalar(
        select(func.count())
        .select_from(Membership)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.program_id == program_id,
            Membership.role == Role.ADMIN,
            Membership.archived_at.is_(None),
            Account.archived_at.is_(None),
            Membership.account_id != without,
        )
    )
    if not others:
        raise Refused(say("A program needs an admin. Make somebody else an admin first."), "roles")


def open_link(session: Session, work: Work, account_id: int) -> AccountLink:
    """A new link to set a password; earlier ones stop working."""
    now = work.clock()
    close_links(session, work, account_id)
    link = AccountLink(
        account_id=account_id, purpose=LinkPurpose.SET_PASSWORD, expires_at=now + LINK_LIFE, created_at=now
    )
    session.add(link)
    session.flush()
    link.token_hash = token_hash(link_token(work.link_key, link.id, link.generation))
    return link


def close_links(session: Session, work: Work, account_id: int) -> None:
    """Links that were sent stop working."""
    now = work.clock()
    session.execute(
        update(AccountLink)
        .where(AccountLink.account_id == account_id, AccountLink.used_at.is_(None), AccountLink.expires_at > now)
        .values(expires_at=now)
    )


def welcome(session: Session, work: Work, program_id: int | None, account: Account, link: bool | None = None) -> None:
    """Have the worker write to somebody; by default with a link as long as they have no password."""
    refs = {"account": account.id}
    if link is True or (link is None and account.password_hash is None):
        refs["link"] = open_link(session, work, account.id).id
    enqueue(session, work, JobKind.MAIL_WELCOME, program_id, refs)


def end_sessions(session: Session, work: Work, account_id: int, program_id: int | None = None) -> None:
    """Sign somebody out everywhere, or only where they have ``program_id`` open."""
    running = update(SignInSession).where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
    if program_id is not None:
        running = running.where(SignInSession.program_id == program_id)
    session.execute(running.values(ended_at=work.clock()))
