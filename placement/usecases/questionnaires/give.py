"""Handing a questionnaire out, naming who reads it and by when; and taking it back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.questionnaires import ensure_days, languages
from placement.domain.roles import ASSIGNED_ROLES
from placement.domain.words import say
from placement.models.accounts.account import Account, Assignment, Membership
from placement.models.base import new_public_id
from placement.models.participants.participant import Participant
from placement.models.questionnaires.questionnaire import Handout, Questionnaire
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import PersonKeys, person_to_add_to
from placement.usecases.effects.questionnaires import handout_to_change, scale_of
from placement.usecases.transaction import Work

#: Not handed in yet, of one person.
MOST_OPEN = 12


@dataclass(frozen=True, slots=True)
class GiveOut:
    """Public ids of participant, questionnaire and reader. ``due_on``: until when to fill it in, if a day was named.

    ``key``: made for every form that is shown, so that a double tap is one handout.
    """

    participant: str
    questionnaire: str
    reader: str
    read_by: date
    due_on: date | None
    key: str


def give_out(work: Work, actor: Actor, command: GiveOut) -> str:
    """Hand it out; the handout's public id. Same key and body: the first answer again.

    Raises NotFound, Forbidden, KeyReused and Refused with the field's name.
    """
    return again_if_taken(_give, work, actor, command)


def take_back(work: Work, actor: Actor, public_id: str) -> None:
    """Take back what was not handed in. What the participant filled in so far stays theirs.

    Raises NotFound, Forbidden and Refused.
    """
    with work.transaction() as session:
        row, _ = handout_to_change(
            session, actor, public_id, scope.takeable_handouts(actor), Permission.HANDOUT_TAKE_BACK
        )
        if row.answered_at is not None:
            raise Refused(say("It was handed in already. It belongs to the participant now."))
        if row.taken_back_at is None:
            row.taken_back_at = work.clock()
            audit(session, work, actor, "handout.take_back", "handout", row.id, participant_id=row.participant_id)


def _give(work: Work, actor: Actor, command: GiveOut) -> str:
    body = asdict(command)
    today = actor.today(work.clock())
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["handout"])
        person = person_to_add_to(session, actor, command.participant, Permission.HANDOUT_GIVE)
        asked = _questionnaire(session, actor, person, command.questionnaire)
        ensure_days(command.due_on, command.read_by, today)
        row = Handout(
            public_id=new_public_id(), program_id=person.program_id, questionnaire_id=asked.id,
            participant_id=person.id, by_account_id=actor.account_id,
            reader_account_id=_reader(session, person, command.reader, today), read_by=command.read_by,
            due_on=command.due_on, created_at=work.clock(),
        )  # fmt: skip
        _ensure_room(session, person)
        session.add(row)
        session.flush()
        ids = {"participant_id": person.id, "questionnaire_id": asked.id, "reader": row.reader_account_id}
        audit(session, work, actor, "handout.give", "handout", row.id, **ids)
        keep_answer(session, work, actor, command.key, body, {"handout": row.public_id})
        return row.public_id


def _questionnaire(session: Session, actor: Actor, person: PersonKeys, public_id: str) -> Questionnaire:
    """A live one in the participant's language. Raises NotFound and Refused."""
    row = session.scalar(
        select(Questionnaire).where(Questionnaire.public_id == public_id, scope.questionnaires(actor))
    )  # fmt: skip
    if row is None:
        raise NotFound
    if row.archived_at is not None:
        raise Refused(say("This questionnaire is archived. Choose another one."), "questionnaire")
    locale = session.scalar(
        select(Account.locale)
        .join(Participant, Participant.account_id == Account.id)
        .where(Participant.id == person.id, Account.archived_at.is_(None))
    )
    if locale is None:
        raise Refused(say("Without an account of their own nobody can fill it in."), "questionnaire")
    if locale not in languages(scale_of(row).items, row.answers):
        raise Refused(say("It is not there in the language this person reads the app in."), "questionnaire")
    return row


def _reader(session: Session, person: PersonKeys, public_id: str, today: date) -> int:
    """A therapist or coach who looks after the participant today. Raises Refused."""
    found = session.scalar(
        select(Account.id)
        .join(Assignment, Assignment.account_id == Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Account.public_id == public_id,
            Account.archived_at.is_(None),
            Assignment.participant_id == person.id,
            Assignment.first_day <= today,
            Assignment.last_day.is_(None) | (Assignment.last_day >= today),
            Membership.program_id == person.program_id,
            Membership.archived_at.is_(None),
            Membership.role.in_(sorted(ASSIGNED_ROLES)),
        )
        .limit(1)
    )
    if found is None:
        raise Refused(say("Choose somebody who looks after this person today."), "reader")
    return found


def _ensure_room(session: Session, person: PersonKeys) -> None:
    waiting = select(Handout.id).where(
        Handout.participant_id == person.id, Handout.answered_at.is_(None), Handout.declined_at.is_(None),
        Handout.taken_back_at.is_(None),
    )  # fmt: skip
    if len(session.scalars(waiting.limit(MOST_OPEN)).all()) >= MOST_OPEN:
        raise Refused(say("There is much to fill in already. Take something back first."), "questionnaire")
