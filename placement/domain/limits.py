"""Work limits and graded plans: how much work, of which kind, until when. Never why."""

from __future__ import annotations

from enum import StrEnum


class PlanMove(StrEnum):
    """What the participant may do with a step of a plan at any time, without a reason."""

    HOLD = "hold"
    GO_ON = "go_on"
    REDUCE = "reduce"
    STOP = "stop"
