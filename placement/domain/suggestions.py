"""What people answer to a suggested level; the levels come from :mod:`placement.domain.matching.learning`."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from placement.domain.proposals import Decision

#: After "not now" a suggestion is out of sight for this long.
LATER = timedelta(days=14)


class Reply(StrEnum):
    ACCEPT = "accept"
    #: Not now: it stays open, and is shown again after :data:`LATER`.
    LATER = "later"
    #: No: it comes back only as another level, or by newer shifts (``learning.may_repeat``).
    REFUSE = "refuse"


def decision_for(reply: Reply) -> Decision:
    """What a reply makes of a suggestion."""
    return _DECISIONS[reply]


def shown_from(now: datetime) -> datetime:
    """Suggestions put off before this instant are shown again."""
    return now - LATER


_DECISIONS = {Reply.ACCEPT: Decision.ACCEPTED, Reply.LATER: Decision.OPEN, Reply.REFUSE: Decision.REFUSED}
