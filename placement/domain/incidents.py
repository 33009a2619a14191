"""Accidents and near misses in a shop: what has to be written down, and by when it is reported."""

from __future__ import annotations

from datetime import date, timedelta

#: Days after the accident in which an insurer wants to know. Germany: § 193 (4) SGB VII; others may differ.
REPORT_DAYS = 3
#: Longest text of one field of a report, in characters.
LONGEST_REPORT = 4000


def report_due(day: date) -> date:
    """The last day for the report to the insurer."""
    return day + timedelta(days=REPORT_DAYS)
