"""Weeks of work for the tests of suggested levels: who did what with how much help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy.orm import Session

from placement.domain.shifts import Attendance
from placement.domain.support import RaterKind
from placement.models.employers.opening import Opening
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.participants.profile import Ability
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task, TaskTrait, Trait
from placement.models.programs.program import Program
from placement.models.shifts.shift import Shift
from placement.policy.actor import System
from placement.usecases.effects.progress import refresh_everything
from tests.factories.catalog import Catalog
from tests.factories.make import Make

#: Two shifts a week, the first six weeks ago, the last yesterday.
DAYS = (-41, -36, -34, -27, -24, -20, -17, -13, -10, -6, -3, -1)


@dataclass(frozen=True)
class Shop:
    """An opening that asks for 3 of the first trait, on which both of its tasks call."""

    program: Program
    catalog: Catalog
    opening: Opening
    rater: Rater

    @property
    def trait(self) -> Trait:
        return self.catalog.traits[0]


def shop(make: Make, program: Program, catalog: Catalog, rater: Rater | None = None, asked: int = 3) -> Shop:
    """``rater`` None makes a supervisor who has left."""
    tasks, trait = catalog.tasks[:2], catalog.traits[0]
    for task in tasks:
        link(make, task, trait)
    site = make.site(make.employer(program, "Bridge Books"), "Park Row")
    opening = make.opening(site, "Shelf assistant", tasks=tasks, requirements=[(trait, asked)], capacity=9)
    rater = rater or make.add(
        Rater(program_id=program.id, kind=RaterKind.SUPERVISOR, name="Vik", created_at=make.clock.now)
    )
    return Shop(program, catalog, opening, rater)


def link(make: Make, task: Task, trait: Trait) -> None:
    make.add(TaskTrait(program_id=task.program_id, task_id=task.id, trait_id=trait.id))


def able(make: Make, person: Participant, trait: Trait, level: int) -> None:
    make.add(Ability(program_id=person.program_id, participant_id=person.id, trait_id=trait.id, level=level))


def worked(
    make: Make, shop: Shop, person: Participant, ranks: Sequence[int], days: Iterable[int] = DAYS,
    placement: Placement | None = None,
) -> Placement:  # fmt: skip
    """One shift a day, both tasks at the day's rank (the last rank for the rest), summaries brought up to date."""
    placement = placement or make.placement(person, shop.opening, first_day=make.day(-45))
    for at, day in enumerate(days):
        rank = ranks[min(at, len(ranks) - 1)]
        rated(make, shop, placement, make.day(day), [rank, rank])
    refresh(make, person)
    return placement


def rated(make: Make, shop: Shop, placement: Placement, day: date, ranks: Sequence[int]) -> tuple[Shift, Feedback]:
    shift = make.shift(placement, day, time(9), time(12), attendance=Attendance.HERE)
    pairs = list(zip(shop.catalog.tasks, ranks, strict=False))
    return shift, make.feedback(shift, shop.rater, pairs, shop.catalog)


def refresh(make: Make, person: Participant) -> None:
    def change(session: Session) -> None:
        refresh_everything(session, make.work, System(person.program_id), person.id)

    make.do(change)
