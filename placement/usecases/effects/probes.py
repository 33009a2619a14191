"""Checks of mastered tasks, kept beside their milestones: made with them, filled by what is seen later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from placement.domain.maintenance import Check, checks
from placement.domain.milestones import TaskPoint
from placement.models.progress.plan import Probe

_STORED = select(Probe.id, Probe.milestone_id, Probe.due_on, Probe.done_on, Probe.occasion_id, Probe.kept).where(
    Probe.milestone_id.in_(bindparam("milestones", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Mastered:
    """A milestone of a mastered task. ``percent``: what its rule asks for, ended or not. ``day`` None: withdrawn."""

    id: int
    task: int
    percent: int
    day: date | None


def write_probes(
    session: Session,
    program_id: int,
    participant_id: int,
    mastered: Sequence[Mastered],
    points: Iterable[TaskPoint],
) -> None:
    """Bring the checks of these milestones up to date; ``points`` of their tasks are all there are.

    A withdrawn milestone has none.
    """
    if not mastered:
        return
    of_task: dict[int, list[TaskPoint]] = defaultdict(list)
    for point in points:
        of_task[point.task].append(point)
    wanted = {
        (one.id, check.due_on): check
        for one in mastered
        if one.day is not None
        for check in checks(one.day, one.percent, of_task[one.task])
    }
    stale = []
    for id_, milestone, due, *said in session.execute(_STORED, {"milestones": [one.id for one in mastered]}):
        check = wanted.get((milestone, due))
        if check is not None and said == [check.done_on, check.occasion, check.kept]:
            del wanted[milestone, due]
        else:
            stale.append(id_)
    rows = session.scalars(select(Probe).where(Probe.id.in_(stale))) if stale else ()
    for row in rows:
        check = wanted.pop((row.milestone_id, row.due_on), None)
        if check is None:
            session.delete(row)
        else:
            _fill(row, check)
    for (milestone, due), check in wanted.items():
        row = Probe(program_id=program_id, participant_id=participant_id, milestone_id=milestone, due_on=due)
        _fill(row, check)
        session.add(row)


def _fill(row: Probe, check: Check) -> None:
    row.done_on, row.occasion_id, row.kept = check.done_on, check.occasion, check.kept
