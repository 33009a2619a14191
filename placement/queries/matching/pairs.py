"""The pairs of a run: pages of them, who was left out, what was ruled out by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from placement.domain.matching.problem import WHOLE
from placement.domain.openings import place_name
from placement.domain.proposals import Mark
from placement.domain.text import fold
from placement.domain.words import Say
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchBan, MatchForce, Proposal
from placement.models.participants.participant import Participant
from placement.queries.matching.runs import RunHead, its_ban, its_force
from placement.queries.pages import Page, fetch_page, starts_with

#: Orders of a run's pairs; the first is shown unless another is asked for.
SORTS = ("-fit", "fit", "name", "-name", "weakest", "-weakest", "-contested", "contested")
#: What can be shown of a run alone.
SHOWS = ("kept", "out", "forced", "left", "below")
#: Pairs on one page of a run, and people left out shown beside them.
PAIRS = 100


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair. ``fit`` and ``parts`` in basis points; ``weakest``: the share its weakest factor earned, in basis points;
    ``contested``: how many others could have had the opening; ``km`` straight."""

    public_id: str
    person_public_id: str
    preferred_name: str
    family_name: str
    opening_public_id: str
    role: str
    employer: str
    site: str
    mark: Mark
    fit: int
    parts: dict[str, int]
    banned: bool
    ban_reason: str
    force_reason: str
    weakest: int | None
    contested: int | None
    km: float | None

    @property
    def place(self) -> str:
        """The opening, so that no other branch is meant."""
        return place_name(self.role, self.employer, self.site)

    @property
    def person(self) -> str:
        return f"{self.preferred_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    person_public_id: str
    person: str
    reason: Say | None


@dataclass(frozen=True, slots=True)
class BanLine:
    """A pair ruled out in this run that it did not form: kept from a former draft, or taken out on a person's page."""

    person_public_id: str
    person: str
    opening_public_id: str
    role: str
    employer: str
    site: str
    reason: str

    @property
    def place(self) -> str:
        """The opening, so that no other branch is meant."""
        return place_name(self.role, self.employer, self.site)


@dataclass(frozen=True, slots=True)
class PairFilter:
    """Which pairs, in which order: ``search`` a name's beginning, ``show`` one of ``SHOWS``, ``below`` basis points."""

    search: str = ""
    show: str = ""
    below: int | None = None
    sort: str = SORTS[0]


def run_pairs(db: Session, run: RunHead, wanted: PairFilter, cursor: str | None) -> Page[PairLine]:
    """One page of the run's pairs, in one statement."""
    keys: list[Any] = [_SORT_KEYS[wanted.sort.lstrip("-")], Proposal.id]
    statement = _pairs(run).where(*_conditions(wanted))
    page = fetch_page(db, statement, keys, cursor, descending=wanted.sort.startswith("-"), size=PAIRS)
    return Page([PairLine(*row[: len(_PAIR)]) for row in page.rows], page.next, page.previous)


def all_pairs(db: Session, run: RunHead, limit: int) -> list[PairLine]:
    """The run's pairs by name, taken out ones too."""
    return [PairLine(*row) for row in db.execute(_pairs(run).order_by(Participant.sort_key, Proposal.id).limit(limit))]


def _pairs(run: RunHead) -> Any:
    return (
        select(*_PAIR)
        .join(Participant, Participant.id == Proposal.participant_id)
        .join(Opening, Opening.id == Proposal.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(MatchBan, its_ban())
        .outerjoin(MatchForce, its_force())
        .where(Proposal.run_id == run.id)
    )


_PAIR: tuple[Any, ...] = (
    *(Proposal.public_id, Participant.public_id.label("person"), Participant.preferred_name),
    *(Participant.family_name, Opening.public_id.label("opening"), Opening.role, Employer.name.label("employer")),
    *(Site.name.label("site"), Proposal.mark, Proposal.fit, Proposal.parts, MatchBan.run_id.is_not(None)),
    *(func.coalesce(MatchBan.reason, ""), func.coalesce(MatchForce.reason, "")),
    *(Proposal.weakest, Proposal.contested, Proposal.km),
)
#: Within one run, so bounded by its size; older runs know neither the weakest factor nor who contests.
_SORT_KEYS: dict[str, Any] = {
    "fit": Proposal.fit,
    "name": Participant.sort_key,
    "weakest": func.coalesce(Proposal.weakest, WHOLE),
    "contested": func.coalesce(Proposal.contested, 0),
}


def _conditions(wanted: PairFilter) -> list[ColumnElement[bool]]:
    found = _named(wanted.search)
    if wanted.show == "kept":
        found.append(Proposal.mark != Mark.FREE)
    elif wanted.show == "forced":
        found.append(Proposal.mark == Mark.FORCED)
    elif wanted.show == "out":
        found.append(MatchBan.run_id.is_not(None))
    elif wanted.show == "below" and wanted.below is not None:
        found.append(Proposal.fit < wanted.below)
    return found


def _named(search: str) -> list[ColumnElement[bool]]:
    folded = fold(search)
    if not folded:
        return []
    key: Any = Participant.sort_key
    # The family name leads the key; people also look for the name they call somebody by.
    return [or_(starts_with(key, folded), key.contains(" " + folded, autoescape=True))]


def run_left_out(
    db: Session, run: RunHead, search: str = "", cursor: str | None = None, size: int = PAIRS
) -> Page[LeftOutLine]:
    """People without a pair, by name, with the reason."""
    statement = (
        select(Participant.public_id, Participant.preferred_name, Participant.family_name, Proposal.reason)
        .join(Participant, Participant.id == Proposal.participant_id)
        .where(Proposal.run_id == run.id, Proposal.opening_id.is_(None), *_named(search))
    )
    keys: list[Any] = [Participant.sort_key, Participant.id]
    page: Page[Any] = fetch_page(db, statement, keys, cursor, size=size)
    rows = [
        LeftOutLine(row[0], f"{row[1]} {row[2]}".strip(), Say.from_json(row[3]) if row[3] else None)
        for row in page.rows
    ]
    return Page(rows, page.next, page.previous)


def run_bans(db: Session, run: RunHead, limit: int = PAIRS) -> list[BanLine]:
    """Pairs ruled out that are no pairs of this run."""
    rows: Any = db.execute(
        select(
            Participant.public_id, Participant.preferred_name, Participant.family_name, Opening.public_id,
            Opening.role, Employer.name, Site.name.label("site"), MatchBan.reason,
        )
        .select_from(MatchBan)
        .join(Participant, Participant.id == MatchBan.participant_id)
        .join(Opening, Opening.id == MatchBan.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(Proposal, its_ban())
        .where(MatchBan.run_id == run.id, Proposal.id.is_(None))
        .order_by(Participant.sort_key, Participant.id, Opening.id)
        .limit(limit)
    )  # fmt: skip
    return [BanLine(row[0], f"{row[1]} {row[2]}".strip(), *row[3:]) for row in rows]
