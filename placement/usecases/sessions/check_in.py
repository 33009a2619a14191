"""How the two work together, as the participant says it after a session."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from placement.domain.errors import Refused
from placement.domain.sessions import CheckIn, ensure_check_in, may_check_in, pack_check_in
from placement.domain.words import say
from placement.models.base import new_public_id
from placement.models.sessions.one_to_one import SessionCheckIn
from placement.policy.actor import Actor
from placement.queries.sessions.items import AWAY
from placement.usecases.effects.log import audit
from placement.usecases.effects.sessions import ensure_on, own_session, seal
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class GiveCheckIn:
    session: str
    answers: CheckIn


def give_check_in(work: Work, actor: Actor, command: GiveCheckIn) -> None:
    """Say it, or say it anew within the week; with every question skipped it is taken back.

    Raises NotFound, Forbidden and Refused with the field's name.
    """
    ensure_check_in(command.answers)
    now = work.clock()
    with work.transaction() as session:
        of, occasion = own_session(session, actor, command.session)
        ensure_on(of)
        if occasion.attendance in AWAY or not may_check_in(occasion.starts_at, occasion.ends_at, now):
            raise Refused(say("You can say this from the session on, for a week."))
        row = session.scalar(select(SessionCheckIn).where(SessionCheckIn.session_id == of.id).with_for_update())
        if row is None:
            if command.answers.empty:
                return
            row = SessionCheckIn(
                public_id=new_public_id(), program_id=of.program_id, session_id=of.id,
                participant_id=of.participant_id, created_at=now,
            )  # fmt: skip
            session.add(row)
        elif command.answers.empty:
            audit(
                session, work, actor, "session.check_in_remove", "one_to_one", of.id, participant_id=of.participant_id
            )
            session.delete(row)
            return
        row.answers_sealed = seal(work, row, "answers_sealed", pack_check_in(command.answers))
        audit(session, work, actor, "session.check_in", "one_to_one", of.id, participant_id=of.participant_id)
