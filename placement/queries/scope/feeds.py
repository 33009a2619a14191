"""Calendar feeds: which ones somebody may keep, and the shifts an address hands out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, select

from placement.domain.feeds import FeedKind, window
from placement.domain.roles import Role
from placement.models.employers.employer import SiteSupervisor
from placement.models.shifts.absence import CalendarFeed
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.feed import FeedReader
from placement.queries.scope.program import in_program


def feeds(actor: Actor) -> ColumnElement[bool]:
    """Addresses the actor may renew and end: their own as a participant or supervisor; coordinators the shops'."""
    ways = []
    if Role.PARTICIPANT in actor.roles and actor.participant_id is not None:
        ways.append(CalendarFeed.participant_id == actor.participant_id)
    if Role.SUPERVISOR in actor.roles and actor.rater_ids:
        ways.append(CalendarFeed.rater_id.in_(sorted(actor.rater_ids)))
    if Role.COORDINATOR in actor.roles:
        ways.append(CalendarFeed.site_id.is_not(None))
    return and_(in_program(actor, CalendarFeed.program_id), or_(*ways)) if ways else false()


def feed_shifts(reader: FeedReader, now: datetime) -> ColumnElement[bool]:
    """Shifts joined with their occasion that an address hands out, cancelled ones too."""
    since, until = window(reader.kind, now)
    near = [Shift.program_id == reader.program_id, Occasion.ends_at > since]
    if until is not None:
        near.append(Occasion.starts_at < until)
    return and_(_whose(reader), *near)


def _whose(reader: FeedReader) -> ColumnElement[bool]:
    match reader.kind:
        case FeedKind.PARTICIPANT:
            return Occasion.participant_id == reader.participant_id
        case FeedKind.SITE:
            return Shift.site_id == reader.site_id
        case FeedKind.SUPERVISOR:
            theirs = select(SiteSupervisor.site_id).where(
                SiteSupervisor.program_id == reader.program_id,
                SiteSupervisor.rater_id == reader.rater_id,
                SiteSupervisor.first_day <= reader.today,
                or_(SiteSupervisor.last_day.is_(None), SiteSupervisor.last_day >= reader.today),
            )
            return Shift.site_id.in_(theirs)
