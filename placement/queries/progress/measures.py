"""Series of numbers that are not support: which there are of somebody, and one with its values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.measures import MOST_VALUES, Unit
from placement.domain.profiles import full_name
from placement.models.participants.participant import Participant
from placement.models.progress.measure import Measure, MeasureItem
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.progress import reading


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series in the list: how many values it holds, and from when to when."""

    public_id: str
    name: str
    values: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class AllSeries:
    participant_id: int
    public_id: str
    name: str
    rows: tuple[SeriesRow, ...]


@dataclass(frozen=True, slots=True)
class ValueRow:
    day: date
    value: float | None
    phase: str


@dataclass(frozen=True, slots=True)
class OneSeries:
    """``person``: public id. Values in order of their days."""

    participant_id: int
    person: str
    person_name: str
    public_id: str
    name: str
    unit: Unit
    more_is_better: bool
    values: tuple[ValueRow, ...]


def all_series(db: Session, actor: Actor, public_id: str) -> AllSeries:
    """Every live series of somebody in sight, by name. Raises NotFound. Two statements."""
    person = reading.person(db, actor, Participant.public_id == public_id)[0]
    ensure(actor, Permission.PROGRESS_SEE, Facts(actor.program, person.id))
    rows = db.execute(
        select(
            MeasureItem.public_id,
            MeasureItem.name,
            func.count(Measure.value),
            func.min(Measure.day),
            func.max(Measure.day),
        )
        .outerjoin(Measure, Measure.item_id == MeasureItem.id)
        .where(MeasureItem.participant_id == person.id, MeasureItem.archived_at.is_(None))
        .group_by(MeasureItem.id)
        .order_by(MeasureItem.name, MeasureItem.id)
    )
    name = full_name(person.preferred_name, person.family_name)
    return AllSeries(person.id, person.public_id, name, tuple(SeriesRow(*row) for row in rows))


def one_series(db: Session, actor: Actor, person: str, series: str) -> OneSeries:
    """One live series. Raises NotFound out of sight. Two statements."""
    item = _item(db, actor, person, series)
    ensure(actor, Permission.PROGRESS_SEE, Facts(item.program_id, item.participant_id))
    rows = db.execute(
        select(Measure.day, Measure.value, Measure.phase)
        .where(Measure.item_id == item.id)
        .order_by(Measure.day)
        .limit(MOST_VALUES)
    )
    return OneSeries(
        participant_id=item.participant_id,
        person=person,
        person_name=full_name(item.preferred_name, item.family_name),
        public_id=item.public_id,
        name=item.name,
        unit=item.unit,
        more_is_better=item.more_is_better,
        values=tuple(ValueRow(*row) for row in rows),
    )


def _item(db: Session, actor: Actor, person: str, series: str) -> Any:
    item = db.execute(
        select(
            MeasureItem.id,
            MeasureItem.program_id,
            MeasureItem.participant_id,
            MeasureItem.public_id,
            MeasureItem.name,
            MeasureItem.unit,
            MeasureItem.more_is_better,
            Participant.preferred_name,
            Participant.family_name,
        )
        .join(Participant, Participant.id == MeasureItem.participant_id)
        .where(
            scope.participants(actor),
            Participant.public_id == person,
            MeasureItem.public_id == series,
            MeasureItem.archived_at.is_(None),
        )
    ).one_or_none()
    if item is None:
        raise NotFound
    return item
