"""Everything that limits somebody's shifts, in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Date, Float, Integer, bindparam, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from placement.domain.limits import Ask, Limit, Plan, Rules, Stage, needs_plan
from placement.domain.placements import PlacementKind
from placement.models.employers.opening import OpeningRequirement, OpeningTask
from placement.models.limits.limits import PlanStage, StepPlan, WorkLimit
from placement.models.placements.card import CardLine
from placement.models.programs.catalog import Task, Trait

#: The catalog's area of tasks at the till.
_TILL = "till"


@dataclass(frozen=True, slots=True)
class PersonRules:
    """A person's limits and the plans of their placements, by key; ``lines``: what they released for a shop's card."""

    limits: tuple[Limit, ...] = ()
    plans: Mapping[int, tuple[Plan, ...]] | None = None
    asks: frozenset[Ask] = frozenset()
    lines: tuple[str, ...] = ()

    def of(self, placement_id: int, kind: PlacementKind) -> Rules:
        """What holds for one placement."""
        return Rules(self.limits, (self.plans or {}).get(placement_id, ()), needs_plan(kind), self.asks)


def rules_of(
    db: Session, participant_id: int, opening_id: int | None = None, card_of: int | None = None
) -> PersonRules:
    """Limits and plans of somebody, which of the limited things an opening asks for, and the released lines of a
    placement's card; one statement.
    """
    named = {"person": participant_id, "opening": opening_id, "card": card_of}
    rows = db.execute(_statement(opening_id is not None, card_of is not None), named).all()
    stages: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in rows:
        if row.what == "stage":
            stages[row.placement_id, row.plan_id].append(row)
    plans: dict[int, list[Plan]] = defaultdict(list)
    for (placement_id, _), found in sorted(stages.items(), reverse=True):
        plans[placement_id].append(_plan(found))
    return PersonRules(
        tuple(_limit(row) for row in rows if row.what == "limit"),
        {key: tuple(found) for key, found in plans.items()},
        frozenset(Ask(row.words) for row in rows if row.what == "ask"),
        tuple(row.words for row in sorted((row for row in rows if row.what == "line"), key=lambda row: row.more)),
    )


def _limit(row: Any) -> Limit:
    return Limit(
        row.first, row.last, row.yes1, row.hours, row.more_hours, row.count, row.more, row.yes2, row.yes3, row.yes4,
        row.words,
    )  # fmt: skip


def _plan(rows: list[Any]) -> Plan:
    stages = [
        Stage(row.first, row.last, row.hours, row.count, row.words, row.more_hours, row.day)
        for row in sorted(rows, key=lambda row: row.more)
    ]
    head = rows[0]
    return Plan(tuple(stages), head.yes1, head.yes2, head.yes3, head.yes4)


@cache
def _statement(asks: bool, lines: bool) -> CompoundSelect[Any]:
    """Built once each: it takes longer than the database to answer."""
    parts = [_limits().where(WorkLimit.participant_id == bindparam("person"))]
    parts.append(_stages().where(StepPlan.participant_id == bindparam("person")))
    if asks:
        parts += [
            _asks().where(
                OpeningRequirement.opening_id == bindparam("opening"),
                OpeningRequirement.level > 0,
                Trait.key.in_([Ask.LIFTING.value, Ask.STANDING.value, Ask.NOISE.value]),
            ),
            _till().where(OpeningTask.opening_id == bindparam("opening"), Task.area == _TILL).limit(1),
        ]
    if lines:
        parts.append(
            _only_words(CardLine.text, "line", CardLine.id).where(
                CardLine.placement_id == bindparam("card"),
                CardLine.released_at.is_not(None),
                CardLine.archived_at.is_(None),
            )
        )
    return union_all(*(select(part.subquery()) for part in parts))


def _limits() -> Any:
    return select(
        literal("limit").label("what"), cast(null(), Integer).label("placement_id"),
        cast(null(), Integer).label("plan_id"), WorkLimit.valid_from.label("first"),
        WorkLimit.valid_until.label("last"), cast(null(), Date).label("day"), WorkLimit.hours_day.label("hours"),
        WorkLimit.hours_week.label("more_hours"), WorkLimit.lift_kg.label("count"),
        WorkLimit.standing_minutes.label("more"), WorkLimit.cleared.label("yes1"), WorkLimit.no_nights.label("yes2"),
        WorkLimit.no_noise.label("yes3"), WorkLimit.not_alone_at_till.label("yes4"), WorkLimit.other.label("words"),
    ).where(WorkLimit.archived_at.is_(None))  # fmt: skip


def _stages() -> Any:
    """Stages with the state of their plan; what the participant declined is no plan."""
    return (
        select(
            literal("stage").label("what"), StepPlan.placement_id, StepPlan.id.label("plan_id"),
            PlanStage.first_day.label("first"), PlanStage.last_day.label("last"), PlanStage.reduced_on.label("day"),
            PlanStage.hours_day.label("hours"), PlanStage.reduced_hours_day.label("more_hours"),
            PlanStage.days_week.label("count"), PlanStage.position.label("more"),
            StepPlan.participant_agreed_at.is_not(None).label("yes1"),
            StepPlan.employer_agreed_at.is_not(None).label("yes2"), StepPlan.held_at.is_not(None).label("yes3"),
            StepPlan.stopped_at.is_not(None).label("yes4"), PlanStage.words,
        )
        .join(StepPlan, StepPlan.id == PlanStage.plan_id)
        .where(StepPlan.participant_declined_at.is_(None))
    )  # fmt: skip


def _asks() -> Any:
    return _only_words(Trait.key).join(OpeningRequirement, OpeningRequirement.trait_id == Trait.id)


def _till() -> Any:
    return _only_words(literal(Ask.TILL.value)).select_from(OpeningTask).join(Task, Task.id == OpeningTask.task_id)


def _only_words(words: Any, what: str = "ask", order: Any = None) -> Any:
    at = cast(null(), Integer) if order is None else order
    number, day, hours = cast(null(), Integer), cast(null(), Date), cast(null(), Float)
    return select(
        literal(what).label("what"), number.label("placement_id"), number.label("plan_id"), day.label("first"),
        day.label("last"), day.label("day"), hours.label("hours"), hours.label("more_hours"),
        number.label("count"), at.label("more"), literal(False).label("yes1"), literal(False).label("yes2"),
        literal(False).label("yes3"), literal(False).label("yes4"), words.label("words"),
    )  # fmt: skip
