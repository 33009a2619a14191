"""What a shop sees of a placement: the card's own record types, filled as for a phone that was let in for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.feedback_links import Standing
from placement.domain.limit_words import shop_lines
from placement.domain.limits import day_limit
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.device import Device
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.cards.call import whom_to_call
from placement.queries.cards.card import Card, card_shifts
from placement.queries.cards.tasks import card_tasks
from placement.queries.limits.rules import rules_of
from placement.queries.rights.own import SHOWN


@dataclass(frozen=True, slots=True)
class ShopView:
    participant_id: int
    placement: str
    shop: str
    card: Card


def shop_view(db: Session, actor: Actor, placement: str, now: datetime) -> ShopView:
    """For the participant whose placement it is, as long as its shop sees anything. At most six statements.

    Raises NotFound and Forbidden.
    """
    row = db.execute(
        select(
            Placement.id, Placement.program_id, Placement.participant_id, Placement.opening_id, Placement.kind,
            Placement.created_at, Participant.preferred_name, Site.zone, Site.name.label("site"), Employer.name,
        )
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            Placement.public_id == placement,
            scope.placements(actor),
            Placement.participant_id == (actor.participant_id or 0),
            Placement.state.in_(SHOWN),
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    ensure(actor, Permission.RIGHTS_OWN, Facts(row.program_id, row.participant_id))
    # Of nobody in particular: what a rater sent themself is left out.
    device = Device(
        0, 0, row.program_id, 0, "", row.id, row.participant_id, row.zone, Standing.OPEN, now, row.created_at, "", ""
    )
    today = now.astimezone(ZoneInfo(row.zone)).date()
    shifts = card_shifts(db, device, now, today)
    known = rules_of(db, row.participant_id, card_of=row.id)
    card = Card(
        person=row.preferred_name,
        until=now,
        today=today,
        lines=list(known.lines),
        limits=shop_lines(day_limit(today, known.of(row.id, row.kind))),
        call=whom_to_call(db, row.program_id, row.participant_id, today),
        shifts=[replace(one, sent=None) for one in shifts],
        tasks=card_tasks(db, device, row.opening_id, ()),
        levels=[],
        chosen=None,
    )
    return ShopView(row.participant_id, placement, f"{row.name}, {row.site}", card)
