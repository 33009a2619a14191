"""All pages about participants, registered by importing them."""

from __future__ import annotations

from placement.web.participants import (
    abilities,
    archive,
    assignments,
    availability,
    exclusions,
    needs,
    pages,
    profile,
    ways,
    wishes,
)
from placement.web.participants.blueprint import participants

ROUTES = (abilities, archive, assignments, availability, exclusions, needs, pages, profile, ways, wishes)

__all__ = ["ROUTES", "participants"]
