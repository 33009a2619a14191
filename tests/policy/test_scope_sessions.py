"""The row scope of one-to-one sessions shows exactly what the policy allows, whoever asks on whatever day."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.occasions import OccasionKind
from placement.domain.sessions import is_deputy_on
from placement.models.participants.participant import Participant
from placement.models.sessions.one_to_one import AgendaItem, ClinicalDeputy, OneToOne
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P
from placement.queries import scope
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.policy.test_scope import NOW, Known, actors
from tests.web.sessions.talks import talk_rows


def test_sessions_agendas_and_deputies(cast: Cast, make: Make, reads: Session) -> None:
    """Every actor is account 1; sessions are of theirs and of others', with them named as deputy and not."""
    accounts = cast.accounts
    assert accounts.admin.id == 1
    talk_rows(make, cast.a.participant, accounts.noa, accounts.therapist, accounts.coach)
    make.do(_more)
    known = Known(
        [cast.a.program.id, cast.b.program.id], make.all(select(Participant.id)), [cast.a.site.id, cast.b.site.id]
    )
    columns = (OneToOne.id, OneToOne.program_id, OneToOne.participant_id, OneToOne.account_id)
    rows = [tuple(row) for row in reads.execute(select(*columns))]
    items = reads.execute(
        select(AgendaItem.id, AgendaItem.program_id, AgendaItem.participant_id, AgendaItem.account_id)
    ).all()
    named = [
        (row.id, row.program_id, row.account_id, row.deputy_account_id, row.first_day, row.last_day)
        for row in make.all(select(ClinicalDeputy))
    ]

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(actor=actors(known), now=NOW)
    def compare(actor: Actor, now: datetime) -> None:
        today = actor.today(now)

        def facts(row: tuple[int, int, int, int]) -> Facts:
            _, program, person, account = row
            deputy = any(
                whose == account and who == actor.account_id and of == program and is_deputy_on(today, first, last)
                for _, of, whose, who, first, last in named
            )
            return Facts(program, person, account_id=account, current=deputy)

        for shown, permission in (
            (scope.one_to_ones(actor, today), P.SESSION_SEE),
            (scope.held_sessions(actor), P.SESSION_HOLD),
            (scope.held_sessions(actor), P.SESSION_NOTE_WRITE),
            (scope.own_sessions(actor), P.SESSION_OWN),
            (scope.session_dates(actor), P.SESSION_DATES),
            (scope.deputized(actor, today), P.SESSION_NOTE_OPEN),
        ):
            found = set(reads.scalars(select(OneToOne.id).where(shown)))
            assert found == {row[0] for row in rows if allowed(actor, permission, facts(row))}, permission
        found = set(reads.scalars(select(AgendaItem.id).where(scope.agenda_items(actor))))
        about = {row[0]: Facts(row[1], row[2], account_id=row[3]) for row in items}
        assert found == {key for key, one in about.items() if allowed(actor, P.AGENDA_SEE, one)}
        found = set(reads.scalars(select(ClinicalDeputy.id).where(scope.deputies(actor))))
        assert found == {
            key for key, of, whose, *_ in named if allowed(actor, P.DEPUTY_NAME, Facts(of, account_id=whose))
        }

    compare()


def _more(session: Session) -> None:
    """The same sessions, agenda and deputies with account 1 in every place."""
    for row in list(session.scalars(select(AgendaItem))):
        copy = AgendaItem(
            program_id=row.program_id, participant_id=row.participant_id, account_id=1, by_account_id=1,
            text_sealed=b"x", created_at=row.created_at,
        )  # fmt: skip
        session.add(copy)
    for row in list(session.scalars(select(ClinicalDeputy))):
        for days in (-9, 0, 6):
            first = row.first_day + timedelta(days=days)
            session.add(
                ClinicalDeputy(
                    program_id=row.program_id, account_id=row.account_id, deputy_account_id=1, first_day=first,
                    last_day=first + timedelta(days=3), by_account_id=1, created_at=row.created_at,
                )
            )  # fmt: skip
    of = session.scalars(select(OneToOne)).first()
    assert of is not None
    shift = session.scalars(select(Occasion).where(Occasion.kind == OccasionKind.SHIFT)).first()
    assert shift is not None
    session.add(
        OneToOne(
            id=shift.id, program_id=shift.program_id, participant_id=shift.participant_id, account_id=1, day=of.day,
            start=of.start, end=of.end, created_at=of.created_at,
        )
    )  # fmt: skip
