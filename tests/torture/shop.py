"""A program under which many shops answer at once: participants with shifts of the last days, two raters for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from placement.domain.roles import Role
from placement.domain.shifts import PlannedTime, instants
from placement.models.employers.opening import Opening
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.usecases.progress.rebuild import rebuild
from tests.factories.make import Make
from tests.web.cards.phones import link_for

#: Each rater has so many shifts to answer; each shift is answered by both.
SHIFTS, RATERS, PEOPLE_A_SHOP = 9, 2, 4
ZONE = "Europe/Berlin"
#: A morning and an afternoon of each of the last six days.
TIMES = ((time(9), time(12)), (time(13), time(16)))


@dataclass(frozen=True)
class Plan:
    """What a rater will say about a shift. ``places``: for each task one on the scale; ``by_form``: without the page's
    script; ``twice``: sent again."""

    shift: str
    key: str
    places: tuple[int, ...]
    by_form: bool
    twice: bool


@dataclass(frozen=True)
class Round:
    """A link somebody opens, and what they send then."""

    rater_id: int
    token: str
    plans: tuple[Plan, ...]


def open_shop(make: Make, entries: int, chance: Random) -> list[Round]:
    """Write everything; the rounds' plans are ``entries`` in all, no two about the same shift by the same rater."""
    program = make.program("Riverside")
    catalog = make.catalog(program)
    make.account("Cora Hill", [Role.COORDINATOR], program)
    employer = make.employer(program)
    rounds: list[Round] = []
    planned = number = 0
    while planned < entries:
        if number % PEOPLE_A_SHOP == 0:
            site = make.site(employer, f"Street {number}")
            opening = make.opening(site, tasks=catalog.tasks[:3], capacity=PEOPLE_A_SHOP)
        person = make.participant(program, f"Noa {number}", "Lind")
        placement = make.placement(person, opening)
        shifts = _shifts(make, placement, opening)
        for _ in range(RATERS):
            wanted = shifts[: entries - planned]
            link = link_for(make, placement, f"Rater {len(rounds)}", email=f"rater{len(rounds)}@shop.example")
            rounds.append(Round(link.rater.id, link.token, tuple(_plan(shift, chance) for shift in wanted)))
            planned += len(wanted)
        number += 1
    # What shops and participants start with is what a rebuild comes to.
    rebuild(make.work)
    return [one for one in rounds if one.plans]


def _shifts(make: Make, placement: Placement, opening: Opening) -> Sequence[str]:
    """Public ids of shifts that are over and owed; one more is tomorrow, so that a card always asks about something."""

    def write(session: Session) -> list[str]:
        found = []
        for place in range(-1, SHIFTS):
            day = make.day(-1 - place // len(TIMES)) if place >= 0 else make.day(1)
            start, end = TIMES[place % len(TIMES)]
            starts_at, ends_at = instants(PlannedTime(day, start, end, ZONE))
            occasion = Occasion(
                program_id=placement.program_id, participant_id=placement.participant_id, kind="shift",
                starts_at=starts_at, ends_at=ends_at, zone=ZONE, local_day=day, created_at=make.clock.now,
            )  # fmt: skip
            session.add(occasion)
            session.flush()
            session.add(
                Shift(
                    id=occasion.id, program_id=placement.program_id, placement_id=placement.id,
                    site_id=opening.site_id, day=day, agreed_day=day, start=start, end=end, feedback_due_at=ends_at,
                )
            )  # fmt: skip
            found.append(occasion.public_id)
        return found[1:]

    return make.do(write)


def _plan(shift: str, chance: Random) -> Plan:
    return Plan(
        shift=shift,
        key=str(UUID(int=chance.getrandbits(128), version=4)),
        places=tuple(chance.choice((0, 0, 1, 2, 3)) for _ in range(3)),
        by_form=chance.random() < 0.25,
        twice=chance.random() < 0.1,
    )
