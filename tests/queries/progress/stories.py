"""Histories of one person, written quickly and summed up by the writer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from placement.domain.roles import Role
from placement.domain.shifts import Attendance
from placement.domain.support import NotTodayReason
from placement.models.accounts.account import Account
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.programs.program import Program
from placement.models.shifts.shift import Shift
from placement.policy.actor import System
from placement.usecases.effects.progress import refresh_everything
from tests.factories.catalog import Catalog
from tests.factories.make import Make

#: Twelve ratings by two people in turn, the second of them from the second shift on: more help than before.
FALLING = (6, 6, 6, 6, 6, 6, 4, 4, 4, 4, 3, 3)


@dataclass(frozen=True)
class World:
    """A program with a participant at a shop; ``raters`` are two supervisors there."""

    program: Program
    catalog: Catalog
    account: Account
    person: Participant
    placement: Placement
    raters: tuple[Rater, Rater]


def world(make: Make, tasks: int = 4) -> World:
    program = make.program("Storyland")
    catalog = make.catalog(program, tasks=tasks)
    account = make.account("Mia Berg", [Role.PARTICIPANT], program)
    person = make.participant(program, "Mia", "Berg", account)
    site = make.site(make.employer(program, "Corner Grocery"), "Oak Street")
    first, second = (make.account(name, [Role.SUPERVISOR], program) for name in ("Sol Stone", "Ines Park"))
    raters = (make.supervise(first, site), make.supervise(second, site))
    opening = make.opening(site, tasks=catalog.tasks[:3])
    placement = make.placement(person, opening, first_day=make.day(-1200))
    return World(program, catalog, account, person, placement, raters)


def live(
    make: Make,
    world: World,
    ranks: Mapping[Task, Sequence[int | NotTodayReason | None]],
    every: int = 3,
    **words: str,
) -> list[Shift]:
    """One shift for each place in the sequences, ``every`` so many days, the last one yesterday; None: not rated."""
    length = max(len(of_task) for of_task in ranks.values())
    shifts = []
    for place in range(length):
        day = make.today - timedelta(days=1 + every * (length - 1 - place))
        shift = make.shift(world.placement, day, attendance=Attendance.HERE)
        levels = {
            task: given[place] for task, given in ranks.items() if place < len(given) and given[place] is not None
        }
        last = words if place == length - 1 else {}
        make.feedback(shift, world.raters[place % 2], levels, world.catalog, **last)  # type: ignore[arg-type]
        shifts.append(shift)
    sum_up(make, world)
    return shifts


def sum_up(make: Make, world: World) -> None:
    """What the writer would have kept after each feedback."""
    system = System(world.program.id)
    make.do(lambda session: refresh_everything(session, make.work, system, world.person.id))


def count(make: Make, model: type) -> int:
    return len(make.all(select(model)))
