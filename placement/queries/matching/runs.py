"""Matching runs: the list, one run with its pairs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.matching.problem import Settings
from placement.domain.proposals import Mark, RunState
from placement.domain.words import Say
from placement.models.accounts.account import Account
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.models.matching.run import MatchBan, MatchRun, Proposal
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.pages import Page, fetch_page
from placement.queries.placements.choices import OCCUPYING

SORTS = ("-fit", "fit", "name", "-name")
#: Pairs on one page of a run, and people left out shown beside them.
PAIRS = 100


@dataclass(frozen=True, slots=True)
class RunLine:
    public_id: str
    name: str
    state: RunState
    created_at: datetime
    people: int
    places: int
    placed: int
    by: str


@dataclass(frozen=True, slots=True)
class RunHead:
    """A run without its problem. ``removed``: how many of its pairs were taken out by hand."""

    id: int
    public_id: str
    name: str
    state: RunState
    created_at: datetime
    people: int
    places: int
    placed: int
    proved_best: bool
    version: int
    settings: Settings
    removed: int

    @property
    def standing(self) -> int:
        """Pairs that are still in."""
        return self.placed - self.removed


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair. ``fit`` and ``parts`` in basis points."""

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
    reason: str


def run_list(db: Session, actor: Actor, cursor: str | None) -> Page[RunLine]:
    """Runs of the program, newest first, in one statement."""
    ensure(actor, Permission.MATCHING_RUN)
    columns: tuple[Any, ...] = (
        *(MatchRun.public_id, MatchRun.name, MatchRun.state, MatchRun.created_at, MatchRun.people),
        *(MatchRun.places, MatchRun.placed, Account.name.label("by")),
    )
    statement = (
        select(*columns)
        .join(Account, Account.id == MatchRun.created_by_id)
        .where(scope.in_program(actor, MatchRun.program_id))
    )
    keys: list[Any] = [MatchRun.created_at, MatchRun.id]
    page = fetch_page(db, statement, keys, cursor, descending=True)
    return Page([RunLine(*row[: len(columns)]) for row in page.rows], page.next, page.previous)


def run_head(db: Session, actor: Actor, public_id: str) -> RunHead:
    """One run. Raises NotFound if absent or foreign."""
    ensure(actor, Permission.MATCHING_RUN)
    removed = (
        select(func.count())
        .select_from(Proposal)
        .join(MatchBan, _its_ban())
        .where(Proposal.run_id == MatchRun.id)
        .correlate(MatchRun)
        .scalar_subquery()
    )
    row: Any = db.execute(
        select(
            *(MatchRun.id, MatchRun.public_id, MatchRun.name, MatchRun.state, MatchRun.created_at, MatchRun.people),
            *(MatchRun.places, MatchRun.placed, MatchRun.proved_best, MatchRun.version),
            MatchRun.problem["settings"].label("settings"),
            removed.label("removed"),
        ).where(MatchRun.public_id == public_id, scope.in_program(actor, MatchRun.program_id))
    ).first()
    if row is None:
        raise NotFound
    settings = Settings.from_json(row.settings)
    return RunHead(*row[:10], settings, row.removed)  # type: ignore[call-arg]  # the row's columns come first


def run_pairs(db: Session, run: RunHead, sort: str, cursor: str | None) -> Page[PairLine]:
    """One page of the run's pairs, in one statement."""
    keys: list[Any] = [Participant.sort_key if sort.lstrip("-") == "name" else Proposal.fit, Proposal.id]
    page = fetch_page(db, _pairs(run), keys, cursor, descending=sort.startswith("-"), size=PAIRS)
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
        .outerjoin(MatchBan, _its_ban())
        .where(Proposal.run_id == run.id)
    )


_PAIR: tuple[Any, ...] = (
    *(Proposal.public_id, Participant.public_id.label("person"), Participant.preferred_name),
    *(Participant.family_name, Opening.public_id.label("opening"), Opening.role, Employer.name.label("employer")),
    *(Site.name.label("site"), Proposal.mark, Proposal.fit, Proposal.parts, MatchBan.run_id.is_not(None)),
    func.coalesce(MatchBan.reason, ""),
)


def run_left_out(db: Session, run: RunHead, limit: int = PAIRS) -> list[LeftOutLine]:
    """People without a pair, by name, with the reason."""
    rows: Any = db.execute(
        select(Participant.public_id, Participant.preferred_name, Participant.family_name, Proposal.reason)
        .join(Participant, Participant.id == Proposal.participant_id)
        .where(Proposal.run_id == run.id, Proposal.opening_id.is_(None))
        .order_by(Participant.sort_key, Participant.id)
        .limit(limit)
    )
    return [
        LeftOutLine(public, f"{preferred} {family}".strip(), Say.from_json(reason) if reason else None)
        for public, preferred, family, reason in rows
    ]


def run_bans(db: Session, run: RunHead, limit: int = PAIRS) -> list[BanLine]:
    """Pairs ruled out that are no pairs of this run."""
    rows: Any = db.execute(
        select(
            Participant.public_id, Participant.preferred_name, Participant.family_name, Opening.public_id,
            Opening.role, Employer.name, MatchBan.reason,
        )
        .select_from(MatchBan)
        .join(Participant, Participant.id == MatchBan.participant_id)
        .join(Opening, Opening.id == MatchBan.opening_id)
        .join(Site, Site.id == Opening.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .outerjoin(Proposal, _its_ban())
        .where(MatchBan.run_id == run.id, Proposal.id.is_(None))
        .order_by(Participant.sort_key, Participant.id, Opening.id)
        .limit(limit)
    )  # fmt: skip
    return [BanLine(row[0], f"{row[1]} {row[2]}".strip(), *row[3:]) for row in rows]


def again(db: Session, actor: Actor, public_id: str) -> tuple[RunHead, tuple[str, ...], tuple[str, ...]]:
    """The run, and who and what to match when it is run again: its people not placed since, and its openings."""
    run = run_head(db, actor, public_id)
    problem: Any = db.scalar(select(MatchRun.problem).where(MatchRun.id == run.id))
    placed = set(
        db.scalars(
            select(Participant.public_id)
            .join(Proposal, Proposal.participant_id == Participant.id)
            .join(Placement, Placement.participant_id == Participant.id)
            .where(Proposal.run_id == run.id, Placement.state.in_(OCCUPYING), Placement.created_at >= run.created_at)
        )
    )
    people = tuple(item["key"] for item in problem["people"] if item["key"] not in placed)
    return run, people, tuple(item["key"] for item in problem["openings"])


def _its_ban() -> Any:
    """A proposal's pair is the one that was taken out."""
    return and_(
        MatchBan.run_id == Proposal.run_id,
        MatchBan.participant_id == Proposal.participant_id,
        MatchBan.opening_id == Proposal.opening_id,
    )
