"""Who is asking: loaded once a request, compared nowhere but in this room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from placement.domain.reading import Reading
from placement.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """An account in its active program.

    ``assigned`` are the participants this person looks after today, ``covering`` those they stand in for,
    ``sites`` the shops they supervise today, ``rater_ids`` themselves as a rater.
    """

    account_id: int
    name: str
    locale: str
    theme: str = "auto"
    reading: Reading = Reading()
    session_id: int | None = None
    runs_site: bool = False
    program_id: int | None = None
    program_name: str = ""
    program_locale: str = "en"
    program_country: str = "DE"
    zone: str = "UTC"
    roles: frozenset[Role] = field(default_factory=frozenset)
    participant_id: int | None = None
    assigned: frozenset[int] = field(default_factory=frozenset)
    covering: frozenset[int] = field(default_factory=frozenset)
    sites: frozenset[int] = field(default_factory=frozenset)
    rater_ids: frozenset[int] = field(default_factory=frozenset)

    @property
    def caseload(self) -> frozenset[int]:
        """Participants assigned or covered today."""
        return self.assigned | self.covering

    @property
    def program(self) -> int:
        """The active program's id. Raises LookupError for an account that has none."""
        if self.program_id is None:
            raise LookupError("no active program")
        return self.program_id

    def today(self, now: datetime) -> date:
        """The day it is in the program's zone."""
        return now.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class System:
    """The program itself acting: the worker, a command line, an import."""

    program_id: int | None = None
