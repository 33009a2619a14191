"""The rows behind a task's points, some at a time: three years have hundreds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from placement.queries.progress.task import Point, TaskRecord

#: Rows on a page.
SIZE = 40
#: Points the form for notes offers besides those of the rows shown.
NOTED = 60


@dataclass(frozen=True, slots=True)
class RowsPage:
    """Newest first. ``newer``, ``older``: the occasion the neighboring page begins with, empty for the newest rows."""

    points: tuple[Point, ...]
    newer: str | None
    older: str | None


def rows_page(points: Sequence[Point], first: str | None) -> RowsPage:
    """``points``: oldest first. The page begins with the occasion ``first``; an unknown one is the newest."""
    rows = list(reversed(points))
    start = next((nth for nth, point in enumerate(rows) if point.occasion == first), 0)
    end = start + SIZE
    newer = None if start == 0 else "" if start <= SIZE else rows[start - SIZE].occasion
    return RowsPage(tuple(rows[start:end]), newer, rows[end].occasion if end < len(rows) else None)


def offered(points: Sequence[Point], shown: Sequence[Point]) -> list[Point]:
    """The points a note can be set at, oldest first: the latest ones and those of the rows shown."""
    near = {point.occasion for point in (*points[-NOTED:], *shown)}
    return [point for point in points if point.occasion in near]


def shift_links(found: TaskRecord) -> dict[str, str]:
    """Shift → its address."""
    pattern = url_for("shifts.show", public_id="-0-")
    return {point.shift: pattern.replace("-0-", point.shift) for point in found.points if point.shift}
