"""What the forms of sites and openings offer to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from placement.domain.occasions import Audience
from placement.domain.practice import AWAY_FROM_SHOPS
from placement.domain.roles import Role
from placement.domain.words import Wording
from placement.models.accounts.account import Account, Membership
from placement.models.employers.opening import Opening, OpeningAccommodation, OpeningRequirement, OpeningTask
from placement.models.programs.catalog import (
    Accommodation,
    RequirementProfile,
    RequirementProfileTrait,
    Task,
    Trait,
)
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries.scope import in_program


@dataclass(frozen=True, slots=True)
class TraitChoice:
    """A trait with what the opening asks (``level``, ``weight``) and what the chosen profile would; None: nothing."""

    public_id: str
    name: Wording
    sentence: Wording
    low: Wording
    high: Wording
    level: int | None
    weight: int | None
    profile_level: int | None
    profile_weight: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """``group`` is a task's area, else empty."""

    public_id: str
    name: Wording
    chosen: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class ProfileChoice:
    """``source`` says whose numbers these are and under which license."""

    public_id: str
    title: Wording
    source: str


@dataclass(frozen=True, slots=True)
class NeedsChoices:
    traits: list[TraitChoice]
    tasks: list[Choice]
    accommodations: list[Choice]
    profiles: list[ProfileChoice]


def needs_choices(db: Session, actor: Actor, opening: str, profile: str = "") -> NeedsChoices:
    """The catalog beside what the opening (public id) has of it, four statements. Raises Forbidden."""
    ensure(actor, Permission.EMPLOYER_SEE)
    return NeedsChoices(
        _traits(db, actor, opening, profile),
        _tasks(db, actor, opening),
        _accommodations(db, actor, opening),
        _profiles(db, actor),
    )


def supervisor_accounts(db: Session, actor: Actor) -> list[tuple[str, str]]:
    """(public id, name) of the program's supervisors who can sign in, by name. Raises Forbidden."""
    ensure(actor, Permission.EMPLOYER_EDIT)
    rows = db.execute(
        select(Account.public_id, Account.name)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            in_program(actor, Membership.program_id),
            Membership.role == Role.SUPERVISOR,
            Membership.archived_at.is_(None),
            Account.archived_at.is_(None),
        )
        .order_by(Account.sort_key, Account.id)
    )
    return [(public_id, name) for public_id, name in rows]


def _traits(db: Session, actor: Actor, opening: str, profile: str) -> list[TraitChoice]:
    own, given = OpeningRequirement, RequirementProfileTrait
    opening_id = select(Opening.id).where(Opening.public_id == opening, in_program(actor, Opening.program_id))
    profile_id = select(RequirementProfile.id).where(
        RequirementProfile.public_id == profile, in_program(actor, RequirementProfile.program_id)
    )
    rows = db.execute(
        select(
            Trait.public_id,
            Trait.name,
            Trait.sentence,
            Trait.low,
            Trait.high,
            own.level,
            own.weight,
            given.level,
            given.weight,
        )
        .select_from(Trait)
        .outerjoin(own, and_(own.trait_id == Trait.id, own.opening_id == opening_id.scalar_subquery()))
        .outerjoin(given, and_(given.trait_id == Trait.id, given.profile_id == profile_id.scalar_subquery()))
        .where(in_program(actor, Trait.program_id), or_(Trait.archived_at.is_(None), own.level.is_not(None)))
        .order_by(Trait.id)
    )
    return [TraitChoice(*row) for row in rows]


def _tasks(db: Session, actor: Actor, opening: str) -> list[Choice]:
    opening_id = select(Opening.id).where(Opening.public_id == opening, in_program(actor, Opening.program_id))
    link = OpeningTask
    rows = db.execute(
        select(Task.public_id, Task.name, link.task_id.is_not(None), Task.area)
        .select_from(Task)
        .outerjoin(link, and_(link.task_id == Task.id, link.opening_id == opening_id.scalar_subquery()))
        .where(
            in_program(actor, Task.program_id),
            Task.audience == Audience.PROGRAM,
            or_(Task.archived_at.is_(None), link.task_id.is_not(None)),
            or_(Task.area.not_in(AWAY_FROM_SHOPS), link.task_id.is_not(None)),
        )
        .order_by(Task.id)
    )
    return [Choice(*row) for row in rows]


def _accommodations(db: Session, actor: Actor, opening: str) -> list[Choice]:
    opening_id = select(Opening.id).where(Opening.public_id == opening, in_program(actor, Opening.program_id))
    link = OpeningAccommodation
    rows = db.execute(
        select(Accommodation.public_id, Accommodation.name, link.accommodation_id.is_not(None))
        .select_from(Accommodation)
        .outerjoin(
            link, and_(link.accommodation_id == Accommodation.id, link.opening_id == opening_id.scalar_subquery())
        )
        .where(
            in_program(actor, Accommodation.program_id),
            or_(Accommodation.archived_at.is_(None), link.accommodation_id.is_not(None)),
        )
        .order_by(Accommodation.id)
    )
    return [Choice(*row) for row in rows]


def _profiles(db: Session, actor: Actor) -> list[ProfileChoice]:
    rows = db.execute(
        select(RequirementProfile.public_id, RequirementProfile.title, RequirementProfile.source)
        .where(in_program(actor, RequirementProfile.program_id))
        .order_by(RequirementProfile.code, RequirementProfile.id)
    )
    return [ProfileChoice(*row) for row in rows]
