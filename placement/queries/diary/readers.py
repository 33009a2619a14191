"""Whom a participant can choose to read their words: those who look after them today, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement.domain.roles import ASSIGNED_ROLES
from placement.models.accounts.account import Account, Assignment, Membership


@dataclass(frozen=True, slots=True)
class Reader:
    public_id: str
    account_id: int
    name: str


def readers(db: Session, participant_id: int, today: date) -> tuple[Reader, ...]:
    """Therapists and coaches assigned today or standing in, by name. One statement."""
    columns = (Account.public_id, Account.id, Account.name)
    rows = db.execute(_looking_after(columns, participant_id, today).distinct().order_by(Account.name, Account.id))
    return tuple(Reader(*row) for row in rows)


def reader_ids(participant_id: int, today: date) -> Any:
    """Their accounts, to be asked for in another statement."""
    return _looking_after((Account.id,), participant_id, today)


def _looking_after(columns: tuple[Any, ...], participant_id: int, today: date) -> Any:
    return (
        select(*columns)
        .join(Assignment, Assignment.account_id == Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Assignment.participant_id == participant_id,
            Assignment.first_day <= today,
            or_(Assignment.last_day.is_(None), Assignment.last_day >= today),
            Membership.program_id == Assignment.program_id,
            Membership.role.in_(sorted(ASSIGNED_ROLES)),
            Membership.archived_at.is_(None),
            Account.archived_at.is_(None),
        )
    )
