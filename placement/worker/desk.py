"""What every letter is written with: the reading session, its reader, the job's ids, and addresses of pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from placement.domain.letters import Letter
from placement.queries.mails.reader import Reader


@dataclass(frozen=True, slots=True)
class Desk:
    """``url(endpoint, **values)`` is a whole address. ``now``: when the mail is written."""

    db: Session
    reader: Reader
    refs: Mapping[str, Any]
    program_id: int
    now: datetime
    link_key: bytes
    url: Callable[..., str]

    def local_day(self, zone: str) -> date:
        """Today in a zone."""
        return self.now.astimezone(ZoneInfo(zone)).date()


#: What the mail of a job says now; None where there is nothing to say any more.
Writes = Callable[[Desk], Letter | None]
