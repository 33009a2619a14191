"""What is stored about a shift in a rater's name, in the shape a phone sends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.support import NotTodayReason
from placement.models.feedback.observation import Feedback, Observation
from placement.models.feedback.rater import Rater
from placement.models.programs.catalog import Task
from placement.models.programs.scale import SupportLevel
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.device import Device
from placement.queries import scope


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """``answers``: task, level or reason, by public id. ``version``: to send as ``seen`` when replacing it."""

    shift: str
    version: int
    attendance: str
    answers: tuple[tuple[str, str | None, NotTodayReason | None], ...]
    unlisted: tuple[Mapping[str, str], ...]
    went_well: str
    try_next: str
    note: str

    def as_entry(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            "shift": self.shift,
            "seen": self.version,
            "attendance": self.attendance,
            "answers": [
                {"task": task, "level": level} if level is not None else {"task": task, "not_today": reason}
                for task, level, reason in self.answers
            ],
            "unlisted": [dict(task) for task in self.unlisted],
            "went_well": self.went_well,
            "try_next": self.try_next,
            "note": self.note,
        }


def stored_entry(db: Session, device: Device, shift: str, colleague: str = "", named: str = "") -> StoredEntry | None:
    """What this phone's rater sent about one of its shifts (public id); None for nothing. At most three statements.

    ``colleague`` (public id) or ``named`` (name): what that colleague on the same card sent instead.
    """
    rater_id = _rater_id(db, device, colleague, named)
    row = db.execute(
        select(
            Occasion.id, Feedback.version, Occasion.attendance, Feedback.unlisted, Feedback.went_well,
            Feedback.try_next, Feedback.note,
        )
        .join(Occasion, Occasion.id == Feedback.occasion_id)
        .join(Shift, Shift.id == Occasion.id)
        .where(
            Occasion.public_id == shift, scope.card_shifts(device), Feedback.rater_id == rater_id,
            Feedback.withdrawn_at.is_(None),
        )
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    answers = db.execute(
        select(Task.public_id, SupportLevel.public_id, Observation.not_today)
        .join(Task, Task.id == Observation.task_id)
        .outerjoin(SupportLevel, SupportLevel.id == Observation.level_id)
        .where(
            Observation.occasion_id == row.id,
            Observation.rater_id == rater_id,
            Observation.replaced_at.is_(None),
        )
        .order_by(Task.id)
    )
    return StoredEntry(
        shift, row.version, row.attendance.value, tuple((t, level, why) for t, level, why in answers),
        tuple(row.unlisted), row.went_well, row.try_next, row.note,
    )  # fmt: skip


def _rater_id(db: Session, device: Device, colleague: str, named: str) -> int | None:
    """Of the link's own rater, or of a colleague; None for one who isn't there."""
    if not colleague and not named:
        return device.rater_id
    one = Rater.name == named if named else Rater.public_id == colleague
    return db.scalar(select(Rater.id).where(scope.card_colleagues(device), one).order_by(Rater.id).limit(1))
