"""A word at a point of a few charts: what was special on that day."""

from __future__ import annotations

from placement.cli.demo.desk import Desk
from placement.queries.progress.page import staff_progress
from placement.usecases.progress.notes import AddNote, add_note

MOST_PEOPLE = 8
_TEXT = {"en": "New till, longer queue.", "de": "Neue Kasse, längere Schlange."}


def write_points(desk: Desk) -> None:
    """At the third rated shift of the first participants who sign in."""
    cora = desk.actor("coordinator1")
    for intern in [row for row in desk.story.interns if row.account][:MOST_PEOPLE]:
        found = staff_progress(desk.reads, cora, desk.interns[intern.key], desk.work.clock())
        for task in found.tasks[:1]:
            keys = [point.key for point in sorted(task.points, key=lambda point: point.at) if point.key]
            if len(keys) > 2:
                add_note(desk.work, cora, AddNote(found.public_id, keys[2], _TEXT[desk.story.locale]))
