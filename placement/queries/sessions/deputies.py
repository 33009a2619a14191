"""Who may open whose notes, from one day to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from placement.domain.roles import ASSIGNED_ROLES
from placement.models.accounts.account import Account, Membership
from placement.models.sessions.one_to_one import ClinicalDeputy
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope

#: Rows shown, the latest first.
MOST = 100


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """``name``: whose notes; ``by``: who named the deputy. ``mine``: they are the reader's own."""

    public_id: str
    name: str
    deputy: str
    first_day: date
    last_day: date | None
    by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Clinician:
    public_id: str
    name: str
    me: bool


@dataclass(frozen=True, slots=True)
class Deputies:
    """``clinicians``: therapists and coaches of the program. ``all_of_them``: the reader may name for everybody.

    ``standing_in_for``: colleagues who named the reader, and until when.
    """

    rows: tuple[DeputyRow, ...]
    clinicians: tuple[Clinician, ...]
    all_of_them: bool
    standing_in_for: tuple[tuple[str, date | None], ...]


def deputies_page(db: Session, actor: Actor, today: date) -> Deputies:
    """What runs or comes. Three statements."""
    holder, by = aliased(Account), aliased(Account)
    runs = or_(ClinicalDeputy.last_day.is_(None), ClinicalDeputy.last_day >= today)
    rows = db.execute(
        select(
            ClinicalDeputy.public_id, holder.name, Account.name, ClinicalDeputy.first_day, ClinicalDeputy.last_day,
            by.name, ClinicalDeputy.account_id,
        )
        .join(holder, holder.id == ClinicalDeputy.account_id)
        .join(Account, Account.id == ClinicalDeputy.deputy_account_id)
        .join(by, by.id == ClinicalDeputy.by_account_id)
        .where(scope.deputies(actor), runs)
        .order_by(ClinicalDeputy.first_day.desc(), ClinicalDeputy.id.desc())
        .limit(MOST)
    ).all()  # fmt: skip
    found = tuple(DeputyRow(*row[:6], mine=row[6] == actor.account_id) for row in rows)
    for_all = allowed(actor, Permission.DEPUTY_NAME, Facts(actor.program_id))
    return Deputies(found, _clinicians(db, actor), for_all, _for_whom(db, actor, today))


def _clinicians(db: Session, actor: Actor) -> tuple[Clinician, ...]:
    rows = db.execute(
        select(Account.public_id, Account.name, Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            scope.in_program(actor, Membership.program_id),
            Membership.role.in_(sorted(ASSIGNED_ROLES)),
            Membership.archived_at.is_(None),
            Account.archived_at.is_(None),
        )
        .distinct()
        .order_by(Account.name, Account.id)
    )
    return tuple(Clinician(public_id, name, key == actor.account_id) for public_id, name, key in rows)


def _for_whom(db: Session, actor: Actor, today: date) -> tuple[tuple[str, date | None], ...]:
    rows = db.execute(
        select(Account.name, ClinicalDeputy.last_day)
        .join(Account, Account.id == ClinicalDeputy.account_id)
        .where(
            scope.in_program(actor, ClinicalDeputy.program_id),
            ClinicalDeputy.deputy_account_id == actor.account_id,
            ClinicalDeputy.first_day <= today,
            or_(ClinicalDeputy.last_day.is_(None), ClinicalDeputy.last_day >= today),
        )
        .order_by(Account.name)
    )
    return tuple((name, last) for name, last in rows)
