"""Where more help is good again: what changed, since when. A verdict belongs to a task, never to a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from placement.domain.events import event_words
from placement.domain.verdict import Trend
from placement.domain.words import Say
from placement.queries.progress.records import EventRow, OwnProgress

#: How long before the turn something may have changed to be named beside it.
AROUND = timedelta(weeks=4)
MOST_CHANGES = 2


@dataclass(frozen=True, slots=True)
class Again:
    """A task done with more help again since a day; ``changes``: (day, in words) of what was different around then."""

    task: Mapping[str, str]
    since: date
    changes: tuple[tuple[date, str | Say], ...]


def again_of(progress: OwnProgress) -> tuple[Again, ...]:
    """The latest turn first."""
    found = [
        Again(task.name, task.trend_since, _changes(progress.events, task.id, task.trend_since))
        for task in progress.tasks
        if task.trend is Trend.NEEDS_MORE_HELP and task.trend_since is not None
    ]
    return tuple(sorted(found, key=lambda again: again.since, reverse=True))


def _changes(events: tuple[EventRow, ...], task_id: int, since: date) -> tuple[tuple[date, str | Say], ...]:
    near = [
        (event.day, event.text or event_words(event.kind))
        for event in events
        if event.task_id in (None, task_id) and since - AROUND <= event.day <= since
    ]
    return tuple(near[:MOST_CHANGES])
