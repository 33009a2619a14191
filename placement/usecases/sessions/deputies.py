"""Naming who may open a therapist's notes in their absence, and ending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.roles import ASSIGNED_ROLES
from placement.domain.words import say
from placement.models.accounts.account import Account, Membership
from placement.models.sessions.one_to_one import ClinicalDeputy
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work

#: Longest period; then somebody is named anew.
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class NameDeputy:
    """Public ids of both accounts; ``account`` None: the actor themself."""

    deputy: str
    first_day: date
    last_day: date
    account: str | None = None


def name_deputy(work: Work, actor: Actor, command: NameDeputy) -> str:
    """Name a deputy; the row's public id. Raises NotFound, Forbidden and Refused with the field's name."""
    today = actor.today(work.clock())
    with work.transaction() as session:
        account = actor.account_id if command.account is None else _clinical(session, actor, command.account, "account")
        ensure(actor, Permission.DEPUTY_NAME, Facts(actor.program, account_id=account))
        deputy = _clinical(session, actor, command.deputy, "deputy")
        _check(command, account, deputy, today)
        row = ClinicalDeputy(
            program_id=actor.program, account_id=account, deputy_account_id=deputy, first_day=command.first_day,
            last_day=command.last_day, by_account_id=actor.account_id, created_at=work.clock(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        ids = {"account_id": account, "deputy_account_id": deputy}
        audit(session, work, actor, "deputy.name", "clinical_deputy", row.id, **ids)
        return row.public_id


def end_deputy(work: Work, actor: Actor, public_id: str) -> None:
    """No longer, from now on. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = session.scalar(
            select(ClinicalDeputy)
            .where(ClinicalDeputy.public_id == public_id, scope.deputies(actor))
            .with_for_update()
        )  # fmt: skip
        if row is None:
            raise NotFound
        ensure(actor, Permission.DEPUTY_NAME, Facts(row.program_id, account_id=row.account_id))
        row.last_day = min(row.last_day or date.max, actor.today(work.clock()) - timedelta(days=1))
        audit(session, work, actor, "deputy.end", "clinical_deputy", row.id, account_id=row.account_id)


def _clinical(session: Session, actor: Actor, public_id: str, field: str) -> int:
    """A therapist or coach of the program. Raises Refused."""
    found = session.scalar(
        select(Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Account.public_id == public_id,
            Account.archived_at.is_(None),
            Membership.program_id == actor.program,
            Membership.role.in_(sorted(ASSIGNED_ROLES)),
            Membership.archived_at.is_(None),
        )
        .limit(1)
    )
    if found is None:
        raise Refused(say("Choose a therapist or coach of this program."), field)
    return found


def _check(command: NameDeputy, account: int, deputy: int, today: date) -> None:
    if account == deputy:
        raise Refused(say("Nobody stands in for themself. Choose a colleague."), "deputy")
    if command.first_day < today:
        raise Refused(say("Please choose a day from today on."), "first_day")
    if command.last_day < command.first_day:
        raise Refused(say("The last day is before the first."), "last_day")
    if command.last_day - command.first_day > LONGEST:
        raise Refused(say("At most a year. Then name somebody anew."), "last_day")
