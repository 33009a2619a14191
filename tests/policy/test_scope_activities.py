"""The row scope of creative and play work shows exactly what the policy allows, whoever asks."""

from __future__ import annotations

from datetime import datetime

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.shares import ShareKind
from placement.models.activities.activity import Activity, Reflection
from placement.models.participants.participant import Participant
from placement.models.rights.share import Share
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P
from placement.queries import scope
from tests.clock import MONDAY
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.policy.test_scope import NOW, Known, actors


def test_activities_words_and_pictures(cast: Cast, make: Make, reads: Session) -> None:
    """Every actor is account 1; words are shared with them and with others, and taken back."""
    others = (1, cast.accounts.therapist.id)
    for side, person in ((cast.a, cast.a.participant), (cast.a, cast.kim), (cast.b, cast.b.participant)):
        _write(make, side.program.id, person.id, others)
    known = Known(
        [cast.a.program.id, cast.b.program.id], make.all(select(Participant.id)), [cast.a.site.id, cast.b.site.id]
    )
    rows, pictures, shares = make.all(select(Activity)), make.all(select(Reflection)), make.all(select(Share))

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(actor=actors(known), now=NOW)
    def compare(actor: Actor, now: datetime) -> None:
        mine = [one for one in shares if one.reader_account_id == actor.account_id and one.withdrawn_at is None]
        shown = {one.activity_id for one in mine} - {None}
        shown_pictures = {one.reflection_id for one in mine} - {None}

        def facts(row: Activity | Reflection) -> Facts:
            if isinstance(row, Reflection):
                return Facts(row.program_id, row.participant_id, current=row.id in shown_pictures)
            return Facts(row.program_id, row.participant_id, account_id=row.by_account_id, current=row.id in shown)

        for condition, permission in (
            (scope.activities(actor), P.ACTIVITY_SEE),
            (scope.own_activities(actor), P.ACTIVITY_OWN),
            (scope.written_activities(actor), P.ACTIVITY_EDIT),
            (scope.shared_words(actor), P.ACTIVITY_READ),
        ):
            found = set(reads.scalars(select(Activity.id).where(condition)))
            assert found == {row.id for row in rows if allowed(actor, permission, facts(row))}, permission
        for condition, permission in (
            (scope.own_reflections(actor), P.ACTIVITY_OWN),
            (scope.shared_reflections(actor), P.ACTIVITY_READ),
        ):
            found = set(reads.scalars(select(Reflection.id).where(condition)))
            assert found == {row.id for row in pictures if allowed(actor, permission, facts(row))}, permission

    compare()


def _write(make: Make, program: int, person: int, accounts: tuple[int, ...]) -> None:
    where = {"program_id": program, "participant_id": person, "created_at": MONDAY}
    for by in accounts:
        row = make.add(Activity(day=make.day(-1), name="Stones", by_account_id=by, words_sealed=b"x", **where))
        picture = make.add(Reflection(seed=3, words_sealed=b"x", **where))
        for reader in accounts:
            for taken_back in (None, MONDAY) if reader == by else (MONDAY,):
                shared = {"reader_account_id": reader, "withdrawn_at": taken_back, **where}
                make.add(Share(kind=ShareKind.ACTIVITY, activity_id=row.id, **shared))
                make.add(Share(kind=ShareKind.REFLECTION, reflection_id=picture.id, **shared))
