"""Matching as it is now, without a run: which openings fit somebody, and who fits an opening.

The same scoring as a run's, over what the tables hold at this moment: six statements for one pair or a thousand.
Nobody is hidden: who has a place already, or asked to wait, is marked as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.matching.options import options, people_for
from placement.domain.matching.parts import fit_parts
from placement.domain.matching.problem import Problem, Settings
from placement.domain.matching.remedies import named, sensible_help
from placement.domain.matching.result import Parts
from placement.domain.placements import Answer, occupies
from placement.domain.words import Say, Wording, say
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Accommodation
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.matching import live_parties as parties
from placement.queries.matching.links import links_of_openings, links_of_people
from placement.queries.matching.live_marks import marks_of

#: Key of the other side, fit, what stands against it.
Ranked = tuple[str, int | None, Say | None]
#: Pairs on one page.
SHOWN = 20
SAID_NO = say("They said no to this place. Nobody asks why.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look at: a search, only people who wait, how factors count, and which page of the answer."""

    settings: Settings
    q: str = ""
    waiting: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class LiveLine:
    """One pair, named by its other side. ``fit`` in basis points, or what stands against it and what would help.

    ``free``: places, for openings; ``here``: this person has a placement at this opening; ``marks``: what else goes
    on.
    """

    public_id: str
    name: str
    under: str
    fit: int | None
    parts: Parts | None
    refusal: Say | None
    help: tuple[Say, ...]
    marks: tuple[Say, ...]
    free: int
    here: bool


@dataclass(frozen=True, slots=True)
class LiveList:
    """One page of the answer, what fits first, best first; ``fitting`` of ``total`` pass. ``marks``: of the subject."""

    public_id: str
    name: str
    under: str
    participant_id: int | None
    free: int
    marks: tuple[Say, ...]
    lines: tuple[LiveLine, ...]
    fitting: int
    total: int
    page: int

    @property
    def more(self) -> bool:
        return (self.page + 1) * SHOWN < self.total


def openings_for(db: Session, actor: Actor, participant: str, asked: Asked, today: date) -> LiveList:
    """Every opening for one person. Raises NotFound if absent or foreign."""
    ensure(actor, Permission.MATCHING_RUN)
    who: Any = db.execute(
        select(*parties.PERSON).where(
            Participant.public_id == participant, Participant.archived_at.is_(None), scope.participants(actor)
        )
    ).first()
    if who is None:
        raise NotFound
    wanted = parties.openings_of(actor, asked.q, today)
    every = parties.opening_rows(*parties.OPENING)
    rows: dict[str, Any] = {
        row.public_id: row
        for row in db.execute(parties.with_minutes(every, literal(who.id), Opening.site_id).where(wanted))
    }
    ids = parties.opening_rows(Opening.id).where(wanted)
    problem = _one_person(db, who, rows, ids, asked)
    said = db.execute(parties.said_and_placed(actor, [who.id], None, today)).all()
    found = [(one.opening, one.fit, one.refusal) for one in options(problem, participant)]
    ranked = _set_aside(found, {row.opening for row in said if row.answer is Answer.NO})
    here = {row.opening for row in said if occupies(row.state)}
    lines = [
        LiveLine(key, rows[key].role, _shop(rows[key]), fit, None, refusal, (), (), rows[key].places, key in here)
        for key, fit, refusal in _page(ranked, asked)
    ]
    pairs = [(participant, line.public_id) for line in lines]
    return LiveList(
        participant, _name(who), "", who.id, 0, marks_of(who.status, said, today),
        _explained(problem, lines, pairs, _things(db, actor)), _fitting(ranked), len(ranked), asked.page,
    )  # fmt: skip


def people_for_opening(db: Session, actor: Actor, opening: str, asked: Asked, today: date) -> LiveList:
    """Everybody for one opening, as if a place were free. Raises NotFound if absent or foreign."""
    ensure(actor, Permission.MATCHING_RUN)
    place: Any = db.execute(
        parties.opening_rows(*parties.OPENING).where(
            Opening.public_id == opening, Opening.archived_at.is_(None), scope.in_program(actor, Opening.program_id)
        )
    ).first()
    if place is None:
        raise NotFound
    wanted = parties.people_of(actor, asked.q, asked.waiting)
    everybody = parties.with_minutes(select(*parties.PERSON), Participant.id, literal(place.site_id)).where(wanted)
    rows: dict[str, Any] = {row.public_id: row for row in db.execute(everybody)}
    ids = select(Participant.id).where(wanted)
    problem = _one_opening(db, place, rows, ids, asked)
    said: dict[int, list[Any]] = defaultdict(list)
    for row in db.execute(parties.said_and_placed(actor, ids, place.id, today)):
        said[row.participant_id].append(row)
    found = [(one.person, one.fit, one.refusal) for one in people_for(problem, opening)]
    no = {key for key, row in rows.items() if any(_said_no(one, place.id) for one in said[row.id])}
    ranked = _set_aside(found, no)
    lines = [
        LiveLine(
            key, _name(rows[key]), "", fit, None, refusal, (), marks_of(rows[key].status, said[rows[key].id], today), 0,
            any(one.opening_id == place.id and occupies(one.state) for one in said[rows[key].id]),
        )
        for key, fit, refusal in _page(ranked, asked)
    ]  # fmt: skip
    pairs = [(line.public_id, opening) for line in lines]
    return LiveList(
        opening, place.role, _shop(place), None, max(place.places, 0), (),
        _explained(problem, lines, pairs, _things(db, actor)), _fitting(ranked), len(ranked), asked.page,
    )  # fmt: skip


def _one_person(db: Session, who: Any, rows: dict[str, Any], ids: Any, asked: Asked) -> Problem:
    linked = links_of_openings(db, ids)
    openings = [parties.opening(row, linked, max(row.places, 0)) for row in rows.values()]
    traits = parties.traits_of(openings)
    mine = links_of_people(db, [who.id], ids, sorted({row.employer_id for row in rows.values()}))
    minutes = {key: float(row.minutes) for key, row in rows.items() if row.minutes is not None}
    person = parties.person(who, mine, traits, minutes)
    return Problem((person,), tuple(openings), tuple(sorted(traits)), asked.settings)


def _one_opening(db: Session, place: Any, rows: dict[str, Any], ids: Any, asked: Asked) -> Problem:
    opening = parties.opening(place, links_of_openings(db, [place.id]), max(place.places, 1))
    traits = set(opening.requirements)
    linked = links_of_people(db, ids, [place.id], [place.employer_id])
    people = [
        parties.person(row, linked, traits, {} if row.minutes is None else {opening.key: float(row.minutes)})
        for row in rows.values()
    ]
    return Problem(tuple(people), (opening,), tuple(sorted(traits)), asked.settings)


def _set_aside(found: Iterable[Ranked], declined: set[str]) -> list[Ranked]:
    """A pair somebody has said no to stands among those that cannot be; its fit is not lowered, just not offered."""
    kept = [(key, None if key in declined else fit, SAID_NO if key in declined else why) for key, fit, why in found]
    return sorted(kept, key=lambda one: one[1] is None)


def _page(ranked: Sequence[Ranked], asked: Asked) -> Sequence[Ranked]:
    return ranked[asked.page * SHOWN : (asked.page + 1) * SHOWN]


def _fitting(ranked: Iterable[Ranked]) -> int:
    return sum(fit is not None for _key, fit, _why in ranked)


def _explained(
    problem: Problem, lines: Sequence[LiveLine], pairs: Sequence[tuple[str, str]], names: Mapping[str, Wording]
) -> tuple[LiveLine, ...]:
    """The lines with the parts of their fit, or with what would help: only what is shown is worked out."""
    parts = fit_parts(problem, pairs)
    return tuple(
        replace(line, parts=points)
        if line.fit is not None
        else replace(line, help=() if line.refusal is SAID_NO else _help(problem, names, *pair))
        for line, points, pair in zip(lines, parts, pairs, strict=True)
    )


def _help(problem: Problem, names: Mapping[str, Wording], person: str, opening: str) -> tuple[Say, ...]:
    return tuple(named(remedy, names) for remedy in sensible_help(problem, person, opening))


def _things(db: Session, actor: Actor) -> dict[str, Wording]:
    """Names of accommodations, by the key that links have."""
    rows = db.execute(
        select(Accommodation.id, Accommodation.name).where(scope.in_program(actor, Accommodation.program_id))
    )
    return {str(key): name for key, name in rows}


def _said_no(row: Any, opening_id: int) -> bool:
    return row.answer is Answer.NO and bool(row.opening_id == opening_id)


def _name(row: Any) -> str:
    return f"{row.preferred_name} {row.family_name}".strip()


def _shop(row: Any) -> str:
    return ", ".join(part for part in (row.employer_name, row.site, row.city) if part)
