"""The row scope of questions about a record, and of notes, shows exactly what the policy allows."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.rights import RequestKind
from placement.domain.sessions import is_deputy_on
from placement.models.participants.participant import Participant
from placement.models.rights.rights import RightsRequest
from placement.models.sessions.one_to_one import ClinicalDeputy, OneToOne, SessionNote
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P
from placement.queries import scope
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.policy.test_scope import NOW, Known, actors
from tests.web.sessions.talks import talk_rows

ASKED = {
    RequestKind.CORRECTION: P.RIGHTS_CORRECT,
    RequestKind.ERASURE: P.RIGHTS_ERASE,
    RequestKind.READ_NOTE: P.RIGHTS_NOTE,
}


def test_requests_and_notes(cast: Cast, make: Make, reads: Session) -> None:
    """Every actor is account 1; notes are theirs and others', with them named as deputy on some days."""
    accounts = cast.accounts
    assert accounts.admin.id == 1
    talk_rows(make, cast.a.participant, accounts.noa, accounts.therapist, accounts.coach)
    make.do(lambda session: _more(session, cast))
    known = Known(
        [cast.a.program.id, cast.b.program.id], make.all(select(Participant.id)), [cast.a.site.id, cast.b.site.id]
    )
    rows = make.all(select(RightsRequest))
    notes = {note.id: note for note in make.all(select(SessionNote))}
    held_by = {row.id: row.account_id for row in reads.execute(select(OneToOne.id, OneToOne.account_id))}
    named = make.all(select(ClinicalDeputy))
    assert {row.kind for row in rows} == set(RequestKind)
    assert {note.by_account_id == 1 for note in notes.values()} == {True, False}

    def facts(actor: Actor, now: datetime, row: RightsRequest) -> Facts:
        if row.note_id is None:
            return Facts(row.program_id, row.participant_id)
        note, today = notes[row.note_id], actor.today(now)
        author = note.by_account_id
        deputy = any(
            (one.account_id, one.deputy_account_id, one.program_id) == (author, actor.account_id, row.program_id)
            and is_deputy_on(today, one.first_day, one.last_day)
            for one in named
        )
        # A deputy stands in for whoever held the session.
        return Facts(
            row.program_id, row.participant_id, account_id=author, current=deputy and held_by[note.session_id] == author
        )

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(actor=actors(known), now=NOW)
    def compare(actor: Actor, now: datetime) -> None:
        shown = set(reads.scalars(select(RightsRequest.id).where(scope.rights_requests(actor, actor.today(now)))))
        assert shown == {row.id for row in rows if allowed(actor, ASKED[row.kind], facts(actor, now, row))}
        own = set(reads.scalars(select(RightsRequest.id).where(scope.own_requests(actor))))
        mine = [row for row in rows if allowed(actor, P.RIGHTS_OWN, Facts(row.program_id, row.participant_id))]
        assert own == {row.id for row in mine}
        written = set(reads.scalars(select(SessionNote.id).where(scope.own_notes(actor))))
        assert written == {
            note.id
            for note in notes.values()
            if allowed(actor, P.RIGHTS_OWN, Facts(note.program_id, note.participant_id))
        }

    compare()


def _more(session: Session, cast: Cast) -> None:
    """Notes and sessions of account 1, deputies around today, and a question of each kind in both programs."""
    talk = session.scalars(select(OneToOne)).first()
    assert talk is not None
    mine = SessionNote(
        session_id=talk.id, program_id=talk.program_id, participant_id=talk.participant_id, by_account_id=1,
        text_sealed=b"x", created_at=talk.created_at,
    )  # fmt: skip
    session.add(mine)
    for days in (-9, 0, 6):
        first = talk.day + timedelta(days=days)
        session.add(
            ClinicalDeputy(
                program_id=talk.program_id, account_id=talk.account_id, deputy_account_id=1, first_day=first,
                last_day=first + timedelta(days=3), by_account_id=1, created_at=talk.created_at,
            )
        )  # fmt: skip
    session.flush()
    due = talk.day + timedelta(days=30)
    for person in (cast.a.participant, cast.kim, cast.b.participant):
        for kind in (RequestKind.CORRECTION, RequestKind.ERASURE):
            session.add(
                RightsRequest(
                    program_id=person.program_id, participant_id=person.id, kind=kind, due_on=due,
                    created_at=talk.created_at,
                )
            )  # fmt: skip
    for note in session.scalars(select(SessionNote)):
        session.add(
            RightsRequest(
                program_id=note.program_id, participant_id=note.participant_id, kind=RequestKind.READ_NOTE,
                note_id=note.id, due_on=due, created_at=talk.created_at,
            )
        )  # fmt: skip
