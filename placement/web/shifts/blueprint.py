"""The blueprint of shifts; ``routes.py`` attaches its pages."""

from __future__ import annotations

from flask import Blueprint

from placement.domain.patterns import holiday_words, rhythm_words
from placement.domain.replanning import why_words
from placement.web.words import upper_first

shifts = Blueprint("shifts", __name__)


@shifts.context_processor
def _words() -> dict[str, object]:
    return {
        "holiday_words": holiday_words,
        "rhythm_words": rhythm_words,
        "why_words": why_words,
        "upper_first": upper_first,
    }
