"""One account as the program's admin sees it, and what can be connected with it. Of people, names only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.roles import Role
from placement.domain.text import fold
from placement.models.accounts.account import Account, Membership
from placement.models.employers.employer import Employer, Site, SiteSupervisor
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.accounts.listing import belongs, role_names, roles_of, signed_in
from placement.queries.pages import Page, fetch_page, starts_with


@dataclass(frozen=True, slots=True)
class NamedLine:
    """``under``: the employer of a shop; empty for a person."""

    public_id: str
    name: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class AccountPage:
    """``own``: this program's alone, so that it can be renamed here. ``record_id`` is for the access log."""

    public_id: str
    version: int
    name: str
    email: str
    locale: str
    roles: tuple[Role, ...]
    archived: bool
    own: bool
    has_password: bool
    signed_in: bool
    record: NamedLine | None
    record_id: int | None
    sites: Sequence[NamedLine] = ()

    @property
    def needs_record(self) -> bool:
        """Signs in to a participant's record."""
        return Role.PARTICIPANT in self.roles

    @property
    def needs_sites(self) -> bool:
        """Sees and rates the shifts at some shops."""
        return Role.SUPERVISOR in self.roles


def account_page(db: Session, actor: Actor, public_id: str, today: date) -> AccountPage:
    """Two statements; the second only for a supervisor. Raises NotFound."""
    program = _program(actor)
    row = _account(db, program, public_id)
    roles = roles_of(row.roles)
    record = NamedLine(row.record, f"{row.preferred_name} {row.family_name}".strip()) if row.record else None
    return AccountPage(
        public_id=public_id,
        version=row.version,
        name=row.name,
        email=row.email,
        locale=row.locale,
        roles=roles,
        archived=row.archived_at is not None or not roles,
        own=not row.elsewhere,
        has_password=bool(row.has_password),
        signed_in=bool(row.signed_in),
        record=record,
        record_id=row.record_id,
        sites=_sites(db, program, row.id, today) if Role.SUPERVISOR in roles else (),
    )


def _account(db: Session, program: int, public_id: str) -> Any:
    elsewhere = exists().where(
        Membership.account_id == Account.id, Membership.program_id != program, Membership.archived_at.is_(None)
    )
    row = db.execute(
        select(
            Account.id,
            Account.version,
            Account.name,
            Account.email,
            Account.locale,
            Account.archived_at,
            Account.password_hash.is_not(None).label("has_password"),
            or_(Account.runs_site, elsewhere).label("elsewhere"),
            role_names(program).label("roles"),
            signed_in().label("signed_in"),
            Participant.id.label("record_id"),
            Participant.public_id.label("record"),
            Participant.preferred_name,
            Participant.family_name,
        )
        .outerjoin(Participant, and_(Participant.account_id == Account.id, Participant.program_id == program))
        .where(Account.public_id == public_id, belongs(program))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def _sites(db: Session, program: int, account_id: int, today: date) -> list[NamedLine]:
    rows = db.execute(
        select(Site.public_id, Site.name, Employer.name)
        .join(SiteSupervisor, SiteSupervisor.site_id == Site.id)
        .join(Rater, Rater.id == SiteSupervisor.rater_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            Rater.program_id == program,
            Rater.account_id == account_id,
            Rater.archived_at.is_(None),
            Site.archived_at.is_(None),
            or_(SiteSupervisor.last_day.is_(None), SiteSupervisor.last_day >= today),
        )
        .order_by(Site.sort_key, Site.id)
    )
    return [NamedLine(*row) for row in rows]


def free_records(db: Session, actor: Actor, q: str, cursor: str | None) -> Page[NamedLine]:
    """Participants nobody signs in as yet, by name."""
    program = _program(actor)
    used = exists().where(
        Account.id == Participant.account_id,
        Account.archived_at.is_(None),
        exists().where(
            Membership.account_id == Account.id,
            Membership.program_id == program,
            Membership.role == Role.PARTICIPANT,
            Membership.archived_at.is_(None),
        ),
    )
    key: Any = Participant.sort_key
    keys: list[Any] = [key, Participant.id]
    statement: Any = select(Participant.public_id, Participant.preferred_name, Participant.family_name).where(
        Participant.program_id == program, Participant.archived_at.is_(None), ~used
    )
    if q:
        statement = statement.where(starts_with(key, fold(q)))
    page = fetch_page(db, statement, keys, cursor)
    rows: list[Any] = page.rows
    return Page([NamedLine(r[0], f"{r[1]} {r[2]}".strip()) for r in rows], page.next, page.previous)


def shops(db: Session, actor: Actor, q: str, cursor: str | None) -> Page[NamedLine]:
    """The program's shops, by name."""
    program = _program(actor)
    key: Any = Site.sort_key
    keys: list[Any] = [key, Site.id]
    statement: Any = (
        select(Site.public_id, Site.name, Employer.name)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Site.program_id == program, Site.archived_at.is_(None))
    )
    if q:
        statement = statement.where(starts_with(key, fold(q)))
    page = fetch_page(db, statement, keys, cursor)
    rows: list[Any] = page.rows
    return Page([NamedLine(r[0], r[1], r[2]) for r in rows], page.next, page.previous)


def _program(actor: Actor) -> int:
    ensure(actor, Permission.ACCOUNT_MANAGE)
    ensure(actor, Permission.ACCOUNT_MANAGE, Facts(actor.program))
    return actor.program
