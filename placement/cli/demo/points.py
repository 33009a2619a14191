"""Beside a few charts: a word at a point, and a series of numbers that are no levels of support."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from placement.cli.demo.desk import Desk
from placement.domain.measures import Unit
from placement.policy.actor import System
from placement.queries.progress.page import staff_progress
from placement.usecases.imports.series import SeriesToImport, ValueToImport, import_series
from placement.usecases.progress.notes import AddNote, add_note

MOST_PEOPLE = 8
_TEXT = {"en": "New till, longer queue.", "de": "Neue Kasse, längere Schlange."}
_SERIES = {"en": "On time in the morning", "de": "Morgens pünktlich"}
_PHASES = {"en": ("before the plan", "with a morning plan"), "de": ("vor dem Plan", "mit Morgenplan")}
_WEEKS = 12


def write_points(desk: Desk) -> None:
    """At the third rated shift of the first participants who sign in."""
    cora = desk.actor("coordinator1")
    for intern in [row for row in desk.story.interns if row.account][:MOST_PEOPLE]:
        found = staff_progress(desk.reads, cora, desk.interns[intern.key], desk.work.clock())
        for task in found.tasks[:1]:
            keys = [point.key for point in sorted(task.points, key=lambda point: point.at) if point.key]
            if len(keys) > 2:
                add_note(desk.work, cora, AddNote(found.public_id, keys[2], _TEXT[desk.story.locale]))
        _write_series(desk, cora.program, found.public_id, Random(f"series-{intern.key}"))


def _write_series(desk: Desk, program_id: int, participant: str, chance: Random) -> None:
    """Percent of a week's mornings on time, twelve weeks, one of them not written down."""
    locale = desk.story.locale
    before, after = _PHASES[locale]
    today = desk.actor("coordinator1").today(desk.work.clock())
    gap = chance.randrange(1, _WEEKS - 1)
    values = []
    for week in range(_WEEKS):
        later = week >= _WEEKS // 2
        value = float(chance.choice((60, 80, 80, 100) if later else (20, 40, 40, 60)))
        day = today - timedelta(weeks=_WEEKS - week)
        values.append(ValueToImport(day, None if week == gap else value, after if later else before))
    import_series(
        desk.work, System(program_id), SeriesToImport(participant, _SERIES[locale], Unit.PERCENT, values)
    )  # fmt: skip
