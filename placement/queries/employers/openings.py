"""Openings as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from placement.domain.openings import OpeningState
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries.employers.conditions import found_by, takes_people
from placement.queries.pages import SIZE, Page, fetch_page
from placement.queries.scope import in_program

SORTS = ("role", "-role", "day", "-day", "free", "-free")
SHOWS = ("", "places", "open", "on_hold", "closed", "archived")
PERIODS = ("", "running", "coming", "over")


@dataclass(frozen=True, slots=True)
class OpeningLine:
    public_id: str
    role: str
    state: OpeningState
    capacity: int
    filled: int
    first_day: date
    last_day: date | None
    site_public_id: str
    site: str
    city: str
    employer_public_id: str
    employer: str

    @property
    def free(self) -> int:
        return self.capacity - self.filled


@dataclass(frozen=True, slots=True)
class OpeningFilter:
    """``show``: one of SHOWS, "" for all that are not archived; ``period``: one of PERIODS; ``sort``: one of SORTS.

    ``employer`` is a public id.
    """

    q: str = ""
    show: str = ""
    period: str = ""
    employer: str = ""
    sort: str = "role"
    cursor: str | None = None


_LINE = (
    Opening.public_id,
    Opening.role,
    Opening.state,
    Opening.capacity,
    Opening.filled,
    Opening.first_day,
    Opening.last_day,
    Site.public_id.label("site_public_id"),
    Site.name.label("site"),
    Site.city,
    Employer.public_id.label("employer_public_id"),
    Employer.name.label("employer"),
)


def opening_list(db: Session, actor: Actor, wanted: OpeningFilter, today: date, size: int = SIZE) -> Page[OpeningLine]:
    """One page of openings, in one statement."""
    ensure(actor, Permission.EMPLOYER_SEE)
    statement = _all(actor).where(_shown(wanted.show, today), *_period(wanted.period, today))
    if wanted.employer:
        statement = statement.where(Employer.public_id == wanted.employer)
    if wanted.q.strip():
        statement = statement.where(found_by(Opening.sort_key, wanted.q))
    page = fetch_page(
        db, statement, _keys(wanted.sort), wanted.cursor, descending=wanted.sort.startswith("-"), size=size
    )  # fmt: skip
    return Page([OpeningLine(*row[: len(_LINE)]) for row in page.rows], page.next, page.previous)


def opening_lines(db: Session, actor: Actor, condition: ColumnElement[bool], limit: int) -> list[OpeningLine]:
    """The first live openings for which ``condition`` holds, by role."""
    statement = _all(actor).where(Opening.archived_at.is_(None), condition)
    return [OpeningLine(*row) for row in db.execute(statement.order_by(Opening.sort_key, Opening.id).limit(limit))]


def _all(actor: Actor) -> Any:
    return (
        select(*_LINE)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(in_program(actor, Opening.program_id))
    )


def _shown(show: str, today: date) -> ColumnElement[bool]:
    if show == "archived":
        return Opening.archived_at.is_not(None)
    if show == "places":
        return takes_people(today)
    live = Opening.archived_at.is_(None)
    return and_(live, Opening.state == OpeningState(show)) if show in tuple(OpeningState) else live


def _period(period: str, today: date) -> tuple[ColumnElement[bool], ...]:
    if period == "running":
        return Opening.first_day <= today, or_(Opening.last_day.is_(None), Opening.last_day >= today)
    if period == "coming":
        return (Opening.first_day > today,)
    if period == "over":
        return (Opening.last_day < today,)
    return ()


def _keys(sort: str) -> list[Any]:
    name = sort.removeprefix("-")
    if name == "day":
        return [Opening.first_day, Opening.id]
    if name == "free":
        return [Opening.capacity - Opening.filled, Opening.id]
    return [Opening.sort_key, Opening.id]
