"""The accounts of a program, as its admin sees them: names, addresses, roles, nothing a person does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, String, and_, cast, exists, func, select, true
from sqlalchemy.orm import Session

from placement.domain.roles import Role
from placement.domain.text import fold
from placement.models.accounts.account import Account, Membership
from placement.models.accounts.session import SignInSession
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.pages import Page, fetch_page, starts_with

SHOWS = ("never", "archived")


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """``show``: "" for people in the program, "never" for those who never signed in, "archived" for who has left."""

    q: str = ""
    role: Role | None = None
    show: str = ""
    descending: bool = False
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class AccountLine:
    public_id: str
    name: str
    email: str
    roles: tuple[Role, ...]
    signed_in: bool


def account_list(db: Session, actor: Actor, wanted: AccountFilter) -> Page[AccountLine]:
    """One page by name, in one statement."""
    ensure(actor, Permission.ACCOUNT_MANAGE)
    program = actor.program
    ensure(actor, Permission.ACCOUNT_MANAGE, Facts(program))
    here = in_use(program)
    sort_key: Any = Account.sort_key
    conditions = [belongs(program) & ~here if wanted.show == "archived" else here]
    if wanted.role is not None:
        role = exists().where(
            Membership.account_id == Account.id,
            Membership.program_id == program,
            Membership.role == wanted.role,
            true() if wanted.show == "archived" else Membership.archived_at.is_(None),
        )
        conditions.append(role)
    if wanted.show == "never":
        conditions.append(~signed_in())
    if wanted.q:
        conditions.append(starts_with(sort_key, fold(wanted.q)))
    keys: list[Any] = [sort_key, Account.id]
    statement: Any = select(
        Account.public_id, Account.name, Account.email, role_names(program), signed_in().label("signed_in")
    ).where(*conditions)
    page = fetch_page(db, statement, keys, wanted.cursor, descending=wanted.descending)
    rows: list[Any] = page.rows
    lines = [AccountLine(row[0], row[1], row[2], roles_of(row[3]), bool(row[4])) for row in rows]
    return Page(lines, page.next, page.previous)


def belongs(program_id: int) -> ColumnElement[bool]:
    """Is or was a member."""
    return exists().where(Membership.account_id == Account.id, Membership.program_id == program_id)


def in_use(program_id: int) -> ColumnElement[bool]:
    """Can sign in, and is a member."""
    member = exists().where(
        Membership.account_id == Account.id, Membership.program_id == program_id, Membership.archived_at.is_(None)
    )
    return and_(Account.archived_at.is_(None), member)


def signed_in() -> ColumnElement[bool]:
    """Has signed in at least once."""
    return exists().where(SignInSession.account_id == Account.id)


def role_names(program_id: int) -> ScalarSelect[str]:
    """The live roles in the program, joined by commas."""
    return (
        select(func.aggregate_strings(cast(Membership.role, String), ","))
        .where(
            Membership.account_id == Account.id,
            Membership.program_id == program_id,
            Membership.archived_at.is_(None),
        )
        .scalar_subquery()
    )


def roles_of(joined: str | None) -> tuple[Role, ...]:
    """In the order of the enum."""
    found = set((joined or "").split(","))
    return tuple(role for role in Role if role.value in found)
