"""Employers: the list, and one with its sites and openings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.employers.conditions import found_by, takes_people
from placement.queries.employers.openings import OpeningLine, opening_lines
from placement.queries.employers.sites import SiteLine, site_lines
from placement.queries.pages import SIZE, Page, fetch_page
from placement.queries.scope import in_program

#: How many sites and openings an employer's own page shows; their lists hold the rest.
SHOWN = 12
SORTS = ("name", "-name", "-new")


@dataclass(frozen=True, slots=True)
class EmployerLine:
    public_id: str
    name: str
    contact_name: str
    phone: str
    sites: int
    open_places: int


@dataclass(frozen=True, slots=True)
class EmployerFilter:
    """``show``: "" for live ones, "open" with open places, "archived". ``sort``: one of SORTS."""

    q: str = ""
    show: str = ""
    sort: str = "name"
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class EmployerPage:
    """``more_sites`` and ``more_openings``: there are more than are shown here."""

    public_id: str
    name: str
    contact_name: str
    email: str
    phone: str
    note: str
    version: int
    archived: bool
    sites: Sequence[SiteLine] = ()
    more_sites: bool = False
    openings: Sequence[OpeningLine] = ()
    more_openings: bool = False


def employer_list(
    db: Session, actor: Actor, wanted: EmployerFilter, today: date, size: int = SIZE
) -> Page[EmployerLine]:
    """One page of employers, in one statement."""
    ensure(actor, Permission.EMPLOYER_SEE)
    statement: Any = select(
        Employer.public_id,
        Employer.name,
        Employer.contact_name,
        Employer.phone,
        _site_count(),
        func.coalesce(_open_places(today), 0),
    ).where(in_program(actor, Employer.program_id))
    archived = wanted.show == "archived"
    statement = statement.where(Employer.archived_at.is_not(None) if archived else Employer.archived_at.is_(None))
    if wanted.show == "open":
        statement = statement.where(Employer.id.in_(_with_open_places(actor, today)))
    if wanted.q.strip():
        statement = statement.where(found_by(Employer.sort_key, wanted.q))
    keys: list[Any] = [Employer.id] if wanted.sort == "-new" else [Employer.sort_key, Employer.id]
    page = fetch_page(db, statement, keys, wanted.cursor, descending=wanted.sort.startswith("-"), size=size)
    rows: list[Any] = page.rows
    return Page([EmployerLine(*row[:6]) for row in rows], page.next, page.previous)


def employer_page(db: Session, actor: Actor, public_id: str) -> EmployerPage:
    """An employer with its first sites and openings, three statements. Raises NotFound, Forbidden."""
    key, found = _employer(db, actor, public_id)
    sites = site_lines(db, actor, Site.employer_id == key, SHOWN + 1)
    openings = opening_lines(db, actor, Site.employer_id == key, SHOWN + 1)
    return replace(
        found,
        sites=sites[:SHOWN],
        more_sites=len(sites) > SHOWN,
        openings=openings[:SHOWN],
        more_openings=len(openings) > SHOWN,
    )


def employer_alone(db: Session, actor: Actor, public_id: str) -> EmployerPage:
    """An employer for its forms, without sites and openings. Raises NotFound, Forbidden."""
    return _employer(db, actor, public_id)[1]


def _employer(db: Session, actor: Actor, public_id: str) -> tuple[int, EmployerPage]:
    row = db.execute(
        select(
            Employer.id,
            Employer.program_id,
            Employer.public_id,
            Employer.name,
            Employer.contact_name,
            Employer.email,
            Employer.phone,
            Employer.note,
            Employer.version,
            Employer.archived_at,
        ).where(Employer.public_id == public_id, in_program(actor, Employer.program_id))
    ).one_or_none()
    if row is None:
        raise NotFound
    ensure(actor, Permission.EMPLOYER_SEE, Facts(row.program_id))
    values: list[Any] = [*row[2:9], row.archived_at is not None]
    return row.id, EmployerPage(*values)


def _site_count() -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(Site)
        .where(Site.employer_id == Employer.id, Site.archived_at.is_(None))
        .scalar_subquery()
    )


def _open_places(today: date) -> ScalarSelect[int]:
    return (
        select(func.sum(Opening.capacity - Opening.filled))
        .join(Site, Site.id == Opening.site_id)
        .where(Site.employer_id == Employer.id, takes_people(today))
        .scalar_subquery()
    )


def _with_open_places(actor: Actor, today: date) -> ScalarSelect[int]:
    return (
        select(Site.employer_id)
        .join(Opening, Opening.site_id == Site.id)
        .where(in_program(actor, Opening.program_id), takes_people(today))
        .scalar_subquery()
    )
