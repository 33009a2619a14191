"""The period a report is about, as the address says it: a quarter, or a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from placement.domain.quarters import Quarter, quarter_of
from placement.web.lists import asked
from placement.web.words import say

#: So many quarters and years are offered.
QUARTERS, YEARS = 8, 3


@dataclass(frozen=True, slots=True)
class Period:
    """``value``: as in the address."""

    value: str
    label: str
    first: date
    last: date


def offered(today: date) -> list[Period]:
    """The latest quarters and years, the one that runs first."""
    now = quarter_of(today)
    quarters = [_quarter(now.plus(-back)) for back in range(QUARTERS)]
    years = [_year(today.year - back) for back in range(YEARS)]
    return [*quarters, *years]


def asked_period(today: date) -> Period:
    """What the address asks for; else the quarter that runs."""
    periods = offered(today)
    value = asked("period", [period.value for period in periods])
    return next((period for period in periods if period.value == value), periods[0])


def asked_month(today: date) -> date:
    """The month the address asks for ("2026-11"); else the one before this, which is complete."""
    this = today.replace(day=1)
    try:
        month = date.fromisoformat(f"{asked('month')}-01")
    except ValueError:
        month = _before(this)
    return month if date(2000, 1, 1) <= month <= this else _before(this)


def months_offered(today: date) -> list[date]:
    """This month and the two years before."""
    found = [today.replace(day=1)]
    while len(found) < 25:
        found.append(_before(found[-1]))
    return found


def _before(month: date) -> date:
    return date(month.year - 1, 12, 1) if month.month == 1 else month.replace(month=month.month - 1)


def _quarter(quarter: Quarter) -> Period:
    return Period(f"{quarter.year}-Q{quarter.number}", say(quarter.words()), quarter.first, quarter.last)


def _year(year: int) -> Period:
    return Period(str(year), _("the year %(year)s", year=str(year)), date(year, 1, 1), date(year, 12, 31))
