"""Conditions that several lists of shops and openings share."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from placement.domain.openings import OpeningState
from placement.domain.text import fold
from placement.models.employers.opening import Opening
from placement.queries.pages import starts_with


def found_by(sort_key: Any, text: str) -> ColumnElement[bool]:
    """Any word of the key starts with ``text``: "burst" finds "lidl burstadt".

    The first word is answered from the index; for the others the program's few thousand keys are read, still in
    the order of the same index.
    """
    folded = fold(text)
    return or_(starts_with(sort_key, folded), sort_key.contains(" " + folded, autoescape=True))


def takes_people(today: date) -> ColumnElement[bool]:
    """An opening with a free place that is open and not over."""
    return and_(
        Opening.state == OpeningState.OPEN,
        Opening.archived_at.is_(None),
        Opening.filled < Opening.capacity,
        or_(Opening.last_day.is_(None), Opening.last_day >= today),
    )
