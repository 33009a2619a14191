"""What the shop may know, changed by the participant until the shop has answered."""

from __future__ import annotations

from dataclasses import dataclass

from placement.domain.errors import Refused
from placement.domain.placements import PlacementState
from placement.domain.sharing import ticked
from placement.domain.words import say
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.placements.told import basics_of, could_tell
from placement.usecases.effects.log import audit
from placement.usecases.effects.placements import locked_placement
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class ShareWithShop:
    """``share``: values of the boxes ticked (``domain.sharing.Tick``)."""

    public_id: str
    share: tuple[str, ...]


def share_with_shop(work: Work, actor: Actor, command: ShareWithShop) -> None:
    """From now on the shop reads just this.

    Raises NotFound, Forbidden for anybody but the participant, and Refused unless the shop's answer is awaited.
    """
    with work.transaction() as session:
        row = locked_placement(session, actor, command.public_id)
        ensure(actor, Permission.PLACEMENT_ANSWER, Facts(row.program_id, row.participant_id))
        if row.state is not PlacementState.OFFERED:
            raise Refused(say("This can be changed only while the shop has not answered yet."))
        now = could_tell(session, basics_of(session, row))
        row.shared = list(ticked(command.share, now))
        kinds = sorted({key.partition(":")[0] for key in row.shared})
        audit(session, work, actor, "placements.share", "placement", row.id, fields=kinds)
