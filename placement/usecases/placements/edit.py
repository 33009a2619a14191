"""Changing what was agreed: period, weekly pattern, kind. Planned shifts stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from placement.domain.errors import Refused
from placement.domain.placement_moves import is_final
from placement.domain.placements import PlacementKind, can_be_matched
from placement.domain.words import say
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.log import audit
from placement.usecases.effects.placements import locked_placement
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

_FIELDS = ("first_day", "last_day", "pattern", "kind")


@dataclass(frozen=True, slots=True)
class EditPlacement:
    """The version the person was looking at, and the values as they should be; ``pattern`` is a week's mask."""

    public_id: str
    version: int
    first_day: date
    last_day: date | None
    pattern: int
    kind: PlacementKind


def edit_placement(work: Work, actor: Actor, command: EditPlacement) -> bool:
    """Write the values; True if the pattern or the period changed, so that shifts should be planned anew.

    Raises NotFound, Forbidden, Stale (with the values now) and Refused.
    """
    with work.transaction() as session:
        row = locked_placement(session, actor, command.public_id)
        ensure(actor, Permission.PLACEMENT_MANAGE, Facts(row.program_id, row.participant_id))
        if is_final(row.state):
            raise Refused(say("This placement is over; it can only be read."))
        if command.last_day is not None and command.last_day < command.first_day:
            raise Refused(say("The last day must not be before the first."), "last_day")
        if row.run_id is not None and not can_be_matched(command.kind):
            raise Refused(say("A return to one's own workplace is never matched; this place was."), "kind")
        check_version(row, command.version, {name: getattr(row, name) for name in _FIELDS})
        changed = [name for name in _FIELDS if getattr(row, name) != getattr(command, name)]
        for name in changed:
            setattr(row, name, getattr(command, name))
        audit(session, work, actor, "placements.edit", "placement", row.id, fields=changed)
        return bool({"first_day", "last_day", "pattern"} & set(changed))
