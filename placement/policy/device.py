"""A phone that opened a link to the feedback form: who is asking, where nobody has an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from placement.domain.feedback_links import Standing


@dataclass(frozen=True, slots=True)
class Device:
    """One phone, one link, one rater, one placement; loaded once a request.

    It sees the shifts of its placement that are current and nothing else of anybody. ``expires_at``: when its link
    ends; ``since``: when it was made, earlier shifts are not asked for. ``zone``: the shop's. ``card``: the link's
    public id, by which the phone tells one card from another; it opens nothing. ``country``: the program's.
    """

    id: int
    link_id: int
    program_id: int
    rater_id: int
    rater_name: str
    placement_id: int
    participant_id: int
    zone: str
    standing: Standing
    expires_at: datetime
    since: datetime
    card: str
    country: str
    mails_off: bool = False
    has_mail: bool = False

    @property
    def opens(self) -> bool:
        """Whether the card may be seen."""
        return self.standing is Standing.OPEN
