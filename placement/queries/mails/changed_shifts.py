"""What a mail about changed shifts says, and who reads it: the participant and who of the shop rates those shifts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.mails import MailKind
from placement.domain.shift_changes import Changed, unpacked
from placement.models.accounts.account import Account
from placement.models.employers.employer import Employer, Site
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.queries.mails.due_shifts import GOES
from placement.queries.mails.shops import shop_raters


@dataclass(frozen=True, slots=True)
class ChangedShifts:
    """The changes that still matter, by time; ``name`` is the participant's, ``account_id`` None without an account."""

    placement_id: int
    site_id: int
    name: str
    account_id: int | None
    shop: str
    changes: tuple[Changed, ...]

    @property
    def days(self) -> set[date]:
        """Local days that were or are planned."""
        both = ((change.zone, times) for change in self.changes for times in (change.before, change.after))
        return {times[0].astimezone(ZoneInfo(zone)).date() for zone, times in both if times}


def changed_shifts(db: Session, refs: Mapping[str, Any], now: datetime) -> ChangedShifts | None:
    """None where nothing is left to say: all put back, over, or nobody goes there any more. One statement."""
    before: Mapping[str, list[int]] = refs["shifts"]
    rows = db.execute(
        select(
            Shift.id, Shift.site_id, Shift.cancelled_at, Occasion.starts_at, Occasion.ends_at, Occasion.zone,
            Participant.preferred_name, Participant.account_id, Employer.name.label("shop"),
        )
        .join(Occasion, Occasion.id == Shift.id)
        .join(Placement, Placement.id == Shift.placement_id)
        .join(Participant, Participant.id == Occasion.participant_id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            Shift.id.in_([int(key) for key in before]),
            Shift.placement_id == refs["placement"],
            Placement.state.in_(GOES),
            Participant.archived_at.is_(None),
        )
    ).all()  # fmt: skip
    changes = [_changed(row, before) for row in rows]
    told = sorted((change for change in changes if change.matters(now)), key=lambda change: change.at)
    if not told:
        return None
    row = rows[0]
    return ChangedShifts(
        refs["placement"], row.site_id, row.preferred_name, row.account_id, row.shop, tuple(told)
    )  # fmt: skip


def change_readers(db: Session, refs: Mapping[str, Any], now: datetime) -> list[Mapping[str, int]]:
    """The participant's account and the shop's raters, as refs; each gets a mail of their own."""
    found = changed_shifts(db, refs, now)
    if found is None:
        return []
    own = select(Account.id).where(Account.id == found.account_id, Account.archived_at.is_(None))
    raters = shop_raters(db, {found.site_id}, {found.placement_id}, now)
    keys = {
        rater.rater_id
        for rater in raters
        if rater.wants(MailKind.SHIFT_CHANGED)
        and any(rater.rates(found.site_id, found.placement_id, day) for day in found.days)
    }
    return [*({"account": key} for key in db.scalars(own)), *({"rater": key} for key in sorted(keys))]


def _changed(row: Any, before: Mapping[str, list[int]]) -> Changed:
    after = (row.starts_at, row.ends_at) if row.cancelled_at is None else None
    return Changed(unpacked(before[str(row.id)]), after, row.zone)
