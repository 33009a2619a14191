"""Where a goal stands, said by somebody on a day, and taken back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.goals import SCORES
from placement.domain.words import say
from placement.models.progress.plan import Goal, GoalRating
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.goals import locked_goal, settle_attained
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work

#: Longest note, in characters.
LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class RateGoal:
    """``score`` -2 to 2, as it was on ``day``. ``key``: made for every form that is shown."""

    goal: str
    day: date
    score: int
    note: str
    key: str


@dataclass(frozen=True, slots=True)
class Rated:
    """The rating's public id, and whether the goal counts as reached now."""

    rating: str
    attained: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """What the rating said, so that it can be said again."""

    day: date
    score: int
    note: str


def rate_goal(work: Work, actor: Actor, command: RateGoal) -> Rated:
    """Write it down under the actor's name. The same key and body get the first answer again.

    Raises NotFound, Forbidden, KeyReused and Refused with the field's name.
    """
    return again_if_taken(_rate, work, actor, command)


def remove_rating(work: Work, actor: Actor, goal: str, rating: str) -> Removed:
    """Take one's own rating back. Raises NotFound, Forbidden for somebody else's, and Refused."""
    with work.transaction() as session:
        row = locked_goal(session, actor, goal)
        ensure(actor, Permission.GOAL_EDIT, Facts(row.program_id, row.participant_id))
        said = session.scalar(
            select(GoalRating).where(GoalRating.goal_id == row.id, GoalRating.public_id == rating)
        )  # fmt: skip
        if said is None:
            raise NotFound
        if said.by_account_id != actor.account_id:
            raise Forbidden(Permission.GOAL_EDIT)
        was = Removed(said.day, said.score, said.note)
        _audit(session, work, actor, "goal.rating_remove", row, day=said.day.isoformat())
        session.delete(said)
        settle_attained(session, work, actor, row)
        return was


def _rate(work: Work, actor: Actor, command: RateGoal) -> Rated:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return Rated(**known)
        row = locked_goal(session, actor, command.goal)
        ensure(actor, Permission.GOAL_EDIT, Facts(row.program_id, row.participant_id))
        _check(row, command, actor.today(work.clock()))
        said = GoalRating(
            program_id=row.program_id, goal_id=row.id, day=command.day, score=command.score,
            by_account_id=actor.account_id, note=command.note.strip(), created_at=work.clock(),
        )  # fmt: skip
        session.add(said)
        attained = settle_attained(session, work, actor, row)
        _audit(session, work, actor, "goal.rate", row, rating_id=said.id)
        done = Rated(said.public_id, attained)
        keep_answer(session, work, actor, command.key, body, asdict(done))
        return done


def _check(row: Goal, command: RateGoal, today: date) -> None:
    if row.archived_at is not None:
        raise Refused(say("This goal is set aside. Take it up again first."))
    if command.score not in SCORES:
        raise Refused(say("Choose one of the answers."), "score")
    if not row.agreed_on <= command.day <= today:
        raise Refused(say("Please choose a day from %(first)s until today.", first=row.agreed_on), "day")
    if len(command.note) > LONGEST_NOTE:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_NOTE), "note")


def _audit(session: Session, work: Work, actor: Actor, verb: str, row: Goal, **detail: object) -> None:
    audit(session, work, actor, verb, "goal", row.id, participant_id=row.participant_id, **detail)
