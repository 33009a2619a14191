"""The other openings of one person in a run, with names: what each costs the group, or what stands against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from placement.domain.matching.against import Against, against
from placement.domain.matching.choices import Choice, Standing, choices, open_to
from placement.domain.matching.costs import cost_words
from placement.domain.matching.remedies import named, sensible_help
from placement.domain.openings import place_name, shop_name
from placement.domain.words import Say, Wording
from placement.queries.matching.runs import RunHead
from placement.queries.matching.solved import Placed, Solved, is_held, standing

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NamedOpening:
    public_id: str
    role: str
    employer: str
    site: str

    @property
    def place(self) -> str:
        """The opening, so that no other branch is meant."""
        return place_name(self.role, self.employer, self.site)

    @property
    def shop(self) -> str:
        return shop_name(self.employer, self.site)


@dataclass(frozen=True, slots=True)
class NamedMove:
    """Somebody whose opening would change; None is no place."""

    public_id: str
    person: str
    before: NamedOpening | None
    after: NamedOpening | None


@dataclass(frozen=True, slots=True)
class NamedChoice:
    """Another opening the person could have. ``moves``: the others who would move."""

    opening: NamedOpening
    fit: int
    cost: tuple[Say, ...]
    moves: tuple[NamedMove, ...]


@dataclass(frozen=True, slots=True)
class NamedAgainst:
    """An opening that fails a rule; see :class:`Against`. ``help``: what would make it fit."""

    opening: NamedOpening
    against: Against
    help: tuple[Say, ...] = ()


@dataclass(frozen=True, slots=True)
class Others:
    """The other openings of one person.

    ``choices`` None: too many to work out what each would cost. ``settled`` False: something was taken out since,
    and costs are told against what running again would give. ``more``: whether there are more than shown.
    """

    choices: tuple[NamedChoice, ...] | None
    settled: bool
    against: tuple[NamedAgainst, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class ByHand:
    """What was said by hand about a run's pairs: pair → reason; and what the person looked at has said no to."""

    bans: dict[Pair, str]
    forces: dict[Pair, str]
    said_no: set[str]


def others_of(
    head: RunHead,
    what: Solved,
    rows: Mapping[str, Any],
    by_hand: ByHand,
    names: Mapping[str | None, NamedOpening],
    things: Mapping[str, Wording],
    person: str,
    k: int,
) -> Others:
    """The first ``k`` of either kind; ``things``: names of accommodations by public id."""
    placed = [Placed(row.person, row.opening, is_held(row.mark)) for row in rows.values()]
    stands = standing(head.public_id, head.version, what, placed, by_hand.bans)
    shown = [
        _helped(what, things, person, one) for one in _against(what, rows[person], by_hand, names, stands)[: k + 1]
    ]
    if stands is None:
        return Others(None, True, tuple(shown[:k]), len(shown) > k)
    found = choices(stands, what.person[person], k + 1) if person in what.person else ()
    named = None if found is None else [_named(stands, one, names, rows) for one in found]
    kept = None if named is None else [one for one in named if one is not None]
    more = len(shown) > k or (kept is not None and len(kept) > k)
    return Others(None if kept is None else tuple(kept[:k]), stands.settled, tuple(shown[:k]), more)


def _against(
    what: Solved, row: Any, by_hand: ByHand, names: Mapping[str | None, NamedOpening], stands: Standing | None
) -> list[NamedAgainst]:
    if row.person not in what.person:
        # Asked to wait: no part of the question.
        return []
    taken = {opening for person, opening in by_hand.bans if person == row.person}
    full: set[str] = set()
    if stands is not None:
        mine = what.person[row.person]
        may = {stands.features.openings[at] for at in stands.asked.j[stands.asked.i == mine].tolist()}
        full = may - {stands.features.openings[at] for at in open_to(stands, mine)[0].tolist()}
    found = against(what.problem, row.person, taken, by_hand.said_no, full, nearest=row.opening is None)
    return [
        NamedAgainst(names[one.opening], one) for one in found if one.opening in names and one.opening != row.opening
    ]


def _helped(what: Solved, things: Mapping[str, Wording], person: str, one: NamedAgainst) -> NamedAgainst:
    if not one.against.changeable:
        return one
    found = sensible_help(what.problem, person, one.opening.public_id)
    return replace(one, help=tuple(named(remedy, things) for remedy in found))


def _named(
    stands: Standing, choice: Choice, names: Mapping[str | None, NamedOpening], rows: Mapping[str, Any]
) -> NamedChoice | None:
    f = stands.features
    opening = names.get(f.openings[choice.opening])
    if opening is None:
        return None
    moves = []
    for move in choice.moves[1:]:
        row = rows.get(f.people[move.person])
        if row is not None:
            before, after = (names.get(f.openings[at]) if at >= 0 else None for at in (move.before, move.after))
            moves.append(NamedMove(row.person, f"{row.preferred_name} {row.family_name}".strip(), before, after))
    return NamedChoice(opening, choice.fit, cost_words(choice.cost), tuple(moves))
