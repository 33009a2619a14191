"""What a participant practices and has said nothing about today: a part of their day's one statement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Text, Time, cast, exists, literal, null, select

from placement.domain.occasions import Audience, OccasionKind
from placement.domain.support import RaterKind
from placement.models.feedback.observation import Observation
from placement.models.feedback.rater import Rater
from placement.models.practice.practice import Practice
from placement.models.programs.catalog import Task
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.day.own_talks import no_seal

#: Shown on the day page, at most; the list has all.
MOST_PRACTICED = 4


@dataclass(frozen=True, slots=True)
class OwnPractice:
    public_id: str
    name: Mapping[str, str]


def to_practice(actor: Actor, today: date) -> Any:
    """The first ones. What is private has its place on their list, not on a page that is open in a shop."""
    said = exists().where(
        Observation.participant_id == Practice.participant_id,
        Observation.task_id == Practice.task_id,
        Observation.replaced_at.is_(None),
        Occasion.id == Observation.occasion_id,
        Occasion.kind == OccasionKind.OWN_DAY,
        Occasion.local_day == today,
        Rater.id == Observation.rater_id,
        Rater.kind == RaterKind.SELF,
    )
    return (
        select(
            literal("practice").label("what"), Practice.public_id, cast(Task.name, Text).label("name"),
            cast(null(), Date).label("day"), cast(null(), Date).label("rated_on"), cast(null(), Time).label("start"),
            cast(null(), Time).label("end"), cast(null(), Date).label("was_day"),
            cast(null(), Time).label("was_start"), no_seal(),
        )
        .join(Task, Task.id == Practice.task_id)
        .where(
            scope.practices(actor),
            Practice.participant_id == (actor.participant_id or 0),
            Practice.archived_at.is_(None),
            Task.audience == Audience.PROGRAM,
            ~said,
        )
        .order_by(Practice.id)
        .limit(MOST_PRACTICED)
        .subquery()
    )  # fmt: skip


def practice_row(row: Any) -> OwnPractice:
    """A row of :func:`to_practice`."""
    return OwnPractice(row.public_id, json.loads(row.name))
