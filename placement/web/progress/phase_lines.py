"""Phase lines in the reader's language: whether a label fits beside its line depends on how long it is there."""

from __future__ import annotations

from placement.charts.phases import PhaseLine
from placement.domain.events import event_words
from placement.queries.progress.records import EventRow
from placement.web.words import say


def phase_line(event: EventRow) -> PhaseLine:
    """Its own text where somebody wrote one, else what its kind is called."""
    return PhaseLine(event.day, event.text or say(event_words(event.kind)))
