"""A ladder of steps, and one step with its tries; for the two of them alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.exposures import Told, TryWords, unpack_words
from placement.domain.sealed import Cipher, Place
from placement.models.employers.employer import Employer, Site
from placement.models.exposures.exposure import ExposureStep, ExposureTry
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.exposures.people import Climber, climber_by_key
from placement.queries.sealed import Words, opened

#: Shifts offered to carry a step: so many days back and ahead, and not more than these.
BACK, AHEAD, MOST_SHIFTS = timedelta(days=14), timedelta(days=28), 60
#: Tries a page reads, the latest.
MOST_READ = 200


@dataclass(frozen=True, slots=True)
class StepRow:
    """``tries`` were written down; ``next_day``: of the next one planned; ``last_end``: fear at the end of the last."""

    public_id: str
    words: Words
    expected: int | None
    reached_on: date | None
    dropped: bool
    tries: int
    next_day: date | None
    last_end: int | None
    version: int


@dataclass(frozen=True, slots=True)
class ShiftName:
    """A shift that carries a step, or could."""

    public_id: str
    day: date
    start: time
    where: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class TryRow:
    """``words`` None: their seal is broken. ``done``: written down; else planned."""

    public_id: str
    version: int
    day: date
    told: Told
    minutes: int | None
    words: TryWords | None
    done: bool
    shift: ShiftName | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """``steps``: the easiest first; those put aside are in ``aside``."""

    climber: Climber
    steps: tuple[StepRow, ...]
    aside: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class StepPage:
    """``tries`` in order of time."""

    climber: Climber
    step: StepRow
    tries: tuple[TryRow, ...]


@dataclass(frozen=True, slots=True)
class TryPage:
    climber: Climber
    step: StepRow
    one: TryRow


def ladder(db: Session, actor: Actor, cipher: Cipher, climber: Climber) -> Ladder:
    """Everything on somebody's ladder. One statement; ``climber`` was in sight."""
    found = _steps().where(scope.exposure_steps(actor), ExposureStep.participant_id == climber.id)
    rows = [_step(cipher, row) for row in db.execute(found.order_by(ExposureStep.position, ExposureStep.id))]
    live, aside = [row for row in rows if not row.dropped], [row for row in rows if row.dropped]
    return Ladder(climber, tuple(live), tuple(aside))


def step_page(db: Session, actor: Actor, cipher: Cipher, now: datetime, public_id: str) -> StepPage:
    """Raises NotFound out of sight. Four statements."""
    row = _one_step(db, actor, ExposureStep.public_id == public_id)
    latest = (
        _tries()
        .where(scope.exposure_tries(actor), ExposureTry.step_id == row.id)
        .order_by(ExposureTry.day.desc(), ExposureTry.id.desc())
        .limit(MOST_READ)
    )
    tries = sorted((_try(cipher, one) for one in reversed(db.execute(latest).all())), key=lambda one: one.day)
    climber = climber_by_key(db, actor, actor.today(now), row.participant_id)
    return StepPage(climber, _step(cipher, row), tuple(tries))


def step_head(db: Session, actor: Actor, cipher: Cipher, now: datetime, public_id: str) -> StepPage:
    """The same without its tries. Three statements."""
    row = _one_step(db, actor, ExposureStep.public_id == public_id)
    climber = climber_by_key(db, actor, actor.today(now), row.participant_id)
    return StepPage(climber, _step(cipher, row), ())


def try_page(db: Session, actor: Actor, cipher: Cipher, now: datetime, public_id: str) -> TryPage:
    """One try with its step. Raises NotFound out of sight. Four statements."""
    found = db.execute(_tries().where(scope.exposure_tries(actor), ExposureTry.public_id == public_id)).one_or_none()
    if found is None:
        raise NotFound
    row = _one_step(db, actor, ExposureStep.id == found.step_id)
    climber = climber_by_key(db, actor, actor.today(now), row.participant_id)
    return TryPage(climber, _step(cipher, row), _try(cipher, found))


def shifts_to_carry(db: Session, actor: Actor, now: datetime, climber: Climber) -> tuple[ShiftName, ...]:
    """The participant's own shifts around today, in order of time. One statement."""
    today = actor.today(now)
    rows = db.execute(
        select(
            Occasion.public_id, Occasion.local_day, Shift.start, Employer.name.label("employer"),
            Site.name.label("site"), Shift.cancelled_at,
        )
        .join(Shift, Shift.id == Occasion.id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.shifts(actor, now), Occasion.participant_id == climber.id, Shift.cancelled_at.is_(None),
            Occasion.local_day.between(today - BACK, today + AHEAD),
        )
        .order_by(Occasion.starts_at)
        .limit(MOST_SHIFTS)
    )  # fmt: skip
    return tuple(_shift(row) for row in rows)


def step_words(cipher: Cipher, public_id: str, sealed: bytes) -> Words:
    """What the step says."""
    return opened(cipher, sealed, Place("exposure_step", "text_sealed", public_id))


def try_words(cipher: Cipher, public_id: str, sealed: bytes | None) -> TryWords | None:
    """What was written about a try; None where its seal is broken."""
    words = opened(cipher, sealed, Place("exposure_try", "words_sealed", public_id))
    if words.broken:
        return None
    return unpack_words(words.text) if words.text else TryWords()


def _one_step(db: Session, actor: Actor, condition: Any) -> Any:
    row = db.execute(_steps().where(scope.exposure_steps(actor), condition)).one_or_none()
    if row is None:
        raise NotFound
    return row


def _steps() -> Any:
    done = (ExposureTry.step_id == ExposureStep.id, ExposureTry.done_at.is_not(None))
    return select(
        ExposureStep.id, ExposureStep.participant_id, ExposureStep.public_id, ExposureStep.text_sealed,
        ExposureStep.expected, ExposureStep.reached_on, ExposureStep.dropped_at, ExposureStep.version,
        select(func.count()).where(*done).correlate(ExposureStep).scalar_subquery().label("tries"),
        select(func.min(func.coalesce(Occasion.local_day, ExposureTry.day)))
        .select_from(ExposureTry)
        .outerjoin(Occasion, Occasion.id == ExposureTry.occasion_id)
        .where(ExposureTry.step_id == ExposureStep.id, ExposureTry.done_at.is_(None))
        .correlate(ExposureStep)
        .scalar_subquery()
        .label("next_day"),
        select(ExposureTry.at_end)
        .where(*done, ExposureTry.at_end.is_not(None))
        .order_by(ExposureTry.day.desc(), ExposureTry.id.desc())
        .limit(1)
        .correlate(ExposureStep)
        .scalar_subquery()
        .label("last_end"),
    )  # fmt: skip


def _tries() -> Any:
    return (
        select(
            ExposureTry.id, ExposureTry.public_id, ExposureTry.version, ExposureTry.step_id, ExposureTry.day,
            ExposureTry.predicted, ExposureTry.peak, ExposureTry.at_end, ExposureTry.minutes, ExposureTry.words_sealed,
            ExposureTry.done_at, Occasion.public_id.label("shift"), Occasion.local_day, Shift.start,
            Shift.cancelled_at, Employer.name.label("employer"), Site.name.label("site"),
        )
        .outerjoin(Occasion, Occasion.id == ExposureTry.occasion_id)
        .outerjoin(Shift, Shift.id == Occasion.id)
        .outerjoin(Site, Site.id == Shift.site_id)
        .outerjoin(Employer, Employer.id == Site.employer_id)
    )  # fmt: skip


def _step(cipher: Cipher, row: Any) -> StepRow:
    return StepRow(
        row.public_id, step_words(cipher, row.public_id, row.text_sealed), row.expected, row.reached_on,
        row.dropped_at is not None, row.tries, row.next_day, row.last_end, row.version,
    )  # fmt: skip


def _try(cipher: Cipher, row: Any) -> TryRow:
    done = row.done_at is not None
    shift = None
    if row.shift is not None and row.start is not None:
        shift = ShiftName(row.shift, row.local_day, row.start, _where(row), row.cancelled_at is not None)
    # A planned try moves with the shift that carries it.
    day = row.day if done or row.local_day is None else row.local_day
    return TryRow(
        row.public_id, row.version, day, Told(row.predicted, row.peak, row.at_end), row.minutes,
        try_words(cipher, row.public_id, row.words_sealed), done, shift,
    )  # fmt: skip


def _shift(row: Any) -> ShiftName:
    return ShiftName(row.public_id, row.local_day, row.start, _where(row), row.cancelled_at is not None)


def _where(row: Any) -> str:
    return f"{row.employer}, {row.site}"
