"""A calendar program that knows a secret address: who is asking, where nobody signs in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from placement.domain.feeds import FeedKind


@dataclass(frozen=True, slots=True)
class FeedReader:
    """One address; it sees the days and times of its owner's shifts and nothing else.

    Whose they are: the participant's, those at a supervisor's shops (``rater_id``) today, or a shop's.
    """

    kind: FeedKind
    program_id: int
    participant_id: int | None
    rater_id: int | None
    site_id: int | None
    names_site: bool
    locale: str
    #: Today in the program's zone.
    today: date
