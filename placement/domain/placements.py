"""A placement's states and who moves it from one to the next.

Only the participant's own yes makes a proposal an offer, and an employer is
asked only after that. *Not now* and *talk first* need no reason and change
nothing by themselves: the proposal stays, and the coordinator sees the answer.
"""

from __future__ import annotations

from enum import StrEnum

from placement.domain.errors import Refused
from placement.domain.words import Say, say


class PlacementKind(StrEnum):
    """What a placement is for."""

    INTERNSHIP = "internship"
    WORK_THERAPY = "work_therapy"
    GRADED_LOAD = "graded_load"
    OWN_WORKPLACE = "own_workplace"


class PlacementState(StrEnum):
    """Where a placement stands."""

    PROPOSED = "proposed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ENDED_EARLY = "ended_early"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """A participant's answer to a proposal. No reason is asked."""

    YES = "yes"
    NOT_NOW = "not_now"
    TALK_FIRST = "talk_first"
    NO = "no"


class Mover(StrEnum):
    """Whose decision a move is. A coordinator records the employer's answer, never the participant's."""

    PARTICIPANT = "participant"
    EMPLOYER = "employer"
    COORDINATOR = "coordinator"


class Move(StrEnum):
    """What can happen to a placement."""

    PARTICIPANT_YES = "participant_yes"
    PARTICIPANT_NOT_NOW = "participant_not_now"
    PARTICIPANT_TALK_FIRST = "participant_talk_first"
    PARTICIPANT_NO = "participant_no"
    EMPLOYER_YES = "employer_yes"
    EMPLOYER_NO = "employer_no"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    COMPLETE = "complete"
    END_EARLY = "end_early"
    WITHDRAW = "withdraw"


class StepKind(StrEnum):
    """Dated steps on the way; steps, not states."""

    FIRST_MEETING = "first_meeting"
    TRIAL_SHIFT = "trial_shift"
    MID_REVIEW = "mid_review"
    FINAL_REVIEW = "final_review"
    REFERENCE = "reference"


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

_OCCUPYING = frozenset({_S.PROPOSED, _S.OFFERED, _S.ACCEPTED, _S.ACTIVE, _S.PAUSED})


def occupies(state: PlacementState) -> bool:
    """Whether a placement in this state takes one of the opening's places."""
    return state in _OCCUPYING


def is_final(state: PlacementState) -> bool:
    """Whether nothing can happen to it any more."""
    return not TRANSITIONS[state]


def can_be_matched(kind: PlacementKind) -> bool:
    """Whether matching may propose this kind: a return to one's own workplace is never matched."""
    return kind is not PlacementKind.OWN_WORKPLACE


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


def state_words(state: PlacementState, own: bool = False) -> Say:
    """A state as it is shown; ``own`` speaks to the participant."""
    return (own and _OWN_STATE_WORDS.get(state)) or _STATE_WORDS[state]


def kind_words(kind: PlacementKind) -> Say:
    """A kind as it is shown."""
    return _KIND_WORDS[kind]


def step_words(step: StepKind) -> Say:
    """A dated step as it is shown."""
    return _STEP_WORDS[step]


def answer_words(answer: Answer) -> Say:
    """A participant's answer as it is offered and shown."""
    return _ANSWER_WORDS[answer]


def move_words(move: Move) -> Say:
    """A move as a button says it."""
    return _MOVE_WORDS[move]


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
_STATE_WORDS = {
    _S.PROPOSED: say("proposed, waiting for the participant's answer"),
    _S.OFFERED: say("participant said yes, waiting for the employer"),
    _S.ACCEPTED: say("accepted, not started yet"),
    _S.ACTIVE: say("active"),
    _S.PAUSED: say("paused"),
    _S.COMPLETED: say("completed"),
    # Whoever ends it, and why, leaves no mark.
    _S.ENDED_EARLY: say("ended"),
    _S.DECLINED: say("did not come about"),
    _S.WITHDRAWN: say("withdrawn"),
}
_OWN_STATE_WORDS = {
    _S.PROPOSED: say("proposed, waiting for your answer"),
    _S.OFFERED: say("you said yes, waiting for the employer"),
    _S.COMPLETED: say("ended"),
    _S.ENDED_EARLY: say("ended"),
    _S.WITHDRAWN: say("ended"),
}
_KIND_WORDS = {
    PlacementKind.INTERNSHIP: say("internship"),
    PlacementKind.WORK_THERAPY: say("work therapy"),
    PlacementKind.GRADED_LOAD: say("graded load at work"),
    PlacementKind.OWN_WORKPLACE: say("return to own workplace"),
}
_STEP_WORDS = {
    StepKind.FIRST_MEETING: say("first meeting"),
    StepKind.TRIAL_SHIFT: say("trial shift"),
    StepKind.MID_REVIEW: say("mid-term review"),
    StepKind.FINAL_REVIEW: say("final review"),
    StepKind.REFERENCE: say("reference"),
}
_ANSWER_WORDS = {
    Answer.YES: say("Yes"),
    Answer.NOT_NOW: say("Not now"),
    Answer.TALK_FIRST: say("Talk first"),
    Answer.NO: say("No"),
}
_MOVE_WORDS = {
    _M.PARTICIPANT_YES: say("Yes"),
    _M.PARTICIPANT_NOT_NOW: say("Not now"),
    _M.PARTICIPANT_TALK_FIRST: say("Talk first"),
    _M.PARTICIPANT_NO: say("No"),
    _M.EMPLOYER_YES: say("Employer said yes"),
    _M.EMPLOYER_NO: say("Employer said no"),
    _M.START: say("Start"),
    _M.PAUSE: say("Pause"),
    _M.RESUME: say("Continue"),
    _M.COMPLETE: say("Complete"),
    _M.END_EARLY: say("End early"),
    _M.WITHDRAW: say("Withdraw"),
}
