"""Matching runs: the list, one run with its pairs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, exists, false, func, select, true
from sqlalchemy.orm import Session, aliased

from placement.domain.errors import NotFound
from placement.domain.matching.names import next_name, stem
from placement.domain.matching.problem import Settings
from placement.domain.proposals import RunState
from placement.domain.words import Say
from placement.models.accounts.account import Account
from placement.models.matching.run import MatchBan, MatchForce, MatchRun, Proposal
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.matching.answers import asked_to_wait
from placement.queries.pages import Page, fetch_page
from placement.queries.placements.choices import OCCUPYING

#: Characters of a run's name.
LONGEST_NAME = 120


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
    """A run without its problem.

    ``removed``: how many of its pairs were taken out by hand; ``from_run``: the draft it was made from.
    """

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
    total_fit: int
    worst_fit: int | None
    progress: int
    failure: Say | None
    from_run: str | None

    @property
    def standing(self) -> int:
        """Pairs that are still in."""
        return self.placed - self.removed


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
    return run_with_problem(db, actor, public_id, False)[0]


def run_with_problem(db: Session, actor: Actor, public_id: str, problem: bool = True) -> tuple[RunHead, Any]:
    """One run and, if wanted, its problem as JSON, in the same statement. Raises NotFound if absent or foreign."""
    ensure(actor, Permission.MATCHING_RUN)
    removed = (
        select(func.count())
        .select_from(Proposal)
        .join(MatchBan, its_ban())
        .where(Proposal.run_id == MatchRun.id)
        .correlate(MatchRun)
        .scalar_subquery()
    )
    former = aliased(MatchRun)
    whole: tuple[Any, ...] = (MatchRun.problem,) if problem else ()
    row: Any = db.execute(
        select(
            *(MatchRun.id, MatchRun.public_id, MatchRun.name, MatchRun.state, MatchRun.created_at, MatchRun.people),
            *(MatchRun.places, MatchRun.placed, MatchRun.proved_best, MatchRun.version),
            *(MatchRun.problem["settings"].label("settings"), removed.label("removed")),
            *(MatchRun.total_fit, MatchRun.worst_fit, MatchRun.progress, MatchRun.failure),
            former.public_id.label("from_run"),
            *whole,
        )
        .outerjoin(former, former.id == MatchRun.from_run_id)
        .where(MatchRun.public_id == public_id, scope.in_program(actor, MatchRun.program_id))
    ).first()
    if row is None:
        raise NotFound
    settings = Settings.from_json(row.settings)
    failure = Say.from_json(row.failure) if row.failure else None
    head = RunHead(
        *row[:10], settings, row.removed, row.total_fit, row.worst_fit, row.progress, failure, row.from_run
    )  # type: ignore[call-arg]  # fmt: skip  # the row's columns come first
    return head, row[-1] if problem else None


def again(
    db: Session, actor: Actor, public_id: str, today: date | None = None
) -> tuple[RunHead, tuple[str, ...], tuple[str, ...]]:
    """The run, and who and what to match when it is run again: its people not placed since, and its openings.

    Who asked to wait (``today``) is among them, so that the new run can say so.
    """
    run = run_head(db, actor, public_id)
    problem: Any = db.scalar(select(MatchRun.problem).where(MatchRun.id == run.id))
    placed = exists().where(
        Placement.participant_id == Participant.id,
        Placement.state.in_(OCCUPYING),
        Placement.created_at >= run.created_at,
        true() if today is None else ~func.coalesce(asked_to_wait(today), false()),
    )
    rows: Any = db.execute(
        select(Participant.public_id, placed)
        .join(Proposal, Proposal.participant_id == Participant.id)
        .where(Proposal.run_id == run.id)
        .order_by(Proposal.id)
    )
    found = dict(rows.all())
    # Before it is solved only those set aside have a row.
    people = dict.fromkeys([*(item["key"] for item in problem["people"]), *found])
    return run, tuple(key for key in people if not found.get(key)), tuple(item["key"] for item in problem["openings"])


def name_after(db: Session, actor: Actor, name: str) -> str:
    """A name for a draft made from the run called ``name``, that no run of the program has."""
    ensure(actor, Permission.MATCHING_RUN)
    # A name that is cut to make room for a number begins alike, too.
    alike = MatchRun.name.startswith(stem(name)[: LONGEST_NAME - 10], autoescape=True)
    known = db.scalars(select(MatchRun.name).where(scope.in_program(actor, MatchRun.program_id), alike).distinct())
    return next_name(name, set(known), LONGEST_NAME)


def its_ban() -> Any:
    """A proposal's pair is the one that was taken out."""
    return and_(
        MatchBan.run_id == Proposal.run_id,
        MatchBan.participant_id == Proposal.participant_id,
        MatchBan.opening_id == Proposal.opening_id,
    )


def its_force() -> Any:
    """A proposal's pair is the one that was forced."""
    return and_(
        MatchForce.run_id == Proposal.run_id,
        MatchForce.participant_id == Proposal.participant_id,
        MatchForce.opening_id == Proposal.opening_id,
    )
