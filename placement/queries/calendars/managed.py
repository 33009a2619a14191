"""The addresses somebody keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.feeds import FeedKind
from placement.models.employers.employer import Employer, Site
from placement.models.shifts.absence import CalendarFeed
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope


@dataclass(frozen=True, slots=True)
class FeedLine:
    """An address that works. ``id`` and ``generation`` make its token; ``site``: the shop's public id, or None."""

    id: int
    generation: int
    public_id: str
    kind: FeedKind
    names_site: bool
    created_at: datetime
    site: str | None


@dataclass(frozen=True, slots=True)
class SiteCalendar:
    """A shop, and its address if there is one."""

    public_id: str
    name: str
    feed: FeedLine | None


_LINE = (
    CalendarFeed.id, CalendarFeed.generation, CalendarFeed.public_id, CalendarFeed.kind, CalendarFeed.names_site,
    CalendarFeed.created_at, Site.public_id.label("site"),
)  # fmt: skip


def own_feeds(db: Session, actor: Actor) -> dict[FeedKind, FeedLine]:
    """The reader's own, as a participant and as a supervisor; one of each at most. One statement."""
    rows = db.execute(
        select(*_LINE)
        .outerjoin(Site, Site.id == CalendarFeed.site_id)
        .where(scope.feeds(actor), CalendarFeed.kind != FeedKind.SITE, CalendarFeed.revoked_at.is_(None))
        .order_by(CalendarFeed.id)
    ).all()
    return {row.kind: FeedLine(*row) for row in rows}


def site_calendar(db: Session, actor: Actor, public_id: str) -> SiteCalendar:
    """A shop's, for coordinators. Raises NotFound, Forbidden. Two statements."""
    site = db.execute(
        select(Site.id, Site.program_id, Site.name, Employer.name.label("employer"))
        .join(Employer, Employer.id == Site.employer_id)
        .where(Site.public_id == public_id, scope.in_program(actor, Site.program_id), Site.archived_at.is_(None))
    ).one_or_none()
    if site is None:
        raise NotFound
    ensure(actor, Permission.FEED_SITE, Facts(site.program_id, site_id=site.id))
    row = db.execute(
        select(*_LINE)
        .join(Site, Site.id == CalendarFeed.site_id)
        .where(scope.feeds(actor), CalendarFeed.site_id == site.id, CalendarFeed.revoked_at.is_(None))
        .order_by(CalendarFeed.id)
        .limit(1)
    ).one_or_none()
    return SiteCalendar(public_id, f"{site.employer}, {site.name}", None if row is None else FeedLine(*row))


def feed_line(db: Session, actor: Actor, public_id: str) -> FeedLine:
    """One that works. Raises NotFound out of sight. One statement."""
    row = db.execute(
        select(*_LINE)
        .outerjoin(Site, Site.id == CalendarFeed.site_id)
        .where(scope.feeds(actor), CalendarFeed.public_id == public_id, CalendarFeed.revoked_at.is_(None))
    ).one_or_none()
    if row is None:
        raise NotFound
    return FeedLine(*row)
