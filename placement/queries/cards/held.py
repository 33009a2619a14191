"""Entries that wait for a coordinator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.feedback_links import HeldReason
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.feedback.link import HeldEntry, RaterLink
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.catalog import Task
from placement.models.programs.scale import SupportLevel
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.pages import Page, fetch_page


@dataclass(frozen=True, slots=True)
class HeldRow:
    """``day``: of the shift, None where it is no longer there."""

    public_id: str
    name: str
    rater: str
    day: date | None
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class HeldOne:
    """``kind``: "feedback", "worried" or "accident". ``happened_at``: of an accident. ``zone``: the shop's.

    ``words``: public id of a task or level → its wording. ``waits``: nobody has seen to it yet.
    """

    public_id: str
    participant_id: int
    placement: str
    name: str
    rater: str
    day: date | None
    arrived_at: datetime
    reason: HeldReason
    kind: str
    happened_at: datetime | None
    zone: str
    body: Mapping[str, Any]
    waits: bool
    words: Mapping[str, Mapping[str, str]]


_ROWS: Any = (
    select(
        HeldEntry.public_id, Participant.preferred_name, Rater.name.label("rater"), Shift.day, HeldEntry.created_at,
    )
    .join(RaterLink, RaterLink.id == HeldEntry.link_id)
    .join(Rater, Rater.id == RaterLink.rater_id)
    .join(Placement, Placement.id == RaterLink.placement_id)
    .join(Participant, Participant.id == Placement.participant_id)
    .outerjoin(Shift, Shift.id == HeldEntry.occasion_id)
)  # fmt: skip


def held_entries(db: Session, actor: Actor, cursor: str | None = None) -> Page[HeldRow]:
    """What waits, newest first. One statement."""
    ensure(actor, Permission.CARD_MANAGE)
    page = fetch_page(
        db,
        _ROWS.where(scope.placements(actor), HeldEntry.resolved_at.is_(None)),
        [HeldEntry.id],  # type: ignore[list-item]
        cursor,
        descending=True,
    )
    return Page([HeldRow(*tuple(row)[:-1]) for row in page.rows], page.next, page.previous)


def held_entry(db: Session, actor: Actor, public_id: str) -> HeldOne:
    """One of them, whole. Raises NotFound and Forbidden. Three statements."""
    row = db.execute(
        _ROWS.add_columns(
            Placement.participant_id, Placement.public_id.label("placement"), HeldEntry.program_id, HeldEntry.reason,
            HeldEntry.body, HeldEntry.resolved_at, Site.zone,
        )
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .where(HeldEntry.public_id == public_id, scope.placements(actor))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    ensure(actor, Permission.CARD_MANAGE, Facts(row.program_id, row.participant_id))
    at = row.body.get("happened_at")
    return HeldOne(
        public_id=row.public_id,
        participant_id=row.participant_id,
        placement=row.placement,
        name=row.preferred_name,
        rater=row.rater,
        day=row.day,
        arrived_at=row.created_at,
        reason=HeldReason(row.reason),
        kind=row.body.get("kind", "feedback"),
        happened_at=datetime.fromisoformat(at) if at else None,
        zone=row.zone,
        body=row.body,
        waits=row.resolved_at is None,
        words=_words(db, row.program_id, row.body),
    )


def _words(db: Session, program_id: int, body: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    answers, unlisted = body.get("answers", ()), body.get("unlisted", ())
    tasks = {one["task"] for one in answers}
    levels = {one.get("level") for one in (*answers, *unlisted)} - {None, ""}
    found: dict[str, Mapping[str, str]] = {}
    for table, wanted in ((Task, tasks), (SupportLevel, levels)):
        rows = db.execute(
            select(table.public_id, table.name).where(
                table.program_id == program_id, table.public_id.in_(sorted(wanted))
            )
        )
        for public_id, name in rows:
            found[public_id] = name
    return found
