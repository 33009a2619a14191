"""What is measured and is not support: drawn beside the spine, never part of milestones, verdicts or matching."""

from __future__ import annotations

from enum import StrEnum

#: Longest name of a series, in characters.
LONGEST_NAME = 120
#: Most values of one series.
MOST_VALUES = 2_000


class MeasureKind(StrEnum):
    #: A series of numbers with phases, such as a share of trials, as published single-case studies have it.
    SERIES = "series"


class Unit(StrEnum):
    PERCENT = "percent"
    POINTS = "points"
