"""Entries of the start gate: of placements the actor may see."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy.orm import aliased

from placement.models.checklists.checklist import CheckEntry
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.queries.scope.people import of_people
from placement.queries.scope.program import in_program


def check_entries(actor: Actor) -> ColumnElement[bool]:
    """Entries of placements of visible people, their own included."""
    # Of its own, so that a statement about placements can ask for it, too.
    place = aliased(Placement)
    theirs = exists().where(place.id == CheckEntry.placement_id, of_people(actor, place.participant_id))
    return and_(in_program(actor, CheckEntry.program_id), theirs)
