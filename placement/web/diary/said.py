"""Domain words the pages of the log say."""

from __future__ import annotations

from placement.domain.diary import ENERGIES, MOODS, kind_words
from placement.domain.shares import share_words

WORDS = {"kind_words": kind_words, "moods": MOODS, "energies": ENERGIES, "share_words": share_words}
