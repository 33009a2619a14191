"""What proves the newest milestones of a progress page, and what people wrote: one statement."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from placement.domain.maintenance import Standing
from placement.queries.progress import reading_marks
from placement.queries.progress.reading import Rows
from placement.queries.progress.records import (
    Comment,
    EvidenceDay,
    Reached,
)

#: Milestones shown with what proves them; the others are listed.
PROVED = 4
MOST_COMMENTS = 6


def raters_of(row: Any) -> frozenset[int]:
    """Who rated, as keys, of a row that lists them."""
    return frozenset(int(rater) for rater in (row.raters or "").split(",") if rater)


class Proof:
    """``drawn``: rated occasions of the tasks; ``shown``: milestones, the newest first."""

    def __init__(self, db: Session, participant_id: int, drawn: Rows, shown: Rows, now: datetime) -> None:
        newest = [row.public_id for row in shown[:PROVED]]
        evidence = {occasion for row in shown[:PROVED] for occasion in row.evidence}
        self._newest = set(newest)
        self._rows = reading_marks.occasions(db, participant_id, evidence, now)
        self._days = {row.id: EvidenceDay(row.local_day, row.public_id) for row in self._rows}
        self._seen = {(row.task_id, row.id): raters_of(row) for row in drawn if row.id in evidence}

    def comments(self, *, own: bool = False) -> tuple[Comment, ...]:
        """What was written at the newest occasions; ``own``: only what the participant may read already."""
        written = [row for row in self._rows if (row.went_well or row.try_next) and (row.released_at or not own)]
        return tuple(Comment(row.local_day, row.rater, row.went_well, row.try_next) for row in written[:MOST_COMMENTS])

    def reached(self, row: Any) -> Reached:
        """A milestone, with its evidence if it is among the newest."""
        proved = row.evidence if row.public_id in self._newest else ()
        raters = [self._seen.get((row.task_id, occasion), frozenset()) for occasion in proved]
        return Reached(
            public_id=row.public_id,
            kind=row.kind,
            percent=row.percent,
            occasions=row.occasions,
            amount=row.amount,
            task_id=row.task_id,
            task=row.task,
            words=row.words,
            day=row.reached_on,
            evidence=tuple(self._days[occasion] for occasion in proved if occasion in self._days),
            raters=len(frozenset[int]().union(*raters)) if raters and all(raters) else 0,
            checks=Standing(row.kept, row.lost, row.open) if row.kept or row.lost or row.open else None,
        )
