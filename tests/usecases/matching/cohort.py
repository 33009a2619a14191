"""A cohort to match: people and openings whose best matching is plain to see."""

from __future__ import annotations

from dataclasses import dataclass

from placement.domain.matching.problem import Settings
from placement.domain.participants import ParticipantStatus
from placement.models.accounts.account import Account
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.usecases.matching.run import RunMatching, run_matching
from tests.factories.cast import Cast
from tests.factories.make import Make


@dataclass(frozen=True)
class Cohort:
    """Three people and two openings of the cast's program A: Bakery has one place, Stock two."""

    coordinator: Actor
    account: Account
    people: list[Participant]
    bakery: Opening
    stock: Opening

    def command(self, minimum_fit: int = 0, **changes: object) -> RunMatching:
        values: dict[str, object] = {
            "name": "Winter", "participants": tuple(person.public_id for person in self.people),
            "openings": (self.bakery.public_id, self.stock.public_id),
            "settings": Settings(minimum_fit=minimum_fit),
        }  # fmt: skip
        return RunMatching(**(values | changes))  # type: ignore[arg-type]


def write_cohort(make: Make, cast: Cast) -> Cohort:
    people = [
        make.participant(cast.a.program, name, "Winter", status=ParticipantStatus.WAITING)
        for name in ("Ana", "Bo", "Cem")
    ]
    return Cohort(
        make.actor(cast.accounts.coordinator),
        cast.accounts.coordinator,
        people,
        make.opening(make.site(make.employer(cast.a.program, "Mill"), "Mill Lane"), "Bakery helper", capacity=1),
        make.opening(cast.other_site, "Stock helper", capacity=2),
    )


def drawn(make: Make, cohort: Cohort, minimum_fit: int = 0, **changes: object) -> str:
    """Run it; the run's public id."""
    return run_matching(make.work, cohort.coordinator, cohort.command(minimum_fit, **changes))
