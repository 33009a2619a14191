"""A participant's goals, in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, aliased

from placement.domain.errors import NotFound
from placement.domain.goals import LOWEST, gas_t
from placement.domain.profiles import full_name
from placement.models.participants.participant import Participant
from placement.models.progress.plan import Goal, GoalRating
from placement.policy.actor import Actor
from placement.policy.check import allowed
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope

#: Goals shown; more than a person can have in mind.
MOST = 60


@dataclass(frozen=True, slots=True)
class GoalRow:
    """``levels``: five texts, -2 first. ``score``: where it stood last, None while nobody has said."""

    public_id: str
    title: str
    levels: tuple[str, ...]
    weight: int
    agreed_on: date
    due_on: date | None
    aside: bool
    score: int | None
    scored_on: date | None

    @property
    def now(self) -> str:
        """The level it stands at, in their own words; empty while nobody has said, or wrote none."""
        return "" if self.score is None else self.levels[self.score - LOWEST]


@dataclass(frozen=True, slots=True)
class Goals:
    """What every reader sees: the participant reads words."""

    participant_id: int
    public_id: str
    name: str
    archived: bool
    rows: tuple[GoalRow, ...]


@dataclass(frozen=True, slots=True)
class StaffGoals(Goals):
    """For staff also T over the goals in force that somebody has rated, and how many these are."""

    t: float | None
    rated: int


def own_goals(db: Session, actor: Actor) -> Goals:
    """The actor's own. Raises NotFound for somebody who is no participant. Two statements."""
    if actor.participant_id is None:
        raise NotFound
    return Goals(**_read(db, actor, Participant.id == actor.participant_id))


def goals_of(db: Session, actor: Actor, public_id: str) -> StaffGoals:
    """A participant's for those who look after them. Raises NotFound out of sight. Two statements."""
    found = _read(db, actor, Participant.public_id == public_id)
    t, rated = t_of(found["rows"])
    return StaffGoals(**found, t=t, rated=rated)


def t_of(rows: Sequence[GoalRow]) -> tuple[float | None, int]:
    """T of the goals in force that were rated, None if none was; and how many these are."""
    said = [(row.score, row.weight) for row in rows if row.score is not None and not row.aside]
    if not said:
        return None, 0
    return gas_t([score for score, _ in said], [weight for _, weight in said]), len(said)


def rows_of() -> Select[Any]:
    """The columns :func:`goal_row` reads: each goal with its latest rating."""
    latest, other = aliased(GoalRating), aliased(GoalRating)
    newest = (
        select(other.id)
        .where(other.goal_id == Goal.id)
        .order_by(other.day.desc(), other.id.desc())
        .limit(1)
        .correlate(Goal)
        .scalar_subquery()
    )
    statement: Any = select(
        Goal.public_id.label("goal"), Goal.title, Goal.levels, Goal.weight, Goal.agreed_on, Goal.due_on,
        Goal.archived_at.label("aside_at"), latest.score, latest.day.label("scored_on"),
    ).select_from(Goal).outerjoin(latest, latest.id == newest)  # fmt: skip
    return statement


def goal_row(row: Any) -> GoalRow:
    """A row of :func:`rows_of`."""
    return GoalRow(
        row.goal, row.title, tuple(row.levels), row.weight, row.agreed_on, row.due_on, row.aside_at is not None,
        row.score, row.scored_on,
    )  # fmt: skip


def _read(db: Session, actor: Actor, which: ColumnElement[bool]) -> dict[str, Any]:
    person = db.execute(
        select(
            Participant.id, Participant.program_id, Participant.public_id, Participant.preferred_name,
            Participant.family_name, Participant.archived_at,
        ).where(scope.participants(actor), which)
    ).one_or_none()  # fmt: skip
    if person is None or not allowed(actor, Permission.GOAL_SEE, Facts(person.program_id, person.id)):
        raise NotFound
    rows = db.execute(
        rows_of()
        .where(Goal.participant_id == person.id, scope.goals(actor))
        .order_by(Goal.archived_at.is_not(None), Goal.due_on.is_(None), Goal.due_on, Goal.id)
        .limit(MOST)
    )
    return {
        "participant_id": person.id,
        "public_id": person.public_id,
        "name": full_name(person.preferred_name, person.family_name),
        "archived": person.archived_at is not None,
        "rows": tuple(goal_row(row) for row in rows),
    }
