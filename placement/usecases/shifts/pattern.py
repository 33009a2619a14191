"""A placement's weekly pattern: the first one, and every change from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.clashes import ensure_hours
from placement.domain.errors import Refused, Stale
from placement.domain.patterns import Holidays, Pattern, ensure_sound
from placement.domain.plans import Outlook
from placement.domain.week import hours, to_spans
from placement.domain.words import say
from placement.models.shifts.pattern import ShiftPattern
from placement.policy.actor import Actor
from placement.queries.shifts.preview import PatternRow, ToPlan, patterns_of, version_of
from placement.queries.shifts.replan import replan
from placement.usecases.effects.log import audit
from placement.usecases.effects.plans import Placed, apply_changes, placement_to_plan
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.effects.shift_changes import tell_of_changes
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class SetPattern:
    """From ``first`` on, up to ``last`` (None: open), each ``every_weeks`` weeks; ``week`` is a week's mask.

    ``version``: of the patterns as they were shown, 0 where there was none. ``seen``: the fingerprint of the outlook
    that was shown; None asks for no confirmation. ``until``: make shifts up to here at once, not only some weeks ahead.
    """

    placement: str
    version: int
    first: date
    last: date | None
    week: int
    every_weeks: int = 1
    holidays: Holidays = Holidays.OFF
    seen: str | None = None
    until: date | None = None


def set_pattern(work: Work, actor: Actor, command: SetPattern) -> Outlook:
    """Make the pattern hold and do what it says to the shifts to come; the past is left alone.

    Raises NotFound, Forbidden, Refused with the field's name, and Stale where somebody changed the pattern or a shift
    after the page was shown: then the page shows the outlook as it is now.
    """
    with work.transaction() as session:
        placed = placement_to_plan(session, actor, command.placement)
        pattern = pattern_to_set(placed.plan, command)
        rows = patterns_of(session, placed.plan.id)
        version = version_of(rows)
        if version != command.version:
            raise Stale(version, {})
        now = work.clock()
        shown = replan(session, placed.plan, pattern, now, work.holidays, command.until)
        if command.seen is not None and command.seen != shown.fingerprint:
            raise Stale(version, {})
        new = _replace(session, work, actor, placed, rows, pattern, shown)
        changes = shown.changes
        before = apply_changes(session, now, placed.plan, new.id, changes)
        if changes.retimed or changes.removed:
            # A first plan is read where it stands; a change of what people counted on is told.
            tell_of_changes(session, work, placed.plan.program_id, placed.plan.id, before)
        counts = {"added": len(changes.added) + len(changes.revived), "changed": len(changes.retimed)}
        audit(
            session, work, actor, "shift.pattern", "shift_pattern", new.id,
            placement_id=placed.plan.id, removed=len(changes.removed), **counts,
        )  # fmt: skip
        if not changes.empty:
            refresh_progress(session, work, actor, placed.plan.participant_id, (), placed.plan.id)
        return shown


def pattern_to_set(plan: ToPlan, command: SetPattern) -> Pattern:
    """The rule a command asks for, if it may be. Raises Refused with the field's name. Also for the preview."""
    pattern = Pattern(command.first, command.last, command.every_weeks, to_spans(command.week), command.holidays)
    ensure_sound(pattern)
    if command.first < plan.first_day:
        raise Refused(say("The placement begins on %(day)s.", day=plan.first_day), "first")
    if plan.last_day is not None and command.first > plan.last_day:
        raise Refused(say("The placement ends on %(day)s.", day=plan.last_day), "first")
    ensure_hours(hours(command.week), plan.weekly_hours_limit, plan.forced)
    return pattern


def _replace(
    session: Session, work: Work, actor: Actor, placed: Placed, rows: list[PatternRow], pattern: Pattern, shown: Outlook
) -> ShiftPattern:
    """End what held until then, begin the new one; the agreed week of the placement follows."""
    now = work.clock()
    for stored in session.scalars(select(ShiftPattern).where(ShiftPattern.id.in_([row.id for row in rows]))):
        if stored.first_day >= pattern.first_day:
            stored.archived_at = now
        elif stored.last_day is None or stored.last_day >= pattern.first_day:
            stored.last_day = pattern.first_day - timedelta(days=1)
    new = ShiftPattern(
        program_id=placed.plan.program_id,
        placement_id=placed.plan.id,
        first_day=pattern.first_day,
        last_day=pattern.last_day,
        every_weeks=pattern.every_weeks,
        times=pattern.times,
        holidays=pattern.holidays,
        planned_until=shown.until,
        version=version_of(rows) + 1,
        created_at=now,
    )
    session.add(new)
    if placed.row.pattern != pattern.mask:
        placed.row.pattern = pattern.mask
        placed.row.version += 1
    session.flush()
    return new
