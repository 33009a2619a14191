"""The row scope of questionnaires and handouts shows exactly what the policy allows, whoever asks."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.models.participants.participant import Participant
from placement.models.questionnaires.questionnaire import Handout, Questionnaire
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission as P
from placement.queries import scope
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.policy.test_scope import Known, actors
from tests.web.questionnaires.papers import paper_rows


def test_questionnaires_and_handouts(cast: Cast, make: Make, reads: Session) -> None:
    """Every actor is account 1: handouts are given and read by them, and by others."""
    assert cast.accounts.admin.id == 1
    paper_rows(make, cast.a.participant, cast.accounts.noa, cast.accounts.therapist)
    paper_rows(make, cast.b.participant, cast.accounts.ben, cast.accounts.outsider_therapist)
    make.do(_more)
    known = Known(
        [cast.a.program.id, cast.b.program.id], make.all(select(Participant.id)), [cast.a.site.id, cast.b.site.id]
    )
    columns = (Handout.program_id, Handout.participant_id, Handout.by_account_id, Handout.reader_account_id)
    about = {
        row[0]: Facts(row[1], row[2], account_id=row[3], reader_id=row[4])
        for row in reads.execute(select(Handout.id, *columns))
    }
    assert {(facts.account_id == 1, facts.reader_id == 1) for facts in about.values()} == {
        (one, other) for one in (True, False) for other in (True, False)
    }
    asked = {row[0]: row[1] for row in reads.execute(select(Questionnaire.id, Questionnaire.program_id))}

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(actor=actors(known))
    def compare(actor: Actor) -> None:
        for shown, permission in (
            (scope.own_handouts(actor), P.HANDOUT_OWN),
            (scope.seen_handouts(actor), P.HANDOUT_SEE),
            (scope.takeable_handouts(actor), P.HANDOUT_TAKE_BACK),
            (scope.handouts_to_read(actor), P.HANDOUT_READ),
        ):
            found = set(reads.scalars(select(Handout.id).where(shown)))
            assert found == {key for key, facts in about.items() if allowed(actor, permission, facts)}, permission
        found = set(reads.scalars(select(Questionnaire.id).where(scope.questionnaires(actor))))
        assert found == {key for key, program in asked.items() if allowed(actor, P.QUESTIONNAIRE_EDIT, Facts(program))}

    compare()


def _more(session: Session) -> None:
    """The same handouts with account 1 as giver, as reader, and as both; about others, too."""
    people = {row[0]: row[1] for row in session.execute(select(Participant.id, Participant.program_id))}
    for row in list(session.scalars(select(Handout))):
        for person, program in people.items():
            for by, reader in ((1, row.reader_account_id), (row.by_account_id, 1), (1, 1)):
                if program == row.program_id:
                    session.add(
                        Handout(
                            program_id=program, questionnaire_id=row.questionnaire_id, participant_id=person,
                            by_account_id=by, reader_account_id=reader, read_by=row.read_by, created_at=row.created_at,
                        )
                    )  # fmt: skip
