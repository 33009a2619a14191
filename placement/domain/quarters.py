"""Calendar quarters: the periods funders count in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from placement.domain.words import Say, say


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a calendar year; ``number`` is 1 to 4."""

    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        return self.plus(1).first - timedelta(days=1)

    def plus(self, quarters: int) -> Quarter:
        """So many quarters later, or earlier."""
        year, at = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return Quarter(year, at + 1)

    def words(self) -> Say:
        return say("Q%(number)s %(year)s", number=str(self.number), year=str(self.year))


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)
