"""What the two want to talk about: added by either, taken back by whoever wrote it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.domain.sessions import LONGEST_ITEM, MOST_ITEMS, ensure_text
from placement.domain.words import say
from placement.models.accounts.account import Account, Assignment, Membership
from placement.models.base import new_public_id
from placement.models.sessions.one_to_one import AgendaItem
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import person_to_add_to
from placement.usecases.effects.sessions import seal
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class AddItem:
    """``participant`` and ``account``: public ids of the two; ``account`` None: the actor themself.

    ``key``: made for every form that is shown, so that a double tap is one item.
    """

    participant: str
    text: str
    key: str
    account: str | None = None


def add_item(work: Work, actor: Actor, command: AddItem) -> str:
    """Put it on the agenda of the two's next session; its public id. Same key and body: the first answer again.

    Raises NotFound, Forbidden, KeyReused and Refused with the field's name.
    """
    return again_if_taken(_add, work, actor, command)


def take_back_item(work: Work, actor: Actor, public_id: str) -> None:
    """Take one's own item off the agenda while it waits. Raises NotFound, Forbidden for the other's, and Refused."""
    with work.transaction() as session:
        row = session.scalar(
            select(AgendaItem).where(AgendaItem.public_id == public_id, scope.agenda_items(actor)).with_for_update()
        )
        if row is None:
            raise NotFound
        by = Facts(row.program_id, row.participant_id, account_id=row.by_account_id)
        ensure(actor, Permission.AGENDA_TAKE_BACK, by)
        if row.talked_at is not None:
            raise Refused(say("You have talked about it already."))
        audit(session, work, actor, "agenda.take_back", "agenda_item", row.id, participant_id=row.participant_id)
        session.delete(row)


def _add(work: Work, actor: Actor, command: AddItem) -> str:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["item"])
        person = person_to_add_to(session, actor, command.participant, Permission.PARTICIPANT_SEE)
        ensure_text(command.text, LONGEST_ITEM, "text")
        account = _account(session, work, actor, person.id, command.account)
        ensure(actor, Permission.AGENDA_SEE, Facts(person.program_id, person.id, account_id=account))
        _ensure_room(session, person.id, account)
        row = AgendaItem(
            public_id=new_public_id(), program_id=person.program_id, participant_id=person.id, account_id=account,
            by_account_id=actor.account_id, created_at=work.clock(),
        )  # fmt: skip
        row.text_sealed = seal(work, row, "text_sealed", command.text)
        session.add(row)
        session.flush()
        audit(session, work, actor, "agenda.add", "agenda_item", row.id, participant_id=person.id)
        keep_answer(session, work, actor, command.key, body, {"item": row.public_id})
        return row.public_id


def _account(session: Session, work: Work, actor: Actor, participant_id: int, public_id: str | None) -> int:
    """The therapist or coach: the actor, or for the participant one who looks after them today. Raises Refused."""
    if public_id is None and actor.roles & ASSIGNED_ROLES:
        return actor.account_id
    today = actor.today(work.clock())
    found = session.scalar(
        select(Account.id)
        .join(Assignment, Assignment.account_id == Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Account.public_id == public_id,
            Account.archived_at.is_(None),
            Assignment.participant_id == participant_id,
            Assignment.first_day <= today,
            Assignment.last_day.is_(None) | (Assignment.last_day >= today),
            Membership.program_id == Assignment.program_id,
            Membership.archived_at.is_(None),
            Membership.role.in_((Role.THERAPIST, Role.COACH)),
        )
        .limit(1)
    )
    if found is None:
        raise Refused(say("Choose whom you want to talk with."), "account")
    return found


def _ensure_room(session: Session, participant_id: int, account: int) -> None:
    waiting = session.scalar(
        select(func.count()).where(
            AgendaItem.participant_id == participant_id,
            AgendaItem.account_id == account,
            AgendaItem.talked_at.is_(None),
        )
    )
    if (waiting or 0) >= MOST_ITEMS:
        raise Refused(say("There is much to talk about already. Take something back first."), "text")
