"""A solved cohort in which it matters who gets what."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from placement.domain.participants import Wish
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchRun
from placement.models.participants.participant import Participant
from placement.models.participants.profile import EmployerExclusion, EmployerWish
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.usecases.matching.cohort import Cohort, drawn, write_cohort


@dataclass(frozen=True)
class Bench:
    """Ana wishes very much for the bakery (one place) and has it; Bo would like it, too. Bo and Cem are at Stock (two).

    ``far``: an opening too far for all. ``never``: one at an employer that Ana is protected from.
    """

    cohort: Cohort
    ana: Participant
    bo: Participant
    cem: Participant
    far: Opening
    never: Opening
    run: str

    @property
    def url(self) -> str:
        return f"/matching/{self.run}"

    def person(self, who: Participant) -> str:
        return f"{self.url}/people/{who.public_id}"


def write_bench(make: Make, cast: Cast) -> Bench:
    cohort = write_cohort(make, cast)
    ana, bo, cem = cohort.people
    mill = make.one(select(Site).where(Site.id == cohort.bakery.site_id))
    far = make.opening(
        make.site(make.employer(cast.a.program, "Faraway"), "Seaside", lat=54.3, lon=10.1), "Beach helper", capacity=3
    )
    shut = make.employer(cast.a.program, "Shut Door")
    never = make.opening(make.site(shut, "Back Yard"), "Yard helper", capacity=3)
    for person, wish in ((ana, Wish.LOVE), (bo, Wish.LIKE)):
        make.add(
            EmployerWish(program_id=ana.program_id, participant_id=person.id, employer_id=mill.employer_id, wish=wish)
        )
    for person in (ana, bo, cem):
        make.add(EmployerExclusion(program_id=ana.program_id, participant_id=person.id, employer_id=shut.id))
        make.do(lambda session, key=person.id: _at_home(session.get_one(Participant, key)))
    openings = (cohort.bakery.public_id, cohort.stock.public_id, far.public_id, never.public_id)
    return Bench(cohort, ana, bo, cem, far, never, drawn(make, cohort, openings=openings))


def newest(make: Make) -> MatchRun:
    return make.all(select(MatchRun).order_by(MatchRun.id))[-1]


def _at_home(person: Participant) -> None:
    person.lat, person.lon, person.travel_limit_km = 52.5, 13.4, 30.0
