"""Facing a step: planned with what is expected, written down afterwards. Every answer may be skipped."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.exposures import (
    MOST_TRIES,
    Told,
    TryWords,
    ensure_day,
    ensure_told,
    pack_words,
)
from placement.domain.sealed import Place
from placement.domain.words import say
from placement.models.base import new_public_id
from placement.models.exposures.exposure import ExposureStep, ExposureTry
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.exposures.ladder import try_words
from placement.usecases.effects.exposures import ensure_accompanied, ensure_live, locked_step, locked_try
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class Plan:
    """When, and how much fear is expected. ``shift``: public id of the one that carries it; its day counts then."""

    day: date | None
    predicted: int | None
    shift: str | None = None


@dataclass(frozen=True, slots=True)
class PlanTry:
    """``key``: made for every form that is shown, so that a double tap is one try."""

    step: str
    plan: Plan
    key: str


@dataclass(frozen=True, slots=True)
class ChangePlan:
    one: str
    version: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class WriteTry:
    """How it was; fear 0–100."""

    one: str
    version: int
    peak: int | None = None
    at_end: int | None = None
    minutes: int | None = None
    words: TryWords = TryWords()


def plan_try(work: Work, actor: Actor, command: PlanTry) -> str:
    """Plan to face a step; the try's public id. Same key and body: the first answer again.

    Raises NotFound, Forbidden, KeyReused and Refused with the field's name.
    """
    return again_if_taken(_plan, work, actor, command)


def change_plan(work: Work, actor: Actor, command: ChangePlan) -> None:
    """Another day or shift, or another expectation. Raises NotFound, Forbidden, Stale and Refused."""
    with work.transaction() as session:
        row = locked_try(session, actor, command.one)
        if row.done_at is not None:
            raise Refused(say("It is written down already."))
        ensure_accompanied(session, row.participant_id, actor.today(work.clock()))
        day, occasion = _when(session, work, actor, row.participant_id, command.plan)
        check_version(row, command.version, {"day": row.day, "predicted": row.predicted})
        row.day, row.occasion_id, row.predicted = day, occasion, command.plan.predicted
        audit(session, work, actor, "exposure.replan", "exposure_try", row.id, participant_id=row.participant_id)


def write_try(work: Work, actor: Actor, command: WriteTry) -> None:
    """Write down how it was, or correct it; possible while everything is paused, too.

    Raises NotFound, Forbidden, Stale and Refused with the field's name.
    """
    with work.transaction() as session:
        row = locked_try(session, actor, command.one)
        ensure_told(Told(row.predicted, command.peak, command.at_end), command.minutes, command.words)
        check_version(row, command.version, _current(work, row))
        if row.done_at is None:
            _settle_day(session, work, actor, row)
            row.done_at = work.clock()
        row.peak, row.at_end, row.minutes = command.peak, command.at_end, command.minutes
        row.words_sealed = None if command.words.empty else _sealed(work, row, command.words)
        audit(session, work, actor, "exposure.write", "exposure_try", row.id, participant_id=row.participant_id)


def remove_try(work: Work, actor: Actor, public_id: str) -> None:
    """Take it away, planned or written down; it is gone for good. Raises NotFound, Forbidden and Refused."""
    with work.transaction() as session:
        row = locked_try(session, actor, public_id)
        audit(session, work, actor, "exposure.remove", "exposure_try", row.id, participant_id=row.participant_id)
        session.delete(row)


def _plan(work: Work, actor: Actor, command: PlanTry) -> str:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["one"])
        step = locked_step(session, actor, command.step, Permission.EXPOSURE_EDIT)
        ensure_live(step)
        ensure_accompanied(session, step.participant_id, actor.today(work.clock()))
        day, occasion = _when(session, work, actor, step.participant_id, command.plan)
        _ensure_room(session, step)
        row = ExposureTry(
            public_id=new_public_id(), program_id=step.program_id, participant_id=step.participant_id, step_id=step.id,
            occasion_id=occasion, day=day, predicted=command.plan.predicted, created_at=work.clock(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit(session, work, actor, "exposure.plan", "exposure_try", row.id, participant_id=row.participant_id)
        keep_answer(session, work, actor, command.key, body, {"one": row.public_id})
        return row.public_id


def _when(
    session: Session, work: Work, actor: Actor, participant_id: int, plan: Plan
) -> tuple[date, int | None]:  # fmt: skip
    """The day, and the key of the shift that carries it. Raises Refused with the field's name."""
    ensure_told(Told(plan.predicted), None, TryWords())
    today, occasion, day = actor.today(work.clock()), None, plan.day
    if plan.shift:
        found = session.execute(
            select(Occasion.id, Occasion.local_day)
            .join(Shift, Shift.id == Occasion.id)
            .where(
                Occasion.public_id == plan.shift,
                Occasion.participant_id == participant_id,
                Shift.cancelled_at.is_(None),
                scope.shifts(actor, work.clock()),
            )
        ).one_or_none()
        if found is None:
            raise NotFound
        occasion, day = found
    if day is None:
        raise Refused(say("Enter a day."), "day")
    ensure_day(day, today)
    return day, occasion


def _settle_day(session: Session, work: Work, actor: Actor, row: ExposureTry) -> None:
    """The day on which it was: the shift's; today for what was planned for later, which then was not on that shift."""
    today = actor.today(work.clock())
    if row.occasion_id is not None:
        row.day = session.scalar(select(Occasion.local_day).where(Occasion.id == row.occasion_id)) or row.day
    if row.day > today:
        row.day, row.occasion_id = today, None


def _ensure_room(session: Session, step: ExposureStep) -> None:
    count = session.scalar(select(func.count()).where(ExposureTry.step_id == step.id)) or 0
    if count >= MOST_TRIES:
        raise Refused(say("This step has been faced very often already. Go on to the next one."))


def _current(work: Work, row: ExposureTry) -> dict[str, object]:
    """What is saved now, keyed like the form's fields."""
    words = try_words(work.cipher, row.public_id, row.words_sealed) or TryWords()
    numbers = {"peak": row.peak, "at_end": row.at_end, "minutes": row.minutes}
    return {**numbers, "safety": words.safety, "learned": words.learned}


def _sealed(work: Work, row: ExposureTry, words: TryWords) -> bytes:
    return work.cipher.seal(pack_words(words), Place("exposure_try", "words_sealed", row.public_id))
