"""After a shift was planned or moved: what to know about it."""

from __future__ import annotations

from flask import flash

from placement.queries.shifts.around import shift_warnings
from placement.web.current import actor, now, reads
from placement.web.words import say


def tell_about(public_id: str) -> None:
    """Tell on the next page what speaks against a shift (public id), without refusing it."""
    for line in shift_warnings(reads(), actor(), now(), public_id):
        flash(say(line), "error")
