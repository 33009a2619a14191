"""What a participant's tasks earned, as the milestone rules and the summaries read it.

For the writer and the rebuild, inside their transaction: no actor, because what a history earns does not depend
on who asks. Pages read the summaries instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from placement.domain.milestones import TaskPoint
from placement.domain.support import RaterKind, independence_percent, is_alone
from placement.models.feedback.observation import Observation, ObservationStep
from placement.models.feedback.rater import Rater
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift


@dataclass(frozen=True, slots=True)
class _Seen:
    rank: int
    percent: float
    rater: int
    at: datetime
    day: date
    zone: str
    site: int


def counting(participant_id: int) -> ColumnElement[bool]:
    """Observations (joined with their rater) of somebody that milestones, summaries and charts count."""
    return and_(Observation.participant_id == participant_id, counted())


def counted() -> ColumnElement[bool]:
    """Current, attempted, by somebody other than the participant."""
    return and_(Observation.replaced_at.is_(None), Observation.rank.is_not(None), Rater.kind != RaterKind.SELF)


def task_points(db: Session, participant_id: int, task_ids: Collection[int]) -> list[TaskPoint]:
    """The points of these tasks, one for each occasion: among its raters the one who saw more support decides."""
    if not task_ids:
        return []
    return points_of(db, [participant_id], Observation.task_id.in_(sorted(task_ids))).get(participant_id, [])


def points_of(db: Session, people: Collection[int], which: ColumnElement[bool]) -> dict[int, list[TaskPoint]]:
    """Participant → points of the observations that ``which`` leaves, in two statements however many they are."""
    wanted = Observation.participant_id.in_(sorted(people))
    rows = db.execute(
        select(
            Observation.id,
            Observation.participant_id,
            Observation.occasion_id,
            Observation.task_id,
            Observation.rater_id,
            Observation.rank,
            Occasion.starts_at,
            Occasion.local_day,
            Occasion.zone,
            Shift.site_id,
        )
        .join(Rater, Rater.id == Observation.rater_id)
        .join(Occasion, Occasion.id == Observation.occasion_id)
        .outerjoin(Shift, Shift.id == Occasion.id)
        .where(wanted, which, counted())
    ).all()
    steps = _step_percents(db, wanted, which)
    seen: dict[tuple[int, int, int], list[_Seen]] = defaultdict(list)
    for key, person, occasion, task, rater, found, at, day, zone, site in rows:
        rank = int(found or 0)
        percent = steps.get(key, 100.0 if is_alone(rank) else 0.0)
        seen[person, occasion, task].append(_Seen(rank, percent, rater, at, day, zone, site or 0))
    points: dict[int, list[TaskPoint]] = defaultdict(list)
    for (person, occasion, task), ratings in seen.items():
        points[person].append(_point(occasion, task, ratings))
    return points


def not_done(db: Session, participant_id: int, task_ids: Collection[int]) -> set[tuple[int, int]]:
    """(occasion, task) where somebody else said that one of these tasks was not attempted."""
    if not task_ids:
        return set()
    rows = db.execute(
        select(Observation.occasion_id, Observation.task_id)
        .join(Rater, Rater.id == Observation.rater_id)
        .where(
            Observation.participant_id == participant_id,
            Observation.task_id.in_(sorted(task_ids)),
            Observation.replaced_at.is_(None),
            Observation.rank.is_(None),
            Rater.kind != RaterKind.SELF,
        )
    )
    return {(occasion, task) for occasion, task in rows}


def rated_tasks(db: Session, placement_id: int) -> set[int]:
    """The tasks rated on a placement's shifts."""
    return set(
        db.scalars(
            select(Observation.task_id)
            .join(Shift, Shift.id == Observation.occasion_id)
            .where(Shift.placement_id == placement_id, Observation.replaced_at.is_(None))
            .distinct()
        )
    )


def _point(occasion: int, task: int, ratings: list[_Seen]) -> TaskPoint:
    decides = min(ratings, key=lambda seen: (seen.rank, seen.percent, seen.rater))
    raters = frozenset(seen.rater for seen in ratings)
    start = decides.at.astimezone(ZoneInfo(decides.zone)).time()
    return TaskPoint(
        occasion, decides.at, decides.day, task, decides.percent, decides.rank, raters, decides.site, start
    )


def _step_percents(db: Session, wanted: ColumnElement[bool], which: ColumnElement[bool]) -> dict[int, float]:
    """Observation → share of its steps done alone, where steps were rated."""
    rows = db.execute(
        select(ObservationStep.observation_id, ObservationStep.rank)
        .join(Observation, Observation.id == ObservationStep.observation_id)
        .where(wanted, which, Observation.replaced_at.is_(None))
    )
    ranks: dict[int, list[int]] = defaultdict(list)
    for observation, rank in rows:
        ranks[observation].append(rank)
    percents = {observation: independence_percent(of_steps) for observation, of_steps in ranks.items()}
    return {observation: percent for observation, percent in percents.items() if percent is not None}
