"""What of a profile could be told to a shop about one opening: three statements, for one person only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.occasions import Audience
from placement.domain.participants import TravelMode
from placement.domain.placements import Answer, PlacementState
from placement.domain.sharing import Item, Told, Trait, agreed, items
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening, OpeningRequirement, OpeningTask
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability, Need, TaskWish
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Accommodation, Task
from placement.models.programs.catalog import Trait as TraitRow
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope


@dataclass(frozen=True, slots=True)
class OwnSharing:
    """What the participant can tell the shop about themselves (``now``), and what they agreed to (``told``)."""

    public_id: str
    participant_id: int
    state: PlacementState
    answer: Answer | None
    role: str
    employer: str
    site: str
    first_day: date
    last_day: date | None
    pattern: int
    now: tuple[Item, ...]
    told: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Basics:
    """What the profile itself holds."""

    participant_id: int
    opening_id: int
    first_name: str
    weekly_hours: float | None
    travel: TravelMode


def could_tell(db: Session, who: Basics) -> tuple[Item, ...]:
    """Everything that could be told, as it is now. Private tasks are for no shop."""
    tasks: Any = db.execute(
        select(Task.public_id, Task.name, TaskWish.wish)
        .join(OpeningTask, OpeningTask.task_id == Task.id)
        .join(TaskWish, and_(TaskWish.task_id == Task.id, TaskWish.participant_id == who.participant_id))
        .where(OpeningTask.opening_id == who.opening_id, Task.audience == Audience.PROGRAM)
        .order_by(Task.id)
    ).all()
    traits = db.execute(
        select(TraitRow.public_id, TraitRow.name, OpeningRequirement.level, Ability.level)
        .join(OpeningRequirement, OpeningRequirement.trait_id == TraitRow.id)
        .join(Ability, and_(Ability.trait_id == TraitRow.id, Ability.participant_id == who.participant_id))
        .where(OpeningRequirement.opening_id == who.opening_id, TraitRow.archived_at.is_(None))
        .order_by(TraitRow.id)
    ).all()
    needs: Any = db.execute(
        select(Accommodation.public_id, Accommodation.name)
        .join(Need, Need.accommodation_id == Accommodation.id)
        .where(Need.participant_id == who.participant_id)
        .order_by(Accommodation.id)
    ).all()
    return items(
        Told(
            who.first_name, tasks, [Trait(key, name, need, has) for key, name, need, has in traits], needs,
            who.weekly_hours, who.travel,
        )
    )  # fmt: skip


def basics_of(db: Session, placement: Placement) -> Basics:
    """What the profile itself holds, for a placement that is at hand."""
    row = db.execute(
        select(Participant.preferred_name, Participant.weekly_hours_limit, Participant.travel_mode).where(
            Participant.id == placement.participant_id
        )
    ).one()
    return Basics(placement.participant_id, placement.opening_id, *row)


def own_sharing(db: Session, actor: Actor, public_id: str) -> OwnSharing:
    """The participant's own choice. Raises NotFound if absent or out of sight, Forbidden for anybody else."""
    row = shared_row(db, Placement.public_id == public_id, scope.placements(actor))
    if row is None:
        raise NotFound
    ensure(actor, Permission.PLACEMENT_ANSWER, Facts(row.program_id, row.participant_id))
    now = told_now(db, row)
    return OwnSharing(
        row.public_id, row.participant_id, row.state, row.answer, row.role, row.employer, row.site, row.first_day,
        row.last_day, row.pattern, now, agreed(row.shared, now),
    )  # fmt: skip


def shared_row(db: Session, *wanted: ColumnElement[bool]) -> Any:
    """The one placement wanted, with the place and what the profile itself holds; None if there is none."""
    columns: tuple[Any, ...] = (
        *(Placement.public_id, Placement.program_id, Placement.participant_id, Placement.opening_id, Placement.state),
        *(Placement.answer, Placement.shared, Placement.first_day, Placement.last_day, Placement.pattern),
        *(Opening.role, Opening.site_id, Employer.name.label("employer"), Site.name.label("site")),
        *(Participant.preferred_name, Participant.weekly_hours_limit, Participant.travel_mode),
    )
    return db.execute(
        select(*columns)
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(*wanted)
    ).first()


def told_now(db: Session, row: Any) -> tuple[Item, ...]:
    """Everything that could be told about a row of :func:`shared_row`, as it is now."""
    return could_tell(
        db,
        Basics(row.participant_id, row.opening_id, row.preferred_name, row.weekly_hours_limit, row.travel_mode),
    )
