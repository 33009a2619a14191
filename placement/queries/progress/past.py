"""What participants have done so far, as the milestone rules and the summaries read it: three statements, however many
they are.

For the writer and the rebuild, inside their transaction: no actor, because what a history earns does not depend on who
asks. Pages read the summaries instead. A long history has some thousand observations: they come as plain numbers, and
what belongs to an occasion comes once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, bindparam, select
from sqlalchemy.orm import Session

from placement.domain.milestones import ShiftPoint, TaskPoint, in_first_week
from placement.domain.occasions import Audience
from placement.domain.support import RaterKind, independence_percent, is_alone
from placement.models.feedback.observation import Observation, ObservationStep
from placement.models.feedback.rater import Rater
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift

_OF_PEOPLE: BindParameter[int] = bindparam("people", expanding=True)
_OCCASIONS = (
    select(
        Occasion.participant_id, Occasion.id, Occasion.starts_at, Occasion.local_day, Occasion.zone,
        Occasion.attendance, Shift.site_id, Shift.placement_id, Shift.minutes, Shift.agreed_day, Placement.first_day,
        Shift.cancelled_at.is_(None),
    )
    .outerjoin(Shift, Shift.id == Occasion.id)
    .outerjoin(Placement, Placement.id == Shift.placement_id)
    .where(Occasion.participant_id.in_(_OF_PEOPLE))
)  # fmt: skip
_SAID = (
    select(
        Observation.participant_id, Observation.id, Observation.occasion_id, Observation.task_id, Observation.rater_id,
        Observation.rank, Observation.task_id.in_(select(Task.id).where(Task.audience != Audience.PROGRAM)),
    )
    .join(Rater, Rater.id == Observation.rater_id)
    .where(
        Observation.participant_id.in_(_OF_PEOPLE), Observation.replaced_at.is_(None), Rater.kind != RaterKind.SELF
    )
)  # fmt: skip
_STEPS = (
    select(ObservationStep.observation_id, ObservationStep.rank)
    .join(Observation, Observation.id == ObservationStep.observation_id)
    .where(Observation.participant_id.in_(_OF_PEOPLE), Observation.replaced_at.is_(None))
)

#: Rank, independence in percent, rater: the least of an occasion decides; and everybody who rated it.
_Rating = tuple[int, float, int, frozenset[int]]
#: Of an occasion's tasks: how many were done alone, how many were rated, and by whom.
_Share = tuple[int, int, frozenset[int]]
_NOTHING: _Share = (0, 0, frozenset())


class _Where(NamedTuple):
    """An occasion; ``site`` 0: in no shop, ``start``: local."""

    at: datetime
    day: date
    site: int
    start: time
    placement: int | None


@dataclass(slots=True)
class Past:
    """One participant's past. ``shifts``: every one that stands, unconfirmed ones included; ``not_done``: (occasion,
    task) where somebody else said that it was not attempted.
    """

    shifts: list[ShiftPoint] = field(default_factory=list)
    not_done: set[tuple[int, int]] = field(default_factory=set)
    _where: dict[int, _Where] = field(default_factory=dict)
    _ratings: dict[int, dict[int, _Rating]] = field(default_factory=dict)

    def points(self, tasks: Iterable[int] | None = None) -> list[TaskPoint]:
        """Of these tasks (None: of all), one for each occasion: among its raters the one who saw more support decides.

        Only what is current, was attempted, and was said by somebody other than the participant counts.
        """
        found = []
        for task in self._ratings if tasks is None else tasks:
            for occasion, (rank, percent, _, raters) in self._ratings.get(task, {}).items():
                at, day, site, start, _ = self._where[occasion]
                found.append(TaskPoint(occasion, at, day, task, percent, rank, raters, site, start))
        return found

    def rated_at(self, placement_id: int) -> set[int]:
        """The tasks of which anything was said on a placement's shifts."""
        here = {occasion for occasion, where in self._where.items() if where.placement == placement_id}
        rated = {task for task, occasions in self._ratings.items() if not here.isdisjoint(occasions)}
        return rated | {task for occasion, task in self.not_done if occasion in here}


def past(db: Session, participant_id: int) -> Past:
    """One participant's, of all tasks and placements."""
    return pasts(db, [participant_id])[participant_id]


def pasts(db: Session, people: Collection[int], which: ColumnElement[bool] | None = None) -> Mapping[int, Past]:
    """Participant → past, of the observations that ``which`` leaves.

    Tasks for participant and therapist alone do not enter a shift's independence: a milestone over a shift is read by
    others too.
    """
    found = {person: Past() for person in people}
    named = {"people": sorted(people)}
    of_shifts = _said(db, found, named, which)
    for person, occasion, at, day, zone, came, site, placement, minutes, agreed, day0, stands in db.execute(
        _OCCASIONS, named
    ):
        one = found[person]
        start = at.astimezone(ZoneInfo(zone)).time()
        one._where[occasion] = _Where(at, day, site or 0, start, placement)
        if placement is not None and stands:
            alone, rated, raters = of_shifts.get(occasion, _NOTHING)
            share = 100 * alone / rated if rated else None
            agreed_first = in_first_week(agreed, day0)
            one.shifts.append(
                ShiftPoint(occasion, at, day, came, minutes, share, raters, agreed_first, placement, day0)
            )
    return found


def _said(
    db: Session, found: Mapping[int, Past], named: Mapping[str, list[int]], which: ColumnElement[bool] | None
) -> dict[int, _Share]:
    """Fill in what was said; for each occasion, what was seen of the tasks that everybody may know of."""
    said = db.execute(_SAID if which is None else _SAID.where(which), named).all()
    steps = _step_percents(db, named)
    themselves: dict[int, frozenset[int]] = {}
    hidden = set()
    for person, observation, occasion, task, rater, rank, private in said:
        one = found[person]
        if rank is None:
            one.not_done.add((occasion, task))
            continue
        if private:
            hidden.add(task)
        percent = steps.get(observation) if steps else None
        if percent is None:
            percent = 100.0 if is_alone(rank) else 0.0
        raters = themselves.setdefault(rater, frozenset((rater,)))
        occasions = one._ratings.setdefault(task, {})
        other = occasions.get(occasion)
        occasions[occasion] = (
            (rank, percent, rater, raters)
            if other is None
            else (*min(other[:3], (rank, percent, rater)), other[3] | raters)
        )
    every = [known for one in found.values() for known in one._ratings.items()]
    return _shares(occasions for task, occasions in every if task not in hidden)


def _shares(tasks: Iterable[Mapping[int, _Rating]]) -> dict[int, _Share]:
    shares: dict[int, _Share] = {}
    for occasions in tasks:
        for occasion, (rank, _, _, raters) in occasions.items():
            alone, rated, known = shares.get(occasion, _NOTHING)
            shares[occasion] = (alone + is_alone(rank), rated + 1, raters if raters >= known else known | raters)
    return shares


def _step_percents(db: Session, named: Mapping[str, list[int]]) -> dict[int, float]:
    """Observation → share of its steps done alone, where steps were rated."""
    ranks: dict[int, list[int]] = defaultdict(list)
    for observation, rank in db.execute(_STEPS, named):
        ranks[observation].append(rank)
    return {observation: independence_percent(of_steps) or 0.0 for observation, of_steps in ranks.items()}
