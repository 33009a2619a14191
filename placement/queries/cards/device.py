"""Who is asking with a link or a remembered phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session

from placement.domain.feedback_links import WITH_CARD, device_standing, ends_at
from placement.models.base import UtcDateTime
from placement.models.employers.employer import Site
from placement.models.employers.opening import Opening
from placement.models.feedback.link import RaterDevice, RaterLink
from placement.models.feedback.rater import Rater
from placement.models.placements.placement import Placement
from placement.models.programs.program import Program
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.device import Device


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that lets phones in now."""

    id: int
    program_id: int
    generation: int
    expires_at: datetime


def last_shift_of(placement: Any) -> ScalarSelect[datetime]:
    """When the last shift of a placement (its key, as an expression) ends that was not cancelled."""
    return (
        select(func.max(Occasion.ends_at, type_=UtcDateTime()))
        .join(Shift, Shift.id == Occasion.id)
        .where(Shift.placement_id == placement, Shift.cancelled_at.is_(None))
        .correlate(RaterLink, Placement)
        .scalar_subquery()
    )


def open_link(db: Session, token_hash: str, now: datetime) -> OpenLink | None:
    """The link behind a token, None if there is none, or it was ended or has expired. One statement."""
    row = db.execute(
        select(
            RaterLink.id, RaterLink.program_id, RaterLink.generation, RaterLink.expires_at,
            last_shift_of(RaterLink.placement_id),
        )
        .join(Placement, Placement.id == RaterLink.placement_id)
        .join(Rater, Rater.id == RaterLink.rater_id)
        .where(
            RaterLink.token_hash == token_hash, RaterLink.revoked_at.is_(None), Rater.archived_at.is_(None),
            Placement.state.in_(sorted(WITH_CARD)),
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    until = ends_at(row.expires_at, row[4])
    return OpenLink(row.id, row.program_id, row.generation, until) if now < until else None


def load_device(db: Session, token_hash: str, now: datetime) -> Device | None:
    """The phone behind its cookie, None if it isn't known or was forgotten. One statement."""
    return _device(db, now, RaterDevice.token_hash == token_hash)


def same_device(db: Session, device: Device, now: datetime) -> Device | None:
    """The same phone as it stands now: its link may have been ended a moment ago."""
    return _device(db, now, RaterDevice.id == device.id)


def _device(db: Session, now: datetime, which: ColumnElement[bool]) -> Device | None:
    row = db.execute(_DEVICE.where(which, RaterDevice.revoked_at.is_(None), RaterDevice.expires_at > now)).one_or_none()
    if row is None:
        return None
    until = ends_at(row.expires_at, row.last)
    revoked = row.revoked_at is not None or row.generation != row.link_generation
    ended = revoked or row.archived_at is not None or row.state not in WITH_CARD
    return Device(
        id=row.id,
        link_id=row.link_id,
        program_id=row.program_id,
        rater_id=row.rater_id,
        rater_name=row.name,
        placement_id=row.placement_id,
        participant_id=row.participant_id,
        zone=row.zone,
        standing=device_standing(now, until, ended),
        expires_at=until,
        since=row.created_at,
        card=row.card,
        country=row.country,
        mails_off=row.mails_off_at is not None,
        has_mail=bool(row.email),
    )


_DEVICE = (
    select(
        RaterDevice.id,
        RaterDevice.link_id,
        RaterDevice.program_id,
        RaterDevice.generation,
        RaterLink.generation.label("link_generation"),
        RaterLink.revoked_at,
        RaterLink.expires_at,
        RaterLink.created_at,
        RaterLink.public_id.label("card"),
        RaterLink.rater_id,
        RaterLink.placement_id,
        Rater.name,
        Rater.email,
        Rater.mails_off_at,
        Rater.archived_at,
        Placement.participant_id,
        Placement.state,
        Site.zone,
        Program.country,
        last_shift_of(RaterLink.placement_id).label("last"),
    )
    .join(RaterLink, RaterLink.id == RaterDevice.link_id)
    .join(Rater, Rater.id == RaterLink.rater_id)
    .join(Placement, Placement.id == RaterLink.placement_id)
    .join(Opening, Opening.id == Placement.opening_id)
    .join(Site, Site.id == Opening.site_id)
    .join(Program, Program.id == RaterLink.program_id)
)
