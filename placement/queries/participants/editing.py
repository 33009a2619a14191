"""What the forms about one participant start from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from placement.domain.errors import NotFound
from placement.domain.participants import Wish
from placement.domain.practice import AWAY_FROM_SHOPS
from placement.domain.profiles import Profile, full_name
from placement.domain.roles import Role
from placement.domain.text import fold
from placement.models.accounts.account import Account, Membership
from placement.models.employers.employer import Employer
from placement.models.participants.participant import Participant
from placement.models.participants.profile import EmployerExclusion, EmployerWish, Need, TaskWish
from placement.models.programs.catalog import Accommodation, Task
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.pages import starts_with
from placement.queries.participants.parts import Words

#: How many employers a search offers at once.
MOST_FOUND = 20
EMPLOYER_KEY: Any = Employer.sort_key


@dataclass(frozen=True, slots=True)
class Head:
    """Whose form it is. ``own``: the reader's."""

    id: int
    public_id: str
    name: str
    version: int
    week: int | None
    archived: bool
    own: bool


@dataclass(frozen=True, slots=True)
class ProfileForm:
    """A profile to edit; ``account`` is the public id of the account linked now."""

    head: Head
    profile: Profile
    account: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    public_id: str
    name: str


@dataclass(frozen=True, slots=True)
class TaskChoice:
    public_id: str
    area: str
    name: Words
    sentence: Words
    wish: Wish | None


@dataclass(frozen=True, slots=True)
class EmployerChoice:
    public_id: str
    name: str
    wish: Wish | None


@dataclass(frozen=True, slots=True)
class NeedChoice:
    public_id: str
    name: Words
    needed: bool


def head(db: Session, actor: Actor, public_id: str | None, permission: Permission) -> Head:
    """The person a form is about; None is the actor. Raises NotFound, and Forbidden unless the actor may change it."""
    whose = Participant.id == actor.participant_id if public_id is None else Participant.public_id == public_id
    row = db.execute(
        select(
            Participant.id,
            Participant.public_id,
            Participant.preferred_name,
            Participant.family_name,
            Participant.version,
            Participant.availability,
            Participant.archived_at,
        ).where(scope.participants(actor), whose)
    ).one_or_none()
    if row is None:
        raise NotFound
    ensure(actor, permission, Facts(actor.program, participant_id=row.id))
    name = full_name(row.preferred_name, row.family_name)
    archived = row.archived_at is not None
    return Head(row.id, row.public_id, name, row.version, row.availability, archived, row.id == actor.participant_id)


def profile_form(db: Session, actor: Actor, public_id: str) -> ProfileForm:
    """The profile as it is. Raises NotFound, Forbidden."""
    whose = head(db, actor, public_id, Permission.PARTICIPANT_EDIT)
    columns = [getattr(Participant, name) for name in Profile.__dataclass_fields__]
    row = db.execute(
        select(*columns, Account.public_id)
        .outerjoin(Account, Account.id == Participant.account_id)
        .where(Participant.id == whose.id)
    ).one()
    return ProfileForm(whose, Profile(*row[:-1]), row[-1])


def linkable_accounts(db: Session, actor: Actor, public_id: str | None = None) -> list[Choice]:
    """Accounts of participants that belong to nobody yet, and the one of ``public_id``; by name."""
    taken = aliased(Participant)
    is_taken = exists().where(taken.account_id == Account.id, taken.program_id == actor.program_id)
    own = exists().where(taken.account_id == Account.id, taken.public_id == public_id)
    rows = db.execute(
        select(Account.public_id, Account.name)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            scope.in_program(actor, Membership.program_id),
            Membership.role == Role.PARTICIPANT,
            Membership.archived_at.is_(None),
            or_(~is_taken, own),
        )
        .order_by(Account.sort_key, Account.id)
    )
    return [Choice(*row) for row in rows]


def staff_choices(db: Session, actor: Actor) -> list[Choice]:
    """Coordinators, therapists and coaches of the program, by name."""
    rows = db.execute(
        select(Account.public_id, Account.name)
        .where(
            Account.id.in_(
                select(Membership.account_id).where(
                    scope.in_program(actor, Membership.program_id),
                    Membership.role.in_([Role.COORDINATOR, Role.THERAPIST, Role.COACH]),
                    Membership.archived_at.is_(None),
                )
            ),
            Account.archived_at.is_(None),
        )
        .order_by(Account.sort_key, Account.id)
    )
    return [Choice(*row) for row in rows]


def task_choices(db: Session, actor: Actor, person: int) -> list[TaskChoice]:
    """Every live task of shops the actor may know of (of private ones only this person's), with the wish, in catalog
    order."""
    rows = db.execute(
        select(Task.public_id, Task.area, Task.name, Task.sentence, TaskWish.wish)
        .outerjoin(TaskWish, (TaskWish.task_id == Task.id) & (TaskWish.participant_id == person))
        .where(
            scope.tasks(actor),
            Task.archived_at.is_(None),
            or_(Task.participant_id.is_(None), Task.participant_id == person),
            or_(Task.area.not_in(AWAY_FROM_SHOPS), TaskWish.wish.is_not(None)),
        )
        .order_by(Task.id)
    )
    return [TaskChoice(*row) for row in rows]


def employer_choices(db: Session, actor: Actor, person: int, search: str) -> list[EmployerChoice]:
    """Employers with a wish of this person, and those whose name starts with ``search``; by name."""
    folded = fold(search)
    found: ColumnElement[bool] = EmployerWish.wish.is_not(None)
    if folded:
        found = or_(found, starts_with(EMPLOYER_KEY, folded))
    rows = db.execute(
        select(Employer.public_id, Employer.name, EmployerWish.wish)
        .outerjoin(EmployerWish, (EmployerWish.employer_id == Employer.id) & (EmployerWish.participant_id == person))
        .where(scope.in_program(actor, Employer.program_id), Employer.archived_at.is_(None), found)
        .order_by(EmployerWish.wish.is_(None), Employer.sort_key, Employer.id)
        .limit(200)
    )
    return [EmployerChoice(*row) for row in rows]


def excludable_employers(db: Session, actor: Actor, person: int, search: str) -> list[Choice]:
    """Employers not excluded yet whose name starts with ``search``, by name, at most ``MOST_FOUND``."""
    already = exists().where(EmployerExclusion.employer_id == Employer.id, EmployerExclusion.participant_id == person)
    rows = db.execute(
        select(Employer.public_id, Employer.name)
        .where(
            scope.in_program(actor, Employer.program_id),
            Employer.archived_at.is_(None),
            starts_with(EMPLOYER_KEY, fold(search)),
            ~already,
        )
        .order_by(Employer.sort_key, Employer.id)
        .limit(MOST_FOUND)
    )
    return [Choice(*row) for row in rows]


def need_choices(db: Session, actor: Actor, person: int) -> list[NeedChoice]:
    """Every live accommodation and whether this person needs it, in catalog order."""
    rows = db.execute(
        select(Accommodation.public_id, Accommodation.name, Need.accommodation_id.is_not(None))
        .outerjoin(Need, (Need.accommodation_id == Accommodation.id) & (Need.participant_id == person))
        .where(scope.in_program(actor, Accommodation.program_id), Accommodation.archived_at.is_(None))
        .order_by(Accommodation.id)
    )
    return [NeedChoice(public, name, bool(needed)) for public, name, needed in rows]
