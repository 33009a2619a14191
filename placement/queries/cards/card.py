"""The card of the day: first name, times, released limits, whom to call, and the tasks to answer for.

Nothing else about the person: no family name, no history, nothing about health.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from placement.domain.attendance import is_away
from placement.domain.errors import LinkEnded
from placement.domain.feedback_links import AHEAD, REOPEN
from placement.domain.limit_words import shop_lines
from placement.domain.limits import day_limit
from placement.domain.shifts import Attendance
from placement.domain.words import Say
from placement.models.feedback.observation import Feedback
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.device import Device
from placement.queries import scope
from placement.queries.cards.call import CallLine, whom_to_call
from placement.queries.cards.tasks import CardTask, card_tasks
from placement.queries.day.shop import OWED_FOR
from placement.queries.limits.rules import rules_of
from placement.queries.programs.scale import LevelRow, current_levels


class ShiftState(StrEnum):
    """What a shift is to this rater today."""

    TODAY = "today"
    OWED = "owed"
    SENT = "sent"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Sent:
    """What this rater sent about a shift; ``version`` names this state of it."""

    version: int
    sent_at: datetime
    went_well: str
    try_next: str
    note: str
    unlisted: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class CardShift:
    """``day`` and times are the shop's. ``begun``: it can be answered now; ``runs``: and is not over; ``waits``: nobody
    has answered yet."""

    id: int = field(repr=False)
    public_id: str
    day: date
    start: time
    end: time
    state: ShiftState
    begun: bool
    runs: bool
    waits: bool
    attendance: Attendance
    sent: Sent | None
    #: Day and start as first agreed, of a shift to come that was moved.
    was: tuple[date, time | None] | None = None

    @property
    def away(self) -> bool:
        return is_away(self.attendance)


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a phone may show or keep. ``shifts``: of the next seven days, owed, and sent in the last seven.

    ``tasks`` in the opening's order; the first six are asked at once. ``chosen``: the shift the page opens with.
    ``limits``: what of work limits and plan holds on its day.
    """

    person: str
    until: datetime
    today: date
    lines: list[str]
    limits: tuple[Say | str, ...]
    call: list[CallLine]
    shifts: list[CardShift]
    tasks: list[CardTask]
    levels: list[LevelRow]
    chosen: CardShift | None

    @property
    def owed(self) -> list[CardShift]:
        """Others that wait for an answer: one tap away."""
        return [
            s for s in self.shifts
            if s is not self.chosen and s.begun and s.waits and s.state in (ShiftState.OWED, ShiftState.TODAY)
        ]  # fmt: skip

    @property
    def sent(self) -> list[CardShift]:
        return [s for s in self.shifts if s is not self.chosen and s.state is ShiftState.SENT]

    @property
    def coming(self) -> list[CardShift]:
        return [s for s in self.shifts if s is not self.chosen and not s.begun]


def todays_card(db: Session, device: Device, now: datetime, shift: str = "") -> Card:
    """The card, opened on ``shift`` (public id) or on what is next to answer. Six statements.

    Raises LinkEnded for a phone that may not see it. ``shift`` may be one of the last seven days that somebody else has
    answered meanwhile; one that isn't on this placement, or too long ago, opens the usual one.
    """
    if not device.opens:
        raise LinkEnded
    person = db.execute(
        select(Participant.preferred_name, Placement.opening_id, Placement.kind)
        .join(Placement, Placement.participant_id == Participant.id)
        .where(Placement.id == device.placement_id)
    ).one()
    today = now.astimezone(ZoneInfo(device.zone)).date()
    shifts = card_shifts(db, device, now, today, shift)
    chosen = next((one for one in shifts if one.public_id == shift), None) or _first(shifts)
    # Limits are needed to work safely, so they stand here without a yes; the other lines are released one by one.
    known = rules_of(db, device.participant_id, card_of=device.placement_id)
    return Card(
        person=person.preferred_name,
        until=device.expires_at,
        today=today,
        lines=list(known.lines),
        limits=shop_lines(day_limit(chosen.day if chosen else today, known.of(device.placement_id, person.kind))),
        call=whom_to_call(db, device.program_id, device.participant_id, today),
        shifts=shifts,
        tasks=card_tasks(db, device, person.opening_id, [one.id for one in shifts if one.sent is not None]),
        levels=current_levels(db, device.program_id),
        chosen=chosen,
    )


def card_shifts(db: Session, device: Device, now: datetime, today: date, shift: str = "") -> list[CardShift]:
    """Shifts of the next seven days, owed, and sent in the last seven; and ``shift`` (public id). One statement."""
    mine = and_(
        Feedback.occasion_id == Occasion.id, Feedback.rater_id == device.rater_id, Feedback.withdrawn_at.is_(None)
    )
    # Of the days before they had a link, nobody is asked.
    since = max(today - OWED_FOR, device.since.astimezone(ZoneInfo(device.zone)).date())
    owed = and_(Shift.feedback_due_at <= now, Shift.day >= since)
    # A form may be open while somebody else answers: what is written on it has a place to go.
    asked = and_(Occasion.public_id == shift, Occasion.ends_at > now - REOPEN)
    rows = db.execute(
        select(
            Occasion.id, Occasion.public_id, Shift.day, Shift.start, Shift.end, Occasion.starts_at, Occasion.ends_at,
            Occasion.attendance,
            Shift.feedback_due_at, Shift.moved, Shift.agreed_day, Shift.agreed_start, Occasion.ends_at,
            Feedback.version, Feedback.sent_at, Feedback.went_well, Feedback.try_next, Feedback.note, Feedback.unlisted,
        )
        .join(Occasion, Occasion.id == Shift.id)
        .outerjoin(Feedback, mine)
        .where(
            scope.card_shifts(device),
            Shift.cancelled_at.is_(None),
            Occasion.starts_at < now + AHEAD,
            # A night's shift is not over at midnight.
            or_(Shift.day >= today, Occasion.ends_at > now, owed, asked, Feedback.sent_at > now - REOPEN),
        )
        .order_by(Occasion.starts_at, Occasion.id)
    )  # fmt: skip
    # What was sent too long ago to be changed is left out.
    return [_shift(row, today, now) for row in rows if row.version is None or row.sent_at > now - REOPEN]


def _shift(row: Any, today: date, now: datetime) -> CardShift:
    sent = None
    runs = row.starts_at <= now < row.ends_at
    if row.version is not None:
        sent = Sent(row.version, row.sent_at, row.went_well, row.try_next, row.note, tuple(row.unlisted))
    return CardShift(
        row.id,
        row.public_id,
        row.day,
        row.start,
        row.end,
        _state(sent, today if runs else row.day, row.feedback_due_at, today, now),
        row.starts_at <= now,
        runs,
        row.feedback_due_at is not None,
        row.attendance,
        sent,
        (row.agreed_day, row.agreed_start) if row.moved and row.ends_at > now else None,
    )


def _state(sent: Sent | None, day: date, due_at: datetime | None, today: date, now: datetime) -> ShiftState:
    if sent is not None:
        return ShiftState.SENT
    if day == today:
        return ShiftState.TODAY
    return ShiftState.OWED if due_at is not None and due_at <= now else ShiftState.COMING


def _first(shifts: list[CardShift]) -> CardShift | None:
    """Today's that has begun, else today's, else the latest owed, else the next one, else the last one sent."""
    today = [one for one in shifts if one.state is ShiftState.TODAY and one.waits]
    begun = [one for one in today if one.begun]
    owed = [one for one in shifts if one.state is ShiftState.OWED]
    coming = [one for one in shifts if one.state is ShiftState.COMING]
    for some in (begun[-1:], today[:1], owed[-1:], coming[:1], shifts[-1:]):
        if some:
            return some[0]
    return None
