"""Limits and adjustments on the card: coordinators write them, the participant alone releases them."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.placements.card import CardLine
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.placements import locked_placement
from placement.usecases.transaction import Work

LONGEST = 120
#: More than anybody reads between two customers.
MOST = 8


def add_line(work: Work, actor: Actor, placement: str, text: str) -> None:
    """Write a line for a placement's card (public id); nobody sees it there yet. The same live text is not added again.

    Raises NotFound, Forbidden, and Refused with the field's name.
    """
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST:
        raise Refused(say("Please write a few words, at most %(count)s characters.", count=LONGEST), "text")
    with work.transaction() as session:
        row = locked_placement(session, actor, placement)
        ensure(actor, Permission.CARD_MANAGE, Facts(row.program_id, row.participant_id))
        live = (CardLine.placement_id == row.id, CardLine.archived_at.is_(None))
        if session.scalar(select(CardLine.id).where(*live, CardLine.text == text)) is not None:
            return
        if (session.scalar(select(func.count()).select_from(CardLine).where(*live)) or 0) >= MOST:
            raise Refused(say("A card holds at most %(count)s lines. Remove one first.", count=MOST), "text")
        line = CardLine(program_id=row.program_id, placement_id=row.id, text=text, created_at=work.clock())
        session.add(line)
        session.flush()
        audit(session, work, actor, "card_line.add", "card_line", line.id, placement_id=row.id)


def remove_line(work: Work, actor: Actor, line: str) -> None:
    """Take a line off the card for good. Twice changes nothing. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = _line(session, actor, line, Permission.CARD_MANAGE)
        if row.archived_at is None:
            row.archived_at = work.clock()
            audit(session, work, actor, "card_line.remove", "card_line", row.id)


def release_line(work: Work, actor: Actor, line: str, released: bool) -> None:
    """The participant's yes or no to a line; it is on the card at once, or gone. Raises NotFound and Forbidden."""
    with work.transaction() as session:
        row = _line(session, actor, line, Permission.CARD_RELEASE)
        if row.archived_at is not None:
            raise NotFound
        if (row.released_at is not None) is not released:
            row.released_at = work.clock() if released else None
            audit(session, work, actor, "card_line.release", "card_line", row.id, released=released)


def _line(session: Session, actor: Actor, public_id: str, permission: Permission) -> CardLine:
    found = session.execute(
        select(CardLine, Placement.participant_id)
        .join(Placement, Placement.id == CardLine.placement_id)
        .where(CardLine.public_id == public_id, scope.placements(actor))
        .with_for_update(of=CardLine)
    ).one_or_none()
    if found is None:
        raise NotFound
    row, participant_id = found
    ensure(actor, permission, Facts(row.program_id, participant_id))
    return row
