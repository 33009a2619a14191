"""The list of participants: search, filters, two orders, pages by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, exists, or_, select, type_coerce
from sqlalchemy.orm import Session

from placement.domain.participants import ParticipantStatus
from placement.domain.placements import PlacementState, occupies
from placement.domain.profiles import full_name
from placement.domain.text import fold
from placement.models.accounts.account import Account, Assignment
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.queries.pages import SIZE, Page, fetch_page, starts_with
from placement.queries.scope import participants

OCCUPYING = [state for state in PlacementState if occupies(state)]
SORTS = ("name", "-name", "status", "-status")


@dataclass(frozen=True, slots=True)
class ParticipantFilter:
    """What to show. ``whose``: "", "mine" or "covering"; ``placed``: "", "yes" or "no"; ``sort``: one of ``SORTS``."""

    search: str = ""
    status: ParticipantStatus | None = None
    whose: str = ""
    placed: str = ""
    archived: bool = False
    sort: str = "name"


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A placement that occupies a place."""

    public_id: str
    role: str
    site: str
    employer: str
    state: PlacementState


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """``staff``: who looks after this person today, with whether they stand in."""

    id: int
    public_id: str
    name: str
    status: ParticipantStatus
    mine: bool
    covering: bool
    places: tuple[PlaceLine, ...] = ()
    staff: tuple[tuple[str, bool], ...] = ()


def participants_page(
    db: Session, actor: Actor, wanted: ParticipantFilter, today: date, cursor: str | None = None, size: int = SIZE
) -> Page[ParticipantRow]:
    """One page, in three statements."""
    statement: Any = select(
        Participant.id,
        Participant.public_id,
        Participant.preferred_name,
        Participant.family_name,
        Participant.status,
    ).where(participants(actor), *_conditions(actor, wanted))
    keys: list[Any] = [Participant.sort_key, Participant.id]
    if wanted.sort.removeprefix("-") == "status":
        keys.insert(0, type_coerce(Participant.status, String).label("standing"))
    page: Page[Any] = fetch_page(db, statement, keys, cursor, descending=wanted.sort.startswith("-"), size=size)
    rows = [
        ParticipantRow(key, public, full_name(first, last), status, key in actor.assigned, key in actor.covering)
        for key, public, first, last, status, *_keys in page.rows
    ]
    if not rows:
        return Page([], page.next, page.previous)
    people = [row.id for row in rows]
    places, staff = _places(db, people), _staff(db, people, today)
    filled = [replace(row, places=tuple(places[row.id]), staff=tuple(staff[row.id])) for row in rows]
    return Page(filled, page.next, page.previous)


def _conditions(actor: Actor, wanted: ParticipantFilter) -> list[ColumnElement[bool]]:
    archived = Participant.archived_at.is_not(None) if wanted.archived else Participant.archived_at.is_(None)
    conditions: list[ColumnElement[bool]] = [archived]
    folded = fold(wanted.search)
    if folded:
        key: Any = Participant.sort_key
        # The family name leads the key; people also look for the name they call somebody by.
        later = key.contains(" " + folded, autoescape=True)
        conditions.append(or_(starts_with(key, folded), later))
    if wanted.status is not None:
        conditions.append(Participant.status == wanted.status)
    if wanted.whose in ("mine", "covering"):
        people = actor.assigned if wanted.whose == "mine" else actor.covering
        conditions.append(Participant.id.in_(sorted(people)))
    if wanted.placed in ("yes", "no"):
        placed = exists().where(Placement.participant_id == Participant.id, Placement.state.in_(OCCUPYING))
        conditions.append(placed if wanted.placed == "yes" else ~placed)
    return conditions


def _places(db: Session, people: Iterable[int]) -> Mapping[int, list[PlaceLine]]:
    found: dict[int, list[PlaceLine]] = defaultdict(list)
    rows = db.execute(
        select(
            Placement.participant_id,
            Placement.public_id,
            Opening.role,
            Site.name,
            Employer.name,
            Placement.state,
        )
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(Placement.participant_id.in_(list(people)), Placement.state.in_(OCCUPYING))
        .order_by(Placement.first_day, Placement.id)
    )
    for key, public, role, site, employer, state in rows:
        found[key].append(PlaceLine(public, role, site, employer, state))
    return found


def _staff(db: Session, people: Iterable[int], today: date) -> Mapping[int, list[tuple[str, bool]]]:
    found: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    rows = db.execute(
        select(Assignment.participant_id, Account.name, Assignment.stands_in_for_id)
        .join(Account, Account.id == Assignment.account_id)
        .where(
            Assignment.participant_id.in_(list(people)),
            Assignment.first_day <= today,
            or_(Assignment.last_day.is_(None), Assignment.last_day >= today),
        )
        .order_by(Assignment.id)
    )
    for key, name, stands_in_for in rows:
        found[key].append((name, stands_in_for is not None))
    return found
