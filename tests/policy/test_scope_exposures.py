"""The row scope of steps to face a fear shows exactly what the policy allows: the two of them, nobody else."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.models.exposures.exposure import ExposureStep, ExposureTry
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P
from placement.queries import scope
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.policy.test_scope import Known, actors
from tests.web.exposures.ladders import ladder_rows


def test_steps_and_tries(cast: Cast, make: Make, reads: Session) -> None:
    ladder_rows(make, cast.a.participant, cast.accounts.therapist)
    ladder_rows(make, cast.b.participant, cast.accounts.outsider_therapist)
    known = Known(
        [cast.a.program.id, cast.b.program.id], make.all(select(Participant.id)), [cast.a.site.id, cast.b.site.id]
    )
    tables = ((ExposureStep, scope.exposure_steps), (ExposureTry, scope.exposure_tries))
    rows = {
        table: reads.execute(select(table.id, table.program_id, table.participant_id)).all()  # type: ignore[attr-defined]
        for table, _ in tables
    }

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(actor=actors(known))
    def compare(actor: Actor) -> None:
        for table, condition in tables:
            found = set(reads.scalars(select(table.id).where(condition(actor))))  # type: ignore[attr-defined]
            for permission in (P.EXPOSURE_SEE, P.EXPOSURE_EDIT):
                assert found == {key for key, of, who in rows[table] if allowed(actor, permission, Facts(of, who))}

    compare()
