"""The participant's own answer to a proposal. No reason is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.placement_moves import move_for, next_state
from placement.domain.placements import Answer, PlacementState
from placement.domain.sharing import ticked
from placement.domain.words import say
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.placements.told import basics_of, could_tell
from placement.usecases.effects.log import audit
from placement.usecases.effects.placements import change_state, locked_placement
from placement.usecases.transaction import Work

#: Where a placement stands after a yes that has not been taken back.
_AGREED = (PlacementState.OFFERED, PlacementState.ACCEPTED, PlacementState.ACTIVE, PlacementState.PAUSED)


@dataclass(frozen=True, slots=True)
class AnswerPlacement:
    """``ask_again_on`` counts only with *not now*, ``share`` (boxes of ``domain.sharing``) only with a yes."""

    public_id: str
    answer: Answer
    ask_again_on: date | None = None
    share: tuple[str, ...] = ()


def answer_placement(work: Work, actor: Actor, command: AnswerPlacement) -> None:
    """Record the answer; a yes moves the proposal on, a no ends it and frees the place.

    With a yes, the shop may read what was ticked, and nothing without a tick; any other answer takes that back.
    Giving the same answer twice changes nothing. Raises NotFound, Forbidden for anybody but the participant, and
    Refused when the placement has moved on so far that this answer is no longer possible.
    """
    with work.transaction() as session:
        row = locked_placement(session, actor, command.public_id)
        ensure(actor, Permission.PLACEMENT_ANSWER, Facts(row.program_id, row.participant_id))
        if _already(row, command.answer):
            return
        to = next_state(row.state, move_for(command.answer))
        again = command.ask_again_on if command.answer is Answer.NOT_NOW else None
        if again is not None and again <= actor.today(work.clock()):
            raise Refused(say("Choose a day after today, or leave it empty."), "ask_again_on")
        if to is not row.state:
            change_state(session, work, actor, row, to, "")
        row.answer, row.answered_at, row.ask_again_on = command.answer, work.clock(), again
        row.shared = _shared(session, row, command)
        row.version += 1
        audit(session, work, actor, "placements.answer", "placement", row.id, answer=command.answer.value)


def _shared(session: Session, row: Placement, command: AnswerPlacement) -> list[str]:
    if command.answer is not Answer.YES or not command.share:
        return []
    return list(ticked(command.share, could_tell(session, basics_of(session, row))))


def _already(row: Placement, answer: Answer) -> bool:
    if row.answer is not answer:
        return False
    if answer is Answer.NO:
        return row.state is PlacementState.DECLINED
    if answer is Answer.TALK_FIRST:
        return row.state is PlacementState.PROPOSED
    return answer is Answer.YES and row.state in _AGREED
