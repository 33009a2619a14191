"""Work limits and graded plans: how much work, of which kind, until when. Never why.

Several may hold on one day; the strictest counts. Limits are a person's, wherever they work; a plan is a placement's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from placement.domain.placements import PlacementKind
from placement.domain.words import Say, say

Number = TypeVar("Number", int, float)

#: Stages in one plan, at most.
MOST_STAGES = 6
#: The end of limits or a plan stands on the day page so long before, and so long after.
ENDS_SOON, ENDED_LATELY = timedelta(days=14), timedelta(days=28)


class PlanMove(StrEnum):
    """What the participant may do with a step of a plan at any time, without a reason."""

    HOLD = "hold"
    GO_ON = "go_on"
    REDUCE = "reduce"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Limit:
    """What somebody may work from one day to another (None: open). None and False: no such limit; hours are hours."""

    first: date
    last: date | None
    cleared: bool = True
    hours_day: float | None = None
    hours_week: float | None = None
    lift_kg: int | None = None
    standing_minutes: int | None = None
    no_nights: bool = False
    no_noise: bool = False
    not_alone_at_till: bool = False
    other: str = ""

    def holds_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of a plan with its hours; ``reduced`` by the participant from ``reduced_on`` on."""

    first: date
    last: date
    hours_day: float
    days_week: int
    words: str = ""
    reduced: float | None = None
    reduced_on: date | None = None

    def hours_on(self, day: date) -> float:
        """Hours of that day: less than planned from the day on which the participant reduced them."""
        if self.reduced is None or (self.reduced_on is not None and day < self.reduced_on):
            return self.hours_day
        return min(self.reduced, self.hours_day)


@dataclass(frozen=True, slots=True)
class Plan:
    """A placement's graded plan. It holds once both sides have agreed; the participant alone holds or stops it."""

    stages: tuple[Stage, ...]
    participant_agreed: bool = True
    employer_agreed: bool = True
    held: bool = False
    stopped: bool = False

    @property
    def agreed(self) -> bool:
        return self.participant_agreed and self.employer_agreed

    @property
    def first(self) -> date:
        return min(stage.first for stage in self.stages)

    def stage_on(self, day: date) -> Stage | None:
        return next((stage for stage in self.stages if stage.first <= day <= stage.last), None)


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that limits one placement's shifts. ``plans``: the newest first; the newest that has begun counts.

    ``asks``: what of the limited things the opening asks for (:class:`Ask`).
    """

    limits: tuple[Limit, ...] = ()
    plans: tuple[Plan, ...] = ()
    needs_plan: bool = False
    asks: frozenset[Ask] = frozenset()

    def plan_on(self, day: date) -> Plan | None:
        """The agreed plan that counts on a day, even where its last step is over."""
        return next((plan for plan in self.plans if plan.agreed and plan.first <= day), None)

    def stage_on(self, day: date) -> Stage | None:
        plan = self.plan_on(day)
        return None if plan is None or plan.held or plan.stopped else plan.stage_on(day)


class Ask(StrEnum):
    """What an opening can ask for that a limit is about, by the catalog's keys."""

    LIFTING = "lifting"
    STANDING = "standing"
    NOISE = "noise"
    TILL = "till"


@dataclass(frozen=True, slots=True)
class DayLimit:
    """The strictest of everything that holds on a day. ``person_hours`` count in all placements, ``stage_hours`` and
    ``days_week`` in this one. ``closed``: why nothing can be worked at all.
    """

    closed: Say | None
    person_hours: float | None
    stage_hours: float | None
    hours_week: float | None
    days_week: int | None
    lift_kg: int | None
    standing_minutes: int | None
    no_nights: bool
    no_noise: bool
    not_alone_at_till: bool
    others: tuple[str, ...]

    @property
    def hours_day(self) -> float | None:
        """At most so many hours on that day, in this placement; None: no limit."""
        return _least((self.person_hours, self.stage_hours))


def needs_plan(kind: PlacementKind) -> bool:
    """Whether shifts of this kind rest on a plan both sides agreed to."""
    return kind in (PlacementKind.GRADED_LOAD, PlacementKind.OWN_WORKPLACE)


def ends_with_result(kind: PlacementKind) -> bool:
    """Whether this kind ends with a written result."""
    return kind is PlacementKind.GRADED_LOAD


def day_limit(day: date, rules: Rules) -> DayLimit:
    """What holds on a day: the strictest of limits, stage and what the participant reduced."""
    limits = [limit for limit in rules.limits if limit.holds_on(day)]
    stage = rules.stage_on(day)
    words = [stage.words] if stage is not None and stage.words else []
    return DayLimit(
        closed=_closed(day, limits, rules),
        person_hours=_least(limit.hours_day for limit in limits),
        stage_hours=None if stage is None else stage.hours_on(day),
        hours_week=_least(limit.hours_week for limit in limits),
        days_week=None if stage is None else stage.days_week,
        lift_kg=_least(limit.lift_kg for limit in limits),
        standing_minutes=_least(limit.standing_minutes for limit in limits),
        no_nights=any(limit.no_nights for limit in limits),
        no_noise=any(limit.no_noise for limit in limits),
        not_alone_at_till=any(limit.not_alone_at_till for limit in limits),
        others=tuple(dict.fromkeys([*(limit.other for limit in limits if limit.other), *words])),
    )


def _closed(day: date, limits: Iterable[Limit], rules: Rules) -> Say | None:
    if any(not limit.cleared for limit in limits):
        return say("On %(day)s they may not work: clearance is missing.", day=day)
    plan = rules.plan_on(day)
    if plan is None:
        return _unplanned(day, rules) if rules.needs_plan else None
    if plan.stopped:
        return say("The participant has stopped the plan. Agree on a new one first.")
    if plan.held:
        return say("The participant holds the plan. Shifts can be planned again when they go on.")
    if rules.needs_plan and plan.stage_on(day) is None:
        return say("The plan has no step on %(day)s.", day=day)
    return None


def _unplanned(day: date, rules: Rules) -> Say:
    waiting = next((plan for plan in rules.plans if not plan.agreed and not plan.stopped), None)
    if waiting is not None and not waiting.participant_agreed:
        return say("The participant has not agreed to the plan yet.")
    if waiting is not None:
        return say("The employer has not agreed to the plan yet.")
    if any(plan.agreed for plan in rules.plans):
        return say("The plan has no step on %(day)s.", day=day)
    return say("This kind of placement needs a step plan first, agreed by the participant and the employer.")


def _least(values: Iterable[Number | None]) -> Number | None:
    return min((value for value in values if value is not None), default=None)
