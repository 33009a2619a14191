"""The participant's part: filling in, handing in, taking it back, rather not; and the reader's: read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.questionnaires import ensure_answers, pack_answers
from placement.domain.sealed import Place
from placement.domain.words import say
from placement.models.accounts.account import Assignment
from placement.models.questionnaires.questionnaire import Handout, Questionnaire
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.questionnaires import handout_to_change, scale_of
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class FillIn:
    """``answers``: item key → answer; what is skipped is absent. ``hand_in``: from now on its reader can read it."""

    handout: str
    answers: Mapping[str, int]
    hand_in: bool


def fill_in(work: Work, actor: Actor, command: FillIn) -> None:
    """Keep the answers, sealed; or hand them in. Raises NotFound, Forbidden, and Refused at the item's key."""
    now = work.clock()
    with work.transaction() as session:
        row, asked = _own(session, actor, command.handout)
        _ensure_open(row)
        ensure_answers(scale_of(asked), command.answers)
        if command.hand_in and not command.answers:
            raise Refused(say("Nothing is filled in. You can also say “rather not”."))
        if command.hand_in:
            _ensure_reader(session, row, actor.today(now))
        place = Place("handout", "answers_sealed", row.public_id)
        row.answers_sealed = work.cipher.seal(pack_answers(command.answers), place) if command.answers else None
        row.declined_at = None
        if command.hand_in:
            row.answered_at, row.read_at = now, None
        _audit(session, work, actor, row, "handout.hand_in" if command.hand_in else "handout.keep")


def withdraw(work: Work, actor: Actor, public_id: str) -> None:
    """Nobody else reads it any more, from now on; the answers stay with the participant. Raises NotFound, Forbidden."""
    with work.transaction() as session:
        row, _ = _own(session, actor, public_id)
        if row.answered_at is not None:
            row.answered_at = row.read_at = None
            _audit(session, work, actor, row, "handout.withdraw")


def decline(work: Work, actor: Actor, public_id: str, *, undo: bool = False) -> None:
    """Rather not, without a reason; staff see nothing of it. What was filled in stays their own.

    ``undo``: it can be filled in again. Raises NotFound, Forbidden and Refused.
    """
    with work.transaction() as session:
        row, _ = _own(session, actor, public_id)
        _ensure_open(row)
        row.declined_at = None if undo else work.clock()
        _audit(session, work, actor, row, "handout.decline_undo" if undo else "handout.decline")


def mark_read(work: Work, actor: Actor, public_id: str) -> None:
    """The reader has read it; the participant sees when. Raises NotFound, Forbidden and Refused."""
    with work.transaction() as session:
        row, _ = handout_to_change(session, actor, public_id, scope.handouts_to_read(actor), Permission.HANDOUT_READ)
        if row.answered_at is None:
            raise Refused(say("Nothing is handed in."))
        if row.read_at is None:
            row.read_at = work.clock()
            _audit(session, work, actor, row, "handout.read")


def _own(session: Session, actor: Actor, public_id: str) -> tuple[Handout, Questionnaire]:
    return handout_to_change(session, actor, public_id, scope.own_handouts(actor), Permission.HANDOUT_OWN)


def _ensure_open(row: Handout) -> None:
    if row.taken_back_at is not None:
        raise Refused(say("It was taken back. You need not fill it in."))
    if row.answered_at is not None:
        raise Refused(say("You have handed it in. Take it back first, then you can change it."))


def _ensure_reader(session: Session, row: Handout, today: date) -> None:
    """Refuse where the reader no longer looks after the participant: nobody would read it."""
    found = session.scalar(
        select(Assignment.id)
        .where(
            Assignment.participant_id == row.participant_id,
            Assignment.account_id == row.reader_account_id,
            Assignment.first_day <= today,
            Assignment.last_day.is_(None) | (Assignment.last_day >= today),
        )
        .limit(1)
    )
    if found is None:
        raise Refused(say("Whoever was to read it no longer looks after you. You can keep it for yourself."))


def _audit(session: Session, work: Work, actor: Actor, row: Handout, action: str) -> None:
    audit(session, work, actor, action, "handout", row.id, participant_id=row.participant_id)
