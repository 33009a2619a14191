"""What was changed by hand in a participant's plan, as their day page says it until they have seen it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Time, bindparam, case, cast, exists, func, literal, null, or_, select

from placement.domain.planning import PLANNABLE
from placement.models.employers.employer import Employer, Site
from placement.models.placements.placement import Placement
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.models.system.log import AccessLog, Audit
from placement.policy.actor import Actor
from placement.queries import scope

MOST_CHANGES = 6
#: The page that says it.
_PAGE = "day.show"


@dataclass(frozen=True, slots=True)
class OwnChange:
    """A shift that was moved (``was``: day and start as first agreed) or cancelled (``was_day`` None); local times."""

    public_id: str
    employer: str
    day: date
    start: time
    end: time
    was_day: date | None
    was_start: time | None


def no_times() -> tuple[Any, ...]:
    """The columns of :func:`changes` that other parts of one statement have not."""
    return (
        cast(null(), Time).label("start"),
        cast(null(), Time).label("end"),
        cast(null(), Date).label("was_day"),
        cast(null(), Time).label("was_start"),
    )


def changes(actor: Actor, today: date) -> Any:
    """Until the shift is over, and to the end of the day on which the participant first had it before them."""
    # Only what people did: a plan that changes by its pattern or a pause is told where that is decided.
    changed_at = (
        select(func.max(Audit.at))
        .where(
            Audit.program_id == Shift.program_id,
            Audit.subject == "shift",
            Audit.subject_id == Shift.id,
            Audit.action.in_(("shift.move", "shift.cancel")),
        )
        .correlate(Shift)
        .scalar_subquery()
    )
    begin = datetime.combine(today, time(), ZoneInfo(actor.zone)).astimezone(UTC)
    seen = exists().where(
        AccessLog.participant_id == actor.participant_id,
        AccessLog.account_id == actor.account_id,
        AccessLog.page == _PAGE,
        AccessLog.at < begin,
        AccessLog.at > changed_at,
    )
    moved = Shift.cancelled_at.is_(None)
    return (
        select(
            literal("change").label("what"), Occasion.public_id, Employer.name, Shift.day,
            cast(null(), Date).label("rated_on"), Shift.start, Shift.end,
            case((moved, Shift.agreed_day)).label("was_day"), case((moved, Shift.agreed_start)).label("was_start"),
        )
        .join(Shift, Shift.id == Occasion.id)
        .join(Placement, Placement.id == Shift.placement_id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.in_program(actor, Occasion.program_id),
            Occasion.participant_id == actor.participant_id,
            Occasion.ends_at > bindparam("now"),
            or_(Shift.moved, Shift.cancelled_at.is_not(None)),
            Placement.state.in_(PLANNABLE),
            changed_at.is_not(None),
            ~seen,
        )
        .order_by(Occasion.starts_at)
        .limit(MOST_CHANGES)
        .subquery()
    )  # fmt: skip
