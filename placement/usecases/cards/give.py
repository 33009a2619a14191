"""Feedback from a phone without an account: taken, or kept for a coordinator; never lost, never twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import LinkEnded, NotFound, Refused
from placement.domain.feedback_links import (
    CLOCK_SLACK,
    DEVICE_LIFE,
    REOPEN,
    HeldReason,
    Standing,
    may_deliver,
)
from placement.domain.words import say
from placement.models.feedback.observation import Feedback
from placement.models.feedback.rater import Rater
from placement.policy.device import Device
from placement.usecases.effects.cards import ShiftGone, find_card_shift, known_device, rater_of, remember_longer
from placement.usecases.effects.colleagues import named_colleague
from placement.usecases.effects.feedback import Given, ensure_answerable, store_feedback
from placement.usecases.effects.held import hold, is_held
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.shifts import Found
from placement.usecases.transaction import Work


class Outcome(StrEnum):
    SAVED = "saved"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """``shift``: public id. ``key``: the phone's UUID for this entry. ``began_at``: begun when, by the phone.

    ``colleague``: public id of the rater who answers instead, "" for the link's own; ``named``: a colleague's name
    where the phone knew no more.
    """

    shift: str
    key: str
    given: Given
    began_at: datetime | None = None
    colleague: str = ""
    named: str = ""

    def body(self) -> dict[str, Any]:
        """What makes two commands the same."""
        said = asdict(self)
        if not self.named:
            del said["named"]
        return said


def give_feedback(work: Work, device: Device, command: GiveFeedback) -> str:
    """Store feedback in the rater's name; returns its public id. The same key and body get the first answer again.

    Raises LinkEnded, KeyReused, Stale, Refused with the field's name, ShiftGone, and NotFound for an unknown task.
    """
    return again_if_taken(_give, work, device, command)


def deliver_feedback(work: Work, device: Device, command: GiveFeedback, body: Mapping[str, Any]) -> Outcome:
    """The same for a phone's queue: what can't be taken is kept whole (``body``) for a coordinator to look at.

    Raises LinkEnded only for a phone that is not known any more, KeyReused, Stale, and TooMany.
    """
    if is_held(work, device, command.key, body):
        return Outcome.HELD
    why: HeldReason | None = None
    try:
        give_feedback(work, device, command)
    except LinkEnded:
        pass
    except Refused:
        why = HeldReason.REFUSED
    except ShiftGone:
        why = HeldReason.SHIFT_GONE
    except NotFound:
        why = HeldReason.UNKNOWN_TASK
    else:
        return Outcome.SAVED
    hold(work, device, command.key, body, why)
    return Outcome.HELD


def _give(work: Work, device: Device, command: GiveFeedback) -> str:
    body = command.body()
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
        rater = _rater(session, work, device, command)
        _ensure_current(session, found, rater, _when(command.began_at, now))
        stored = store_feedback(session, work, device, found, rater, command.given)
        if device.standing is Standing.OPEN:
            remember_longer(session, now, device)
        keep_answer(session, work, device, command.key, body, {"feedback": stored.feedback})
        return stored.feedback


def _rater(session: Session, work: Work, device: Device, command: GiveFeedback) -> Rater:
    if command.named:
        return named_colleague(session, work, device, command.named)
    return rater_of(session, device, command.colleague)


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
