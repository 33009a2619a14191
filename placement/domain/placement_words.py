"""Placements in words: states, kinds, steps, answers, moves."""

from __future__ import annotations

from placement.domain.placements import Answer, Move, PlacementKind, PlacementState, StepKind
from placement.domain.words import Say, say


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


_S = PlacementState
_M = Move

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
