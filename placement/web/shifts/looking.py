"""What speaks against a time is shown before it is planned, with what was entered kept; who read it can go on."""

from __future__ import annotations

from placement.domain.errors import Refused
from placement.domain.shifts import PlannedTime
from placement.domain.words import Say
from placement.queries.shifts.around import look_ahead
from placement.queries.shifts.preview import ToPlan
from placement.web.current import now, reads
from placement.web.shifts.forms import TimesForm


def to_look_at(form: TimesForm, plan: ToPlan, moved: str | None = None) -> tuple[Say, ...]:
    """What the reader has to see first; nothing once the form says that they have. Raises Refused with the field."""
    look = look_ahead(reads(), plan, now(), form.planned(plan.zone), moved)
    if look.seen == form.seen.data:
        return ()
    form.seen.data = look.seen
    return look.warnings


def seen_of(plan: ToPlan, planned: PlannedTime, moved: str) -> str:
    """What lets a shift go back to where it was without asking; "" where it can't."""
    try:
        return look_ahead(reads(), plan, now(), planned, moved).seen
    except Refused:
        return ""
