"""A phone that opened a participant's invitation: who is asking, where nobody has an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FamilyPhone:
    """One phone, one link, one family member, one task of one participant. It writes and reads nothing back.

    ``name``: how the participant is called. ``zone``, ``country``: the program's.
    """

    id: int
    link_id: int
    program_id: int
    rater_id: int
    participant_id: int
    task_id: int
    name: str
    zone: str
    country: str
    expires_at: datetime
