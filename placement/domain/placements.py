"""A placement's states, and what it is for."""

from __future__ import annotations

from enum import StrEnum


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


_OCCUPYING = frozenset(
    {
        PlacementState.PROPOSED,
        PlacementState.OFFERED,
        PlacementState.ACCEPTED,
        PlacementState.ACTIVE,
        PlacementState.PAUSED,
    }
)


def occupies(state: PlacementState) -> bool:
    """Whether a placement in this state takes one of the opening's places."""
    return state in _OCCUPYING


def can_be_matched(kind: PlacementKind) -> bool:
    """Whether matching may propose this kind: a return to one's own workplace is never matched."""
    return kind is not PlacementKind.OWN_WORKPLACE
