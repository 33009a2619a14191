"""What a secret address hands out."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.feeds import MOST_SHIFTS, FeedKind, FeedShift, is_called_off
from placement.domain.roles import Role
from placement.models.accounts.account import Account, Membership
from placement.models.employers.employer import Employer, Site
from placement.models.feedback.rater import Rater
from placement.models.participants.participant import Participant
from placement.models.programs.program import Program
from placement.models.shifts.absence import CalendarFeed
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.log import Audit
from placement.policy.feed import FeedReader
from placement.queries import scope


def open_feed(db: Session, token_hash: str, now: datetime) -> FeedReader | None:
    """Who asks with this address; None for one that is not known, was ended, or whose owner is gone. One statement."""
    row = db.execute(
        select(
            CalendarFeed.kind, CalendarFeed.program_id, CalendarFeed.participant_id, CalendarFeed.rater_id,
            CalendarFeed.site_id, CalendarFeed.names_site, CalendarFeed.locale, Program.zone,
        )
        .join(Program, Program.id == CalendarFeed.program_id)
        .outerjoin(Participant, Participant.id == CalendarFeed.participant_id)
        .outerjoin(Rater, Rater.id == CalendarFeed.rater_id)
        .outerjoin(Site, Site.id == CalendarFeed.site_id)
        .where(
            CalendarFeed.token_hash == token_hash,
            CalendarFeed.revoked_at.is_(None),
            Program.archived_at.is_(None),
            Participant.archived_at.is_(None),
            Rater.archived_at.is_(None),
            Site.archived_at.is_(None),
            or_(CalendarFeed.kind == FeedKind.SITE, _signs_in()),
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    today = now.astimezone(ZoneInfo(row.zone)).date()
    return FeedReader(
        row.kind, row.program_id, row.participant_id, row.rater_id, row.site_id, row.names_site, row.locale, today
    )


def feed_shifts(db: Session, reader: FeedReader, now: datetime) -> list[FeedShift]:
    """The shifts of an address by time, cancelled ones too. One statement."""
    rows = db.execute(
        select(
            Occasion.public_id, Shift.version, Occasion.starts_at, Occasion.ends_at, Occasion.zone,
            Occasion.attendance, Occasion.created_at, Shift.cancelled_at, Participant.preferred_name,
            Employer.name.label("employer"), Site.name.label("site"), _last_change().label("changed_at"),
        )
        .join(Shift, Shift.id == Occasion.id)
        .join(Participant, Participant.id == Occasion.participant_id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(scope.feed_shifts(reader, now))
        .order_by(Occasion.starts_at, Occasion.id)
        .limit(MOST_SHIFTS)
    ).all()  # fmt: skip
    return [_shift(row, reader) for row in rows]


def _shift(row: Any, reader: FeedReader) -> FeedShift:
    return FeedShift(
        uid=row.public_id,
        revision=row.version,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=row.zone,
        person="" if reader.kind is FeedKind.PARTICIPANT else row.preferred_name,
        place=f"{row.employer}, {row.site}" if reader.names_site else "",
        cancelled=is_called_off(row.cancelled_at, row.attendance),
        created_at=row.created_at,
        changed_at=max(at for at in (row.created_at, row.cancelled_at, row.changed_at) if at is not None),
    )


def _signs_in() -> ColumnElement[bool]:
    """Whether the participant or supervisor still has the role in the program that the address was made in."""
    return (
        exists()
        .where(
            Membership.program_id == CalendarFeed.program_id,
            Membership.account_id == func.coalesce(Participant.account_id, Rater.account_id),
            Membership.role.in_((Role.PARTICIPANT, Role.SUPERVISOR)),
            Membership.archived_at.is_(None),
        )
        .where(Account.id == Membership.account_id, Account.archived_at.is_(None))
        .correlate(CalendarFeed, Participant, Rater)
    )


def _last_change() -> Any:
    """When the shift, or the pattern it comes from, was changed last, by the log of changes."""
    return (
        select(func.max(Audit.at))
        .where(
            Audit.program_id == Shift.program_id,
            or_(
                and_(Audit.subject == "shift", Audit.subject_id == Shift.id),
                and_(Audit.subject == "shift_pattern", Audit.subject_id == Shift.pattern_id, Shift.version > 1),
            ),
        )
        .correlate(Shift)
        .scalar_subquery()
    )
