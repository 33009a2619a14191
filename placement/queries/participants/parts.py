"""The parts of a person's record, each loaded by one statement. Callers have checked who may see the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, and_, false, func, literal, null, select, true, type_coerce, union_all
from sqlalchemy.orm import Session, aliased

from placement.domain.participants import Wish
from placement.domain.placements import PlacementKind, PlacementState
from placement.domain.proposals import Decision
from placement.domain.words import Say
from placement.models.accounts.account import Account, Assignment
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.matching.suggestion import ProfileSuggestion
from placement.models.participants.profile import Ability, EmployerExclusion, EmployerWish, Need, TaskWish
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Accommodation, Task, Trait
from placement.policy.actor import Actor
from placement.queries import scope

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AbilityLine:
    """``level`` None is unknown. ``low`` and ``high``: what 0 and 5 mean.

    ``seen_on``: the day somebody brought this level up to date by what was seen at work, which ``evidence`` tells.
    """

    public_id: str
    name: Words
    sentence: Words
    low: Words
    high: Words
    level: int | None
    seen_on: date | None
    evidence: Say | None


@dataclass(frozen=True, slots=True)
class StaffAbilityLine(AbilityLine):
    """``suggested``: the level that what was seen speaks for, still to be decided on."""

    suggested: int | None


@dataclass(frozen=True, slots=True)
class TaskWishLine:
    public_id: str
    name: Words
    wish: Wish


@dataclass(frozen=True, slots=True)
class EmployerWishLine:
    public_id: str
    name: str
    wish: Wish


@dataclass(frozen=True, slots=True)
class ExclusionLine:
    public_id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    public_id: str
    name: str
    stands_in_for: str | None
    first_day: date
    last_day: date | None

    def runs(self, today: date) -> bool:
        return self.first_day <= today and (self.last_day is None or self.last_day >= today)


@dataclass(frozen=True, slots=True)
class PlacementLine:
    public_id: str
    kind: PlacementKind
    state: PlacementState
    first_day: date
    last_day: date | None
    role: str
    site: str
    employer: str


def abilities(db: Session, actor: Actor, person: int) -> list[AbilityLine]:
    """Every live trait with this person's level, in catalog order."""
    return [AbilityLine(**_ability(actor, row)) for row in db.execute(_abilities(actor, person))]


def staff_abilities(db: Session, actor: Actor, person: int) -> list[StaffAbilityLine]:
    """The same with what is suggested."""
    open_one = aliased(ProfileSuggestion)
    suggested = (
        select(open_one.to_level)
        .where(
            open_one.participant_id == person,
            open_one.trait_id == Trait.id,
            open_one.decision == Decision.OPEN,
            open_one.decided_at.is_(None),
            open_one.from_level.is_not_distinct_from(Ability.level),
        )
        .correlate(Trait, Ability)
        .scalar_subquery()
    )
    rows = db.execute(_abilities(actor, person).add_columns(suggested))
    return [StaffAbilityLine(**_ability(actor, row), suggested=row[-1]) for row in rows]


def _abilities(actor: Actor, person: int) -> Any:
    """With the suggestion accepted last, where its level still stands."""
    latest = (
        select(ProfileSuggestion.trait_id, func.max(ProfileSuggestion.id).label("id"))
        .where(ProfileSuggestion.participant_id == person, ProfileSuggestion.decision == Decision.ACCEPTED)
        .group_by(ProfileSuggestion.trait_id)
        .subquery()
    )
    accepted = and_(ProfileSuggestion.id == latest.c.id, ProfileSuggestion.to_level == Ability.level)
    return (
        select(
            Trait.public_id, Trait.name, Trait.sentence, Trait.low, Trait.high, Ability.level,
            ProfileSuggestion.decided_at, ProfileSuggestion.evidence,
        )
        .select_from(Trait)
        .outerjoin(Ability, and_(Ability.trait_id == Trait.id, Ability.participant_id == person))
        .outerjoin(latest, latest.c.trait_id == Trait.id)
        .outerjoin(ProfileSuggestion, accepted)
        .where(scope.in_program(actor, Trait.program_id), Trait.archived_at.is_(None))
        .order_by(Trait.id)
    )  # fmt: skip


def _ability(actor: Actor, row: Any) -> dict[str, Any]:
    """The fields of a line; of the evidence only what was seen, not what an opening asks for."""
    fields = {name: getattr(row, name) for name in ("public_id", "name", "sentence", "low", "high", "level")}
    if row.decided_at is None:
        return {**fields, "seen_on": None, "evidence": None}
    words = Say.from_json(row.evidence)
    return {**fields, "seen_on": actor.today(row.decided_at), "evidence": words.params.get("seen", words)}


def task_wishes_and_needs(db: Session, actor: Actor, person: int) -> tuple[list[TaskWishLine], list[Words]]:
    """Wishes for tasks the reader may know of, and the names of needed accommodations; in catalog order."""
    wishes = (
        select(
            literal(0).label("kind"),
            Task.id.label("key"),
            Task.public_id,
            Task.name,
            type_coerce(TaskWish.wish, String).label("wish"),
        )
        .join(Task, Task.id == TaskWish.task_id)
        .where(TaskWish.participant_id == person, scope.tasks(actor), Task.archived_at.is_(None))
    )
    needs = (
        select(literal(1), Accommodation.id, Accommodation.public_id, Accommodation.name, null())
        .join(Need, Need.accommodation_id == Accommodation.id)
        .where(Need.participant_id == person, Accommodation.archived_at.is_(None))
    )
    rows: Any = list(db.execute(union_all(wishes, needs).order_by("kind", "key")))
    said = [TaskWishLine(public, name, Wish(wish)) for kind, _key, public, name, wish in rows if kind == 0]
    return said, [name for kind, _key, _public, name, _wish in rows if kind == 1]


def employer_opinions(
    db: Session, person: int, *, exclusions: bool
) -> tuple[list[EmployerWishLine], list[ExclusionLine]]:
    """Wishes for employers and, only with ``exclusions``, employers never to be matched with; by name."""
    wishes = (
        select(
            literal(0).label("kind"),
            Employer.sort_key.label("key"),
            Employer.public_id,
            Employer.name,
            type_coerce(EmployerWish.wish, String).label("text"),
        )
        .join(Employer, Employer.id == EmployerWish.employer_id)
        .where(EmployerWish.participant_id == person, Employer.archived_at.is_(None))
    )
    never = (
        select(literal(1), Employer.sort_key, Employer.public_id, Employer.name, EmployerExclusion.reason)
        .join(Employer, Employer.id == EmployerExclusion.employer_id)
        .where(EmployerExclusion.participant_id == person, true() if exclusions else false())
    )
    rows: Any = list(db.execute(union_all(wishes, never).order_by("kind", "key")))
    said = [EmployerWishLine(public, name, Wish(text)) for kind, _key, public, name, text in rows if kind == 0]
    return said, [ExclusionLine(public, name, text) for kind, _key, public, name, text in rows if kind == 1]


def assignments(db: Session, person: int) -> list[AssignmentLine]:
    """Who looks after this person, who did and who will: open ones first, then the latest."""
    colleague = aliased(Account)
    rows: Any = db.execute(
        select(
            Assignment.public_id,
            Account.name,
            colleague.name,
            Assignment.first_day,
            Assignment.last_day,
        )
        .join(Account, Account.id == Assignment.account_id)
        .outerjoin(colleague, colleague.id == Assignment.stands_in_for_id)
        .where(Assignment.participant_id == person)
        .order_by(Assignment.last_day.is_not(None), Assignment.last_day.desc(), Assignment.id)
    )
    return [AssignmentLine(*row) for row in rows]


def placements(db: Session, person: int) -> list[PlacementLine]:
    """Placements, newest first."""
    rows: Any = db.execute(
        select(
            Placement.public_id,
            Placement.kind,
            Placement.state,
            Placement.first_day,
            Placement.last_day,
            Opening.role,
            Site.name,
            Employer.name,
        )
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Placement.participant_id == person)
        .order_by(Placement.first_day.desc(), Placement.id.desc())
    )
    return [PlacementLine(*row) for row in rows]
