"""Placements as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from placement.domain.openings import shop_name
from placement.domain.placement_moves import is_final
from placement.domain.placements import Answer, PlacementKind, PlacementState, occupies
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.employers.conditions import found_by
from placement.queries.pages import SIZE, Page, fetch_page

SORTS = ("name", "-name", "start", "-start", "end", "-end")
#: Filters beside the single states: everything that goes on, what waits for the participant, what is over.
SHOWS = ("", "waiting", "over", *(state.value for state in PlacementState))
ENDING = timedelta(days=14)
_GOING_ON = [state for state in PlacementState if occupies(state)]
_OVER = [state for state in PlacementState if is_final(state)]
_RUNNING = (PlacementState.ACTIVE, PlacementState.PAUSED)


@dataclass(frozen=True, slots=True)
class PlacementLine:
    public_id: str
    state: PlacementState
    kind: PlacementKind
    answer: Answer | None
    ask_again_on: date | None
    first_day: date
    last_day: date | None
    preferred_name: str
    family_name: str
    role: str
    employer: str
    site: str

    @property
    def shop(self) -> str:
        return shop_name(self.employer, self.site)

    @property
    def person(self) -> str:
        return f"{self.preferred_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class PlacementFilter:
    """``show``: one of SHOWS, "" for everything that goes on; ``mine``: the actor's people; ``ending``: soon over."""

    q: str = ""
    show: str = ""
    mine: bool = False
    ending: bool = False
    sort: str = "name"
    cursor: str | None = None


_LINE = (
    Placement.public_id,
    Placement.state,
    Placement.kind,
    Placement.answer,
    Placement.ask_again_on,
    Placement.first_day,
    Placement.last_day,
    Participant.preferred_name,
    Participant.family_name,
    Opening.role,
    Employer.name,
    Site.name.label("site"),
)


def placement_list(
    db: Session, actor: Actor, wanted: PlacementFilter, today: date, size: int = SIZE
) -> Page[PlacementLine]:
    """One page of the placements this actor may see, in one statement."""
    ensure(actor, Permission.PLACEMENT_LIST)
    statement = _all().where(scope.placements(actor), _shown(wanted.show))
    if wanted.q.strip():
        statement = statement.where(found_by(Participant.sort_key, wanted.q))
    if wanted.mine:
        statement = statement.where(Placement.participant_id.in_(sorted(actor.caseload)))
    if wanted.ending:
        statement = statement.where(
            Placement.state.in_(_RUNNING), Placement.last_day >= today, Placement.last_day <= today + ENDING
        )
    keys = _keys(wanted.sort)
    if wanted.sort.lstrip("-") == "end":
        statement = statement.where(Placement.last_day.is_not(None))
    page = fetch_page(db, statement, keys, wanted.cursor, descending=wanted.sort.startswith("-"), size=size)
    return Page([PlacementLine(*row[: len(_LINE)]) for row in page.rows], page.next, page.previous)


def own_placements(db: Session, actor: Actor) -> list[PlacementLine]:
    """The participant's own placements, the latest first."""
    ensure(actor, Permission.PLACEMENT_ANSWER)
    statement = _all().where(scope.placements(actor), Placement.participant_id == actor.participant_id)
    ordered = statement.order_by(Placement.first_day.desc(), Placement.id.desc()).limit(50)
    return [PlacementLine(*row) for row in db.execute(ordered)]


def _all() -> Any:
    return (
        select(*_LINE)
        .join(Participant, Participant.id == Placement.participant_id)
        .join(Opening, Opening.id == Placement.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
    )


def _shown(show: str) -> ColumnElement[bool]:
    if show == "waiting":
        return Placement.state == PlacementState.PROPOSED
    if show == "over":
        return Placement.state.in_(_OVER)
    if show in tuple(PlacementState):
        return Placement.state == PlacementState(show)
    return Placement.state.in_(_GOING_ON)


def _keys(sort: str) -> list[Any]:
    name = sort.removeprefix("-")
    if name == "start":
        return [Placement.first_day, Placement.id]
    if name == "end":
        return [Placement.last_day, Placement.id]
    return [Participant.sort_key, Placement.id]
