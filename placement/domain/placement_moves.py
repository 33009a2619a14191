"""Who moves a placement from one state to the next.

Only the participant's own yes makes a proposal an offer, and an employer is
asked only after that. *Not now* and *talk first* need no reason and change
nothing by themselves: the proposal stays, and the coordinator sees the answer.
"""

from __future__ import annotations

from placement.domain.errors import Refused
from placement.domain.placement_words import move_words, state_words
from placement.domain.placements import Answer, Move, Mover, PlacementState
from placement.domain.words import Say, say


class MoveError(Refused):
    """A move this state doesn't allow; ``say`` tells why."""

    @property
    def say(self) -> Say:
        """The reason in words."""
        return self.reason


_S = PlacementState
_M = Move

#: State → move → next state, in the order in which the moves are offered.
TRANSITIONS: dict[PlacementState, dict[Move, PlacementState]] = {
    _S.PROPOSED: {
        _M.PARTICIPANT_YES: _S.OFFERED,
        _M.PARTICIPANT_NOT_NOW: _S.PROPOSED,
        _M.PARTICIPANT_TALK_FIRST: _S.PROPOSED,
        _M.PARTICIPANT_NO: _S.DECLINED,
        _M.WITHDRAW: _S.WITHDRAWN,
    },
    _S.OFFERED: {
        _M.PARTICIPANT_NO: _S.DECLINED,
        _M.EMPLOYER_YES: _S.ACCEPTED,
        _M.EMPLOYER_NO: _S.DECLINED,
        _M.WITHDRAW: _S.WITHDRAWN,
    },
    _S.ACCEPTED: {_M.START: _S.ACTIVE, _M.WITHDRAW: _S.WITHDRAWN},
    _S.ACTIVE: {_M.PAUSE: _S.PAUSED, _M.COMPLETE: _S.COMPLETED, _M.END_EARLY: _S.ENDED_EARLY},
    _S.PAUSED: {_M.RESUME: _S.ACTIVE, _M.COMPLETE: _S.COMPLETED, _M.END_EARLY: _S.ENDED_EARLY},
    _S.COMPLETED: {},
    _S.ENDED_EARLY: {},
    _S.DECLINED: {},
    _S.WITHDRAWN: {},
}


def is_final(state: PlacementState) -> bool:
    """Whether nothing can happen to it any more."""
    return not TRANSITIONS[state]


def next_state(state: PlacementState, move: Move) -> PlacementState:
    """The state after a move. Raises MoveError if this state doesn't allow it."""
    try:
        return TRANSITIONS[state][move]
    except KeyError:
        raise MoveError(
            say("“%(move)s” is not possible now: %(state)s.", move=move_words(move), state=state_words(state))
        ) from None


def moves_from(state: PlacementState) -> tuple[Move, ...]:
    """What can happen next, in the order in which it is offered; :func:`mover` tells whose decision each is."""
    return tuple(TRANSITIONS[state])


def moves_of(state: PlacementState, who: Mover) -> tuple[Move, ...]:
    """The part of :func:`moves_from` that is this one's decision."""
    return tuple(move for move in TRANSITIONS[state] if mover(move) is who)


def own_moves(state: PlacementState) -> tuple[Move, ...]:
    """What the participant can do with their own placement, whenever they like and without a reason."""
    return _OWN_MOVES.get(state, ())


def mover(move: Move) -> Mover:
    """Whose decision a move is."""
    return _MOVERS.get(move, Mover.COORDINATOR)


def move_for(answer: Answer) -> Move:
    """The move a participant's answer makes."""
    return _ANSWER_MOVES[answer]


_MOVERS = {
    _M.PARTICIPANT_YES: Mover.PARTICIPANT,
    _M.PARTICIPANT_NOT_NOW: Mover.PARTICIPANT,
    _M.PARTICIPANT_TALK_FIRST: Mover.PARTICIPANT,
    _M.PARTICIPANT_NO: Mover.PARTICIPANT,
    _M.EMPLOYER_YES: Mover.EMPLOYER,
    _M.EMPLOYER_NO: Mover.EMPLOYER,
}
_OWN_MOVES = {
    _S.ACCEPTED: (_M.WITHDRAW,),
    _S.ACTIVE: (_M.PAUSE, _M.END_EARLY),
    _S.PAUSED: (_M.RESUME, _M.END_EARLY),
}
_ANSWER_MOVES = {
    Answer.YES: _M.PARTICIPANT_YES,
    Answer.NOT_NOW: _M.PARTICIPANT_NOT_NOW,
    Answer.TALK_FIRST: _M.PARTICIPANT_TALK_FIRST,
    Answer.NO: _M.PARTICIPANT_NO,
}
