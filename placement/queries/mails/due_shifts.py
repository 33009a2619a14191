"""Reminders around shifts: the evening before for the participant, feedback that is missing for the shop."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain import reminders
from placement.domain.jobs import JobKind
from placement.domain.mails import MailKind, quiet_of
from placement.domain.placements import PlacementState
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.programs.program import Program
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.queries.mails.due_mail import DueMail, MissingFeedback
from placement.queries.mails.shops import shop_raters

#: States in which somebody goes to their shifts.
GOES = (PlacementState.ACCEPTED, PlacementState.ACTIVE)
#: Feedback that is owed for longer, nobody remembers.
OWED_FOR = timedelta(days=12)


@dataclass(frozen=True, slots=True)
class OwedShift:
    """A shift that is over and has no feedback; ``zone`` is the site's."""

    id: int
    program_id: int
    participant_id: int
    placement_id: int
    site_id: int
    day: date
    ends_at: datetime
    zone: str


def shifts_tomorrow(db: Session, now: datetime, programs: Collection[int]) -> list[DueMail]:
    """Shifts of the next days whose participant has an account and is to be told now."""
    today = now.date()
    rows = db.execute(
        select(
            Shift.id, Shift.program_id, Occasion.starts_at, Occasion.zone, Account.id.label("account"),
            Account.mails_off, Account.quiet_from, Account.quiet_until, Account.zone.label("own_zone"),
            Program.zone.label("program_zone"),
        )
        .join(Occasion, Occasion.id == Shift.id)
        .join(Placement, Placement.id == Shift.placement_id)
        .join(Participant, Participant.id == Occasion.participant_id)
        .join(Account, Account.id == Participant.account_id)
        .join(Program, Program.id == Shift.program_id)
        .where(
            Occasion.program_id.in_(programs),
            # By the index on days; their instants decide.
            Occasion.local_day.between(today - timedelta(days=1), today + timedelta(days=4)),
            Occasion.starts_at > now,
            Shift.cancelled_at.is_(None),
            Placement.state.in_(GOES),
            Participant.archived_at.is_(None),
            Account.archived_at.is_(None),
        )
        .order_by(Occasion.starts_at, Shift.id)
    )  # fmt: skip
    found = []
    for row in rows:
        quiet = quiet_of(row.quiet_from, row.quiet_until, row.own_zone or row.program_zone)
        window = reminders.shift_tomorrow(row.starts_at, row.zone, quiet)
        if window.is_open(now) and MailKind.SHIFT_TOMORROW not in row.mails_off:
            # A shift that is moved to another time is told again.
            once = f"shift_tomorrow:{row.id}:{row.starts_at:%Y%m%dT%H%M}"
            refs = {"shift": row.id, "account": row.account}
            found.append(DueMail(JobKind.MAIL_SHIFT_TOMORROW, row.program_id, refs, once))
    return found


def owed_shifts(db: Session, now: datetime, programs: Collection[int]) -> list[OwedShift]:
    """Shifts without feedback of the last days, in order of their end."""
    rows = db.execute(
        select(
            Shift.id, Shift.program_id, Occasion.participant_id, Shift.placement_id, Shift.site_id, Shift.day,
            Occasion.ends_at, Occasion.zone,
        )
        .join(Occasion, Occasion.id == Shift.id)
        .where(
            Shift.program_id.in_(programs),
            Shift.feedback_due_at <= now,
            Shift.feedback_due_at > now - OWED_FOR,
            Shift.cancelled_at.is_(None),
        )
        .order_by(Occasion.ends_at, Shift.id)
    )  # fmt: skip
    return [OwedShift(*row) for row in rows]


def reminders_of_feedback(db: Session, now: datetime, owed: Sequence[OwedShift]) -> list[DueMail]:
    """One mail to each rater for the latest evening on which any of their shops' shifts was to be asked about.

    The mail itself lists all that is owed when it is sent: so nobody gets two in an evening, and after an outage
    the latest stands for those that were missed.
    """
    asked = [(shift, reminders.feedback_asked_on(shift.ends_at, shift.zone, now)) for shift in owed]
    due = [(shift, evening) for shift, evening in asked if evening is not None]
    if not due:
        return []
    raters = shop_raters(db, {shift.site_id for shift, _ in due}, {shift.placement_id for shift, _ in due}, now)
    latest: dict[tuple[int, int], date] = {}
    for shift, evening in due:
        for rater in raters:
            if rater.rates(shift.site_id, shift.placement_id, shift.day) and rater.wants(MailKind.FEEDBACK_OWED):
                key = (shift.program_id, rater.rater_id)
                latest[key] = max(latest.get(key, evening), evening)
    return [
        DueMail(JobKind.MAIL_FEEDBACK_OWED, program_id, {"rater": rater_id}, f"feedback_owed:{rater_id}:{evening}")
        for (program_id, rater_id), evening in sorted(latest.items())
    ]


def missing_of(owed: Sequence[OwedShift], now: datetime) -> list[MissingFeedback]:
    """Shifts for which it is the coordinator's turn to ask."""
    return [
        MissingFeedback(shift.program_id, shift.participant_id, shift.placement_id, shift.id)
        for shift in owed
        if reminders.feedback_missing(shift.ends_at, shift.zone).is_open(now)
    ]
