"""Feedback from a phone without an account: taken, or kept for a coordinator; never lost, never twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import KeyReused, LinkEnded, NotFound, Refused, TooMany
from placement.domain.feedback_links import (
    CLOCK_SLACK,
    DEVICE_LIFE,
    MOST_HELD,
    REOPEN,
    HeldReason,
    Standing,
    may_deliver,
)
from placement.domain.notices import NoticeKind, subject_of
from placement.domain.words import say
from placement.models.feedback.link import HeldEntry
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.device import Device
from placement.queries import scope
from placement.usecases.effects.cards import ShiftGone, find_card_shift, known_device, rater_of, remember_longer
from placement.usecases.effects.feedback import Given, ensure_answerable, store_feedback
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.notices import raise_notice
from placement.usecases.effects.shifts import Found
from placement.usecases.transaction import Work


class Outcome(StrEnum):
    SAVED = "saved"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """``shift``: public id. ``key``: the phone's UUID for this entry. ``began_at``: begun when, by the phone.

    ``colleague``: public id of the rater who answers instead, "" for the link's own.
    """

    shift: str
    key: str
    given: Given
    began_at: datetime | None = None
    colleague: str = ""


def give_feedback(work: Work, device: Device, command: GiveFeedback) -> str:
    """Store feedback in the rater's name; returns its public id. The same key and body get the first answer again.

    Raises LinkEnded, KeyReused, Stale, Refused with the field's name, ShiftGone, and NotFound for an unknown task.
    """
    return again_if_taken(_give, work, device, command)


def deliver_feedback(work: Work, device: Device, command: GiveFeedback, body: Mapping[str, Any]) -> Outcome:
    """The same for a phone's queue: what can't be taken is kept whole (``body``) for a coordinator to look at.

    Raises LinkEnded only for a phone that is not known any more, KeyReused, Stale, and TooMany.
    """
    if _is_held(work, device, command.key, body):
        return Outcome.HELD
    try:
        give_feedback(work, device, command)
    except LinkEnded:
        return _hold(work, device, command, body, None)
    except Refused:
        return _hold(work, device, command, body, HeldReason.REFUSED)
    except ShiftGone:
        return _hold(work, device, command, body, HeldReason.SHIFT_GONE)
    except NotFound:
        return _hold(work, device, command, body, HeldReason.UNKNOWN_TASK)
    return Outcome.SAVED


def _give(work: Work, device: Device, command: GiveFeedback) -> str:
    body = asdict(command)
    with work.transaction() as session:
        now = work.clock()
        device = known_device(session, work, device)
        known = first_answer(session, device, command.key, body)
        if known is not None:
            return str(known["feedback"])
        if not may_deliver(device.standing, command.began_at, now, device.expires_at):
            raise LinkEnded
        found = find_card_shift(session, device, command.shift)
        ensure_answerable(found, now, command.given)
        rater = rater_of(session, device, command.colleague)
        _ensure_current(session, found, rater, _when(command.began_at, now))
        stored = store_feedback(session, work, device, found, rater, command.given)
        if device.standing is Standing.OPEN:
            remember_longer(session, now, device)
        keep_answer(session, work, device, command.key, body, {"feedback": stored.feedback})
        return stored.feedback


def _when(began_at: datetime | None, now: datetime) -> datetime:
    """When it was answered: an entry may have waited on the phone for as long as that is remembered."""
    if began_at is None or not now - DEVICE_LIFE <= began_at <= now + CLOCK_SLACK:
        return now
    return min(began_at, now)


def _ensure_current(session: Session, found: Found, rater: Rater, when: datetime) -> None:
    """Owed, over for less than seven days, or sent by this rater, who may correct it for so long."""
    if found.shift.feedback_due_at is not None or found.occasion.ends_at > when - REOPEN:
        return
    own = select(Feedback.id).where(Feedback.occasion_id == found.occasion.id, Feedback.rater_id == rater.id)
    if session.scalar(own) is None:
        raise Refused(say("This shift is over for too long. Please call the program."))


def _is_held(work: Work, device: Device, key: str, body: Mapping[str, Any]) -> bool:
    """Whether this very entry waits for a coordinator already. Raises KeyReused if another one does under its key."""
    with work.transaction() as session:
        known = session.scalar(select(HeldEntry.body).where(HeldEntry.link_id == device.link_id, HeldEntry.key == key))
    if known is not None and known != body:
        raise KeyReused
    return known is not None


def _hold(
    work: Work, device: Device, command: GiveFeedback, body: Mapping[str, Any], reason: HeldReason | None
) -> Outcome:
    """``reason`` None: what the link has come to says why."""
    if not 8 <= len(command.key) <= 40:
        raise Refused(say("Something is missing. Please open the page again."))
    with work.transaction() as session:
        device = known_device(session, work, device)
        if reason is None:
            ended = device.standing is Standing.ENDED
            reason = HeldReason.LINK_ENDED if ended else HeldReason.AFTER_EXPIRY
        mine = HeldEntry.link_id == device.link_id
        if session.scalar(select(HeldEntry.id).where(mine, HeldEntry.key == command.key)) is not None:
            return Outcome.HELD
        if (session.scalar(select(func.count()).select_from(HeldEntry).where(mine)) or 0) >= MOST_HELD:
            raise TooMany(minutes=60)
        entry = HeldEntry(
            program_id=device.program_id,
            link_id=device.link_id,
            occasion_id=_occasion(session, device, command.shift),
            key=command.key,
            body=dict(body),
            reason=reason.value,
            created_at=work.clock(),
        )
        session.add(entry)
        session.flush()
        audit(session, work, device, "feedback.hold", "held_entry", entry.id, reason=reason.value)
        _tell(session, work, device, entry)
    return Outcome.HELD


def _occasion(session: Session, device: Device, shift: str) -> int | None:
    return session.scalar(
        select(Shift.id)
        .join(Occasion, Occasion.id == Shift.id)
        .where(Occasion.public_id == shift, scope.card_shifts(device))
    )


def _tell(session: Session, work: Work, device: Device, entry: HeldEntry) -> None:
    raise_notice(
        session,
        work,
        kind=NoticeKind.HELD_FEEDBACK,
        participant_id=device.participant_id,
        program_id=device.program_id,
        placement_id=device.placement_id,
        occasion_id=entry.occasion_id,
        rater_id=device.rater_id,
        subject=subject_of(NoticeKind.HELD_FEEDBACK, entry.id),
    )
