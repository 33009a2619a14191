"""What staff see: what they handed out or were named to read, and, for the one named reader, the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound
from placement.domain.profiles import full_name
from placement.domain.questionnaires import Item, for_staff, languages
from placement.domain.roles import ASSIGNED_ROLES, Role
from placement.domain.sealed import Cipher
from placement.models.accounts.account import Account, Assignment, Membership
from placement.models.participants.participant import Participant
from placement.models.questionnaires.questionnaire import Handout, Questionnaire
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.questionnaires.rows import (
    Asked,
    Given,
    HandoutRow,
    asked_columns,
    asked_of,
    given_of,
    handout_row,
    handout_rows,
)

Words = Mapping[str, str]
MOST = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """A handout as staff see it: ``row.state`` says nothing of "rather not". ``mine``: the actor gave it out."""

    row: HandoutRow
    mine: bool
    reads: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A questionnaire, or a reader (``name`` under "")."""

    public_id: str
    name: Words


@dataclass(frozen=True, slots=True)
class PersonHandouts:
    """``locale`` None: the participant has no account and can fill in nothing."""

    participant_id: int
    public_id: str
    name: str
    archived: bool
    locale: str | None
    gives: bool
    rows: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class ToRead:
    """``given`` None: nothing is handed in."""

    participant_id: int
    participant: str
    name: str
    seen: Seen
    asked: Asked
    given: Given | None


def person_handouts(db: Session, actor: Actor, today: date, public_id: str) -> PersonHandouts:
    """Of somebody the actor looks after. Raises NotFound out of the caseload. Two statements."""
    person = db.execute(
        select(
            Participant.id, Participant.preferred_name, Participant.family_name, Participant.archived_at,
            Account.locale,
        )
        .outerjoin(Account, (Account.id == Participant.account_id) & Account.archived_at.is_(None))
        .where(scope.participants(actor), Participant.public_id == public_id)
    ).one_or_none()  # fmt: skip
    if person is None:
        raise NotFound
    if not actor.roles & ASSIGNED_ROLES or person.id not in actor.caseload:
        raise Forbidden(Permission.HANDOUT_SEE)
    rows = db.execute(
        _of_staff(today)
        .where(scope.seen_handouts(actor), Handout.participant_id == person.id)
        .order_by(Handout.id.desc())
        .limit(MOST)
    )
    name = full_name(person.preferred_name, person.family_name)
    gives = Role.THERAPIST in actor.roles and person.archived_at is None
    seen = tuple(_seen(actor, row) for row in rows)
    return PersonHandouts(person.id, public_id, name, person.archived_at is not None, person.locale, gives, seen)


def handout_choices(
    db: Session, actor: Actor, today: date, participant_id: int, locale: str
) -> tuple[list[Choice], list[Choice]]:
    """Questionnaires worded in ``locale``, and who may read: those who look after the person. Two statements."""
    found = db.execute(
        select(Questionnaire.public_id, Questionnaire.name, Questionnaire.items, Questionnaire.answers)
        .where(scope.questionnaires(actor), Questionnaire.archived_at.is_(None))
        .order_by(Questionnaire.id)
    )
    asked = [Choice(row.public_id, row.name) for row in found if locale in languages(_items(row), row.answers)]
    carers = db.execute(
        select(Account.public_id, Account.name, Account.id)
        .join(Assignment, Assignment.account_id == Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Account.archived_at.is_(None),
            Assignment.participant_id == participant_id,
            Assignment.first_day <= today,
            Assignment.last_day.is_(None) | (Assignment.last_day >= today),
            Membership.program_id == actor.program,
            Membership.archived_at.is_(None),
            Membership.role.in_(sorted(ASSIGNED_ROLES)),
        )
        .distinct()
        .order_by(Account.name, Account.id)
    )
    readers = sorted(carers, key=lambda row: row.id != actor.account_id)
    return asked, [Choice(row.public_id, {"": row.name}) for row in readers]


def handout_seen(db: Session, actor: Actor, cipher: Cipher, today: date, public_id: str) -> ToRead:
    """For its giver and its reader; the answers for the reader alone. Raises NotFound. One statement."""
    row = db.execute(
        _of_staff(
            today, Handout.participant_id, Handout.answers_sealed, Participant.public_id.label("participant"),
            Participant.preferred_name, Participant.family_name, *asked_columns(),
        )
        .join(Participant, Participant.id == Handout.participant_id)
        .where(scope.seen_handouts(actor), Handout.public_id == public_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    asked, seen = asked_of(row), _seen(actor, row)
    read = seen.reads and row.answered_at is not None and row.taken_back_at is None
    given = given_of(cipher, row.answers_sealed, public_id, asked.scale) if read else None
    name = full_name(row.preferred_name, row.family_name)
    return ToRead(row.participant_id, row.participant, name, seen, asked, given)


def _of_staff(today: date, *columns: Any) -> Any:
    return handout_rows(today, Handout.by_account_id, Handout.reader_account_id, *columns)


def _seen(actor: Actor, row: Any) -> Seen:
    """Without what is the participant's alone: whether something was begun, or is not wanted."""
    whole = handout_row(row)
    shown = HandoutRow(
        whole.public_id, whole.name, whole.by, whole.reader, whole.reader_cares, whole.given_on, whole.due_on,
        whole.read_by, whole.answered_at, whole.read_at, for_staff(whole.state), whole.answered_at is not None,
    )  # fmt: skip
    mine = row.by_account_id == actor.account_id and Role.THERAPIST in actor.roles
    return Seen(shown, mine, row.reader_account_id == actor.account_id)


def _items(row: Any) -> list[Item]:
    return [Item(one["key"], one["text"]) for one in row.items]
