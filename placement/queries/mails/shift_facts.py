"""What mails about shifts say: first names, days and times of the shop, nothing else about anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from placement.domain.attendance import is_away
from placement.domain.placements import PlacementState
from placement.domain.shifts import Attendance
from placement.models.employers.employer import Employer, Site, SiteSupervisor
from placement.models.employers.opening import Opening
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift

#: A shop is reminded of what it still remembers.
REMEMBERED = timedelta(days=7)
#: More lines are no help; the form has the others.
MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """``day`` and times are the shop's; ``street`` with the city, as far as known."""

    public_id: str
    name: str
    day: date
    start: time
    end: time
    shop: str
    street: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    attendance: Attendance
    site_id: int
    placement_id: int

    @property
    def is_away(self) -> bool:
        return is_away(self.attendance)


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A shift without feedback. ``link``: id and generation, for somebody without an account."""

    public_id: str
    name: str
    day: date
    start: time
    end: time
    placement_id: int
    link: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A link to the form: whom it is about (first name), which shop, until when it works."""

    link: tuple[int, int]
    rater_id: int
    name: str
    shop: str
    expires_at: datetime


def shift_facts(db: Session, shift_id: int, now: datetime) -> ShiftFacts | None:
    """None if it was cancelled, has ended, or nobody goes there any more."""
    row = db.execute(
        select(
            Occasion.public_id, Participant.preferred_name, Shift.day, Shift.start, Shift.end, Employer.name,
            Site.street, Site.city, Occasion.zone, Occasion.starts_at, Occasion.ends_at, Occasion.attendance,
            Shift.site_id, Shift.placement_id,
        )
        .join(Occasion, Occasion.id == Shift.id)
        .join(Placement, Placement.id == Shift.placement_id)
        .join(Participant, Participant.id == Occasion.participant_id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            Shift.id == shift_id,
            Shift.cancelled_at.is_(None),
            Occasion.ends_at > now,
            Placement.state.in_((PlacementState.ACCEPTED, PlacementState.ACTIVE)),
            Participant.archived_at.is_(None),
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    public, name, day, start, end, shop, street, city, *rest = row
    return ShiftFacts(public, name, day, start, end, shop, ", ".join(filter(None, (street, city))), *rest)


def owed_lines(db: Session, rater_id: int, now: datetime) -> list[OwedLine]:
    """What this rater still owes of the last days, oldest first; links only for who has no account."""
    theirs = exists().where(
        SiteSupervisor.site_id == Shift.site_id,
        SiteSupervisor.rater_id == rater_id,
        SiteSupervisor.first_day <= Shift.day,
        or_(SiteSupervisor.last_day.is_(None), SiteSupervisor.last_day >= Shift.day),
        Rater.account_id.is_not(None),
    )
    rows = db.execute(
        select(
            Occasion.public_id, Participant.preferred_name, Shift.day, Shift.start, Shift.end, Shift.placement_id,
            RaterLink.id, RaterLink.generation,
        )
        .join(Occasion, Occasion.id == Shift.id)
        .join(Participant, Participant.id == Occasion.participant_id)
        .join(Rater, (Rater.id == rater_id) & (Rater.program_id == Shift.program_id))
        .outerjoin(
            RaterLink,
            (RaterLink.placement_id == Shift.placement_id)
            & (RaterLink.rater_id == rater_id)
            & RaterLink.revoked_at.is_(None)
            & Rater.account_id.is_(None),
        )
        .where(
            Shift.feedback_due_at <= now,
            Shift.feedback_due_at > now - REMEMBERED,
            Shift.cancelled_at.is_(None),
            or_(RaterLink.id.is_not(None), theirs),
        )
        .order_by(Occasion.ends_at, Shift.id)
        .limit(MOST_LINES)
    )  # fmt: skip
    return [OwedLine(*row[:6], None if row[6] is None else (row[6], row[7])) for row in rows]


def link_facts(db: Session, link_id: int, now: datetime) -> LinkFacts | None:
    """None for a link that was taken back or does not work any more."""
    row = db.execute(
        select(
            RaterLink.id, RaterLink.generation, RaterLink.rater_id, Participant.preferred_name, Employer.name,
            RaterLink.expires_at,
        )
        .join(Placement, Placement.id == RaterLink.placement_id)
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(RaterLink.id == link_id, RaterLink.revoked_at.is_(None), RaterLink.expires_at > now)
    ).one_or_none()  # fmt: skip
    return None if row is None else LinkFacts((row[0], row[1]), *row[2:])


def rater_of_link(db: Session, link_id: int) -> int | None:
    """Whose link it is, however old."""
    return db.scalar(select(RaterLink.rater_id).where(RaterLink.id == link_id))
