"""The row scope of daily living shows exactly what the policy allows, private tasks included."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.occasions import Audience
from placement.models.participants.participant import Participant
from placement.models.practice.practice import FamilyLink, Practice
from placement.models.programs.catalog import Task
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P
from placement.queries import scope
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.policy.test_scope import Known, actors
from tests.web.practice.rows import invitation, private_practice, shared_practice


def test_practice_and_invitations(cast: Cast, make: Make, reads: Session) -> None:
    for person, account in ((cast.a.participant, cast.accounts.noa), (cast.b.participant, cast.accounts.ben)):
        for practice in (shared_practice(make, person, account), private_practice(make, person, account)):
            invitation(make, practice, account)
    known = Known(
        [cast.a.program.id, cast.b.program.id], make.all(select(Participant.id)), [cast.a.site.id, cast.b.site.id]
    )
    columns = (Practice.id, Practice.program_id, Practice.participant_id, Task.audience)
    rows = reads.execute(select(*columns).join(Task, Task.id == Practice.task_id)).all()
    links = reads.execute(select(FamilyLink.id, FamilyLink.program_id, FamilyLink.participant_id)).all()
    assert (len(rows), len(links)) == (4, 4)

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(actor=actors(known))
    def compare(actor: Actor) -> None:
        found = set(reads.scalars(select(Practice.id).where(scope.practices(actor))))
        for permission in (P.PRACTICE_SEE, P.PRACTICE_EDIT, P.PRACTICE_RATE):
            assert found == {
                key
                for key, program, person, audience in rows
                if allowed(actor, permission, Facts(program, person, private=audience is Audience.PRIVATE))
            }, permission
        mine = set(reads.scalars(select(FamilyLink.id).where(scope.family_links(actor))))
        assert mine == {key for key, *facts in links if allowed(actor, P.PRACTICE_OWN, Facts(*facts))}

    compare()
