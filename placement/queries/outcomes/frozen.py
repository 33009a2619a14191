"""Reports frozen at a day: their list, and one of them as it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.accounts.account import Account
from placement.models.outcomes.frozen import FrozenReport
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.pages import Page, fetch_page


@dataclass(frozen=True, slots=True)
class FrozenRow:
    public_id: str
    first_day: date
    last_day: date
    as_of: date
    by: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """``figures``: as ``domain.outcomes.packed`` left them."""

    row: FrozenRow
    figures: tuple[dict[str, Any], ...]


def frozen_list(db: Session, actor: Actor, cursor: str | None) -> Page[FrozenRow]:
    """Newest first, in one statement. Raises Forbidden."""
    ensure(actor, Permission.OUTCOME_SEE, Facts(actor.program))
    keys: list[Any] = [FrozenReport.id]
    page: Page[Any] = fetch_page(db, _rows(actor), keys, cursor, descending=True)
    return Page([FrozenRow(*row[:5]) for row in page.rows], page.next, page.previous)


def frozen(db: Session, actor: Actor, public_id: str) -> Frozen:
    """One of them. Raises NotFound, Forbidden."""
    ensure(actor, Permission.OUTCOME_SEE, Facts(actor.program))
    row = db.execute(
        _rows(actor).add_columns(FrozenReport.figures).where(FrozenReport.public_id == public_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return Frozen(FrozenRow(*row[:5]), tuple(row[5]))


def _rows(actor: Actor) -> Any:
    return (
        select(FrozenReport.public_id, FrozenReport.first_day, FrozenReport.last_day, FrozenReport.as_of, Account.name)
        .join(Account, Account.id == FrozenReport.by_account_id)
        .where(scope.in_program(actor, FrozenReport.program_id))
    )
