"""All tries of somebody beside their weeks of independence, for the two of them; two statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.exposures import Told
from placement.domain.summaries import monday_of
from placement.models.exposures.exposure import ExposureTry
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.exposures.people import Climber
from placement.queries.progress.independence import WEEKS, Share, weekly_shares

#: Tries drawn, the latest.
MOST = 200


@dataclass(frozen=True, slots=True)
class ToldOn:
    day: date
    told: Told


@dataclass(frozen=True, slots=True)
class Beside:
    """Both in order of time."""

    weeks: tuple[Share, ...]
    tries: tuple[ToldOn, ...]


def beside_independence(db: Session, actor: Actor, climber: Climber, today: date) -> Beside:
    """``climber`` was in sight. Two statements."""
    rows = db.execute(
        select(ExposureTry.day, ExposureTry.predicted, ExposureTry.peak, ExposureTry.at_end)
        .where(
            scope.exposure_tries(actor), ExposureTry.participant_id == climber.id, ExposureTry.done_at.is_not(None)
        )
        .order_by(ExposureTry.day.desc(), ExposureTry.id.desc())
        .limit(MOST)
    ).all()  # fmt: skip
    tries = tuple(ToldOn(row.day, Told(row.predicted, row.peak, row.at_end)) for row in reversed(rows))
    first = monday_of(today) - timedelta(weeks=WEEKS - 1)
    return Beside(tuple(weekly_shares(db, actor, climber.id, first)), tries)
