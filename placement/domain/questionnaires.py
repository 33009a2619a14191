"""Questionnaires as data: items keyed by their own key, never by position."""

from __future__ import annotations

from enum import StrEnum


class Scoring(StrEnum):
    SUM = "sum"
    MEAN = "mean"
