"""Graded exposure: feared situations in the participant's own words, faced step by step.

Fear is told from 0 to 100 (subjective units of distress).
"""

from __future__ import annotations

FEAR = range(101)
