"""The usual checklist, filled in for most placements: one paper expires soon, and who starts next still misses two."""

from __future__ import annotations

from datetime import timedelta

from placement.cli.demo.desk import Desk
from placement.domain.placements import PlacementState
from placement.queries.checklists.page import checklist
from placement.usecases.checklists.entries import EntryValues, write_entry
from placement.usecases.checklists.items import take_usual_items

#: Placements with a checklist that was filled in; in the largest demo the others wait for it.
MOST = 40
_BY = {"en": "Ms. Kern", "de": "Frau Kern"}


def write_gates(desk: Desk) -> None:
    take_usual_items(desk.start, desk.actor("admin1"))
    cora, today = desk.actor("coordinator1"), desk.work.clock().date()
    for number, stay in enumerate(desk.story.stays[:MOST]):
        found = checklist(desk.reads, cora, desk.stays[stay.key], today)
        if found.state not in (PlacementState.ACTIVE, PlacementState.PAUSED, PlacementState.ACCEPTED):
            continue
        lines = found.lines[:-2] if found.state is PlacementState.ACCEPTED else found.lines
        day = min(today, stay.first_day) - timedelta(days=5)
        for at, line in enumerate(lines):
            expires = today + timedelta(days=20) if number % 9 == 2 and at == 2 else None
            values = EntryValues(day, _BY[desk.story.locale], expires)
            write_entry(desk.on(day), cora, desk.stays[stay.key], line.item, 0, values)
