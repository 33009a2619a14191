"""Two runs beside each other: their figures, and everybody for whom something changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.matching.run import Proposal
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.matching.others import NamedOpening
from placement.queries.matching.runs import RunHead, run_head

SORTS = ("name", "-name", "gain", "-gain", "change", "-change")


class Change(StrEnum):
    """What became of somebody from the first run to the second."""

    LOST = "lost"
    GAINED = "gained"
    MOVED = "moved"
    #: Not asked about in the other run.
    ONLY_FIRST = "only_first"
    ONLY_SECOND = "only_second"


@dataclass(frozen=True, slots=True)
class Figures:
    """``mean_fit`` in basis points, over those placed; ``worst_fit`` counts pairs kept by hand, too."""

    run: RunHead
    people: int
    placed: int
    total_fit: int
    mean_fit: float | None
    worst_fit: int | None
    mean_km: float | None


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """``gain``: fit in the second run less that in the first, no place counting as 0."""

    public_id: str
    person: str
    sort_key: str
    change: Change
    before: NamedOpening | None
    before_fit: int | None
    after: NamedOpening | None
    after_fit: int | None

    @property
    def gain(self) -> int:
        return (self.after_fit or 0) - (self.before_fit or 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``same``: how many people are in both runs and have the same place, or none, in both."""

    first: Figures
    second: Figures
    changed: tuple[ChangedPerson, ...]
    same: int


def compare_runs(db: Session, actor: Actor, first: str, second: str, sort: str = SORTS[0]) -> Comparison:
    """In four statements. Raises NotFound if one of the runs is absent or foreign."""
    heads = run_head(db, actor, first), run_head(db, actor, second)
    a, b = ({row.person: row for row in db.execute(_rows(actor, head))} for head in heads)
    people = list(dict.fromkeys([*a, *b]))
    changed = [one for one in (_changed(a.get(person), b.get(person)) for person in people) if one is not None]
    return Comparison(
        _figures(heads[0], a.values()),
        _figures(heads[1], b.values()),
        tuple(sorted(changed, key=_order(sort), reverse=sort.startswith("-"))),
        len(people) - len(changed),
    )


def _rows(actor: Actor, run: RunHead) -> Any:
    return (
        select(
            *(Participant.public_id.label("person"), Participant.preferred_name, Participant.family_name),
            *(Participant.sort_key, Proposal.fit, Proposal.km),
            *(Opening.public_id.label("opening"), Opening.role, Employer.name.label("employer")),
            Site.name.label("site"),
        )
        .join(Participant, Participant.id == Proposal.participant_id)
        .outerjoin(Opening, Opening.id == Proposal.opening_id)
        .outerjoin(Site, Site.id == Opening.site_id)
        .outerjoin(Employer, Employer.id == Site.employer_id)
        .where(Proposal.run_id == run.id, scope.participants(actor))
    )


def _figures(run: RunHead, rows: Iterable[Any]) -> Figures:
    every = list(rows)
    fits = [row.fit for row in every if row.opening is not None]
    km = [row.km for row in every if row.km is not None]
    return Figures(
        run,
        len(every),
        len(fits),
        sum(fits),
        sum(fits) / len(fits) if fits else None,
        min(fits, default=None),
        sum(km) / len(km) if km else None,
    )


def _changed(a: Any, b: Any) -> ChangedPerson | None:
    change = _change(a, b)
    if change is None:
        return None
    row = b if b is not None else a
    return ChangedPerson(
        row.person,
        f"{row.preferred_name} {row.family_name}".strip(),
        row.sort_key,
        change,
        *_place(a),
        *_place(b),
    )


def _change(a: Any, b: Any) -> Change | None:
    if b is None:
        return Change.ONLY_FIRST
    if a is None:
        return Change.ONLY_SECOND
    if a.opening == b.opening:
        return None
    if b.opening is None:
        return Change.LOST
    return Change.GAINED if a.opening is None else Change.MOVED


def _place(row: Any) -> tuple[NamedOpening | None, int | None]:
    if row is None or row.opening is None:
        return None, None
    return NamedOpening(row.opening, row.role, row.employer, row.site), row.fit


def _order(sort: str) -> Callable[[ChangedPerson], tuple[Any, ...]]:
    rank: Mapping[Change, int] = {change: at for at, change in enumerate(Change)}
    if sort.removeprefix("-") == "gain":
        return lambda one: (one.gain, one.sort_key, one.public_id)
    if sort.removeprefix("-") == "change":
        return lambda one: (rank[one.change], one.sort_key, one.public_id)
    return lambda one: (one.sort_key, one.public_id)
