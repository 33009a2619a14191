"""Open suggestions brought in line with what was seen. Nothing here touches a profile."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.proposals import Decision
from placement.domain.words import Say
from placement.models.matching.suggestion import ProfileSuggestion
from placement.usecases.transaction import Work

#: (participant or opening, trait).
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to suggest; ``before`` None: not known."""

    before: int | None
    level: int
    evidence: Say


@dataclass(frozen=True, slots=True)
class Written:
    """How many suggestions came, changed and went."""

    added: int = 0
    renewed: int = 0
    withdrawn: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(
            self.added + other.added, self.renewed + other.renewed, self.withdrawn + other.withdrawn
        )  # fmt: skip


def write_suggestions(
    session: Session, work: Work, program: int, owner: str, ids: Collection[int], wanted: Mapping[Key, Wanted]
) -> Written:
    """Make ``wanted`` all that is open about these participants or openings (``owner``: the column's name)."""
    column: Any = getattr(ProfileSuggestion, owner)
    rows = session.scalars(
        select(ProfileSuggestion)
        .where(column.in_(sorted(ids)), ProfileSuggestion.decision == Decision.OPEN)
        .order_by(ProfileSuggestion.id)
        .with_for_update()
    )
    opened = {(getattr(row, owner), row.trait_id): row for row in rows}
    renewed = withdrawn = 0
    for key, row in opened.items():
        if key in wanted:
            renewed += _renew(row, wanted[key])
        else:
            session.delete(row)
            withdrawn += 1
    new = [key for key in wanted if key not in opened]
    session.flush()
    session.add_all(
        ProfileSuggestion(
            program_id=program,
            **{owner: key[0]},
            trait_id=key[1],
            from_level=wanted[key].before,
            to_level=wanted[key].level,
            evidence=wanted[key].evidence.to_json(),
            created_at=work.clock(),
        )
        for key in sorted(new)
    )
    session.flush()
    return Written(len(new), renewed, withdrawn)


def _renew(row: ProfileSuggestion, wanted: Wanted) -> bool:
    """The newest evidence; another level is a new question, also to whoever put off the old one."""
    other = (row.from_level, row.to_level) != (wanted.before, wanted.level)
    if other:
        row.from_level, row.to_level = wanted.before, wanted.level
        row.decided_at = row.decided_by_id = None
    evidence = wanted.evidence.to_json()
    if row.evidence == evidence:
        return other
    row.evidence = evidence
    return True
