"""Sites: the list, and one with its supervisors and openings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.employers.employer import Employer, Site, SiteSupervisor
from placement.models.feedback.rater import Rater
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.employers.conditions import found_by
from placement.queries.employers.openings import OpeningLine, opening_lines
from placement.queries.pages import Page, fetch_page
from placement.queries.scope import in_program

SORTS = ("name", "-name", "-new")
#: How many openings a site's page shows.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class SiteLine:
    public_id: str
    name: str
    street: str
    postcode: str
    city: str
    address_complete: bool
    employer_public_id: str
    employer: str

    @property
    def address(self) -> str:
        """Street, postcode and city as far as they are known."""
        return ", ".join(part for part in (self.street, f"{self.postcode} {self.city}".strip()) if part)


@dataclass(frozen=True, slots=True)
class SiteFilter:
    """``show``: "" or "incomplete" (address); ``employer``: a public id."""

    q: str = ""
    show: str = ""
    employer: str = ""
    sort: str = "name"
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class SupervisorLine:
    """``signs_in``: has an account of their own."""

    public_id: str
    name: str
    first_day: date
    last_day: date | None
    signs_in: bool


@dataclass(frozen=True, slots=True)
class SitePage:
    """``opening_week`` is a week mask, None if the hours could not be read. Degrees are WGS84."""

    line: SiteLine
    version: int
    zone: str
    lat: float | None
    lon: float | None
    phone: str
    opening_hours: str
    holiday_region: str
    opening_week: int | None
    source_ref: str | None
    employer_archived: bool
    supervisors: Sequence[SupervisorLine] = ()
    openings: Sequence[OpeningLine] = ()
    more_openings: bool = False


_LINE = (
    Site.public_id,
    Site.name,
    Site.street,
    Site.postcode,
    Site.city,
    Site.address_complete,
    Employer.public_id.label("employer_public_id"),
    Employer.name.label("employer"),
)


def site_list(db: Session, actor: Actor, wanted: SiteFilter) -> Page[SiteLine]:
    """One page of live sites of live employers, in one statement."""
    ensure(actor, Permission.EMPLOYER_SEE)
    statement = _live(actor)
    if wanted.show == "incomplete":
        statement = statement.where(Site.address_complete.is_(False))
    if wanted.employer:
        statement = statement.where(Employer.public_id == wanted.employer)
    if wanted.q.strip():
        statement = statement.where(found_by(Site.sort_key, wanted.q))
    keys: list[Any] = [Site.id] if wanted.sort == "-new" else [Site.sort_key, Site.id]
    page = fetch_page(db, statement, keys, wanted.cursor, descending=wanted.sort.startswith("-"))
    return Page([SiteLine(*row[: len(_LINE)]) for row in page.rows], page.next, page.previous)


def site_lines(db: Session, actor: Actor, condition: ColumnElement[bool], limit: int) -> list[SiteLine]:
    """The first live sites for which ``condition`` holds, by name."""
    statement = select(*_LINE).join(Employer, Employer.id == Site.employer_id)
    rows = db.execute(
        statement.where(in_program(actor, Site.program_id), Site.archived_at.is_(None), condition)
        .order_by(Site.sort_key, Site.id)
        .limit(limit)
    )
    return [SiteLine(*row) for row in rows]


def site_page(db: Session, actor: Actor, public_id: str) -> SitePage:
    """A site with its supervisors and openings, three statements. Raises NotFound, Forbidden."""
    key, page = _site(db, actor, public_id)
    openings = opening_lines(db, actor, Site.id == key, SHOWN + 1)
    return replace(
        page,
        supervisors=_supervisors(db, key),
        openings=openings[:SHOWN],
        more_openings=len(openings) > SHOWN,
    )


def site_alone(db: Session, actor: Actor, public_id: str) -> SitePage:
    """A site for its forms. Raises NotFound, Forbidden."""
    return _site(db, actor, public_id)[1]


def _live(actor: Actor) -> Any:
    return (
        select(*_LINE)
        .join(Employer, Employer.id == Site.employer_id)
        .where(in_program(actor, Site.program_id), Site.archived_at.is_(None), Employer.archived_at.is_(None))
    )


def _site(db: Session, actor: Actor, public_id: str) -> tuple[int, SitePage]:
    row = db.execute(
        select(
            *_LINE,
            Site.version,
            Site.zone,
            Site.lat,
            Site.lon,
            Site.phone,
            Site.opening_hours,
            Site.holiday_region,
            Site.opening_week,
            Site.source_ref,
            Employer.archived_at,
            Site.id,
            Site.program_id,
        )
        .join(Employer, Employer.id == Site.employer_id)
        .where(Site.public_id == public_id, in_program(actor, Site.program_id))
    ).one_or_none()
    if row is None:
        raise NotFound
    ensure(actor, Permission.EMPLOYER_SEE, Facts(row.program_id))
    values: list[Any] = [*row[:17], row.archived_at is not None]
    return row.id, SitePage(SiteLine(*values[:8]), *values[8:])


def _supervisors(db: Session, site_id: int) -> list[SupervisorLine]:
    rows = db.execute(
        select(
            Rater.public_id,
            Rater.name,
            SiteSupervisor.first_day,
            SiteSupervisor.last_day,
            Rater.account_id.is_not(None),
        )
        .join(SiteSupervisor, SiteSupervisor.rater_id == Rater.id)
        .where(SiteSupervisor.site_id == site_id)
        .order_by(SiteSupervisor.last_day.is_not(None), Rater.name, Rater.id)
    )
    return [SupervisorLine(*row) for row in rows]
