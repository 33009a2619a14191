"""What writing a goal down, changing it and saying where it stands have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.goals import EXPECTED, LONGEST_LEVEL, LONGEST_TITLE, MOST_WEIGHT, SCORES
from placement.domain.milestones import RuleKind
from placement.domain.words import say
from placement.models.programs.catalog import Task
from placement.models.progress.plan import Goal, GoalRating, GoalTask
from placement.policy.actor import Actor
from placement.queries import scope
from placement.usecases.effects.milestones import give_milestone, take_back_milestone
from placement.usecases.effects.people import check_not_archived
from placement.usecases.effects.tasks import whose_tasks
from placement.usecases.transaction import Work

#: How far ahead a goal can be due.
AHEAD = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class GoalValues:
    """``levels``: five texts, -2 first, of which the middle one has to say something. ``tasks``: public ids."""

    title: str
    levels: tuple[str, ...]
    tasks: tuple[str, ...] = ()
    weight: int = 1
    due_on: date | None = None


def check_values(values: GoalValues, today: date, *, same_due: bool = False) -> None:
    """Raise Refused with the field's name. ``same_due``: the day stays as it was and may lie behind."""
    if not values.title.strip():
        raise Refused(say("Please say in a few words what the goal is."), "title")
    if len(values.title) > LONGEST_TITLE:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_TITLE), "title")
    if len(values.levels) != len(SCORES):
        raise ValueError(f"levels: {len(values.levels)} instead of {len(SCORES)}")
    for score, text in zip(SCORES, values.levels, strict=True):
        if len(text) > LONGEST_LEVEL:
            raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_LEVEL), level_field(score))
    if not values.levels[EXPECTED - SCORES[0]].strip():
        raise Refused(say("Please say how you would know that the goal is reached."), level_field(EXPECTED))
    if not 1 <= values.weight <= MOST_WEIGHT:
        raise Refused(say("Please enter from 1 to %(most)s.", most=MOST_WEIGHT), "weight")
    if values.due_on is not None and not same_due and not today <= values.due_on <= today + AHEAD:
        raise Refused(say("Please choose today or a day after it, within two years."), "due_on")


def level_field(score: int) -> str:
    """The form field of a level."""
    return f"level_{score - SCORES[0]}"


def locked_goal(session: Session, actor: Actor, public_id: str) -> Goal:
    """The goal, held against other writers until the end. Raises NotFound if absent or out of sight.

    Raises Refused while the participant's record is archived.
    """
    row = session.scalar(select(Goal).where(Goal.public_id == public_id, scope.goals(actor)).with_for_update())
    if row is None:
        raise NotFound
    check_not_archived(session, row.participant_id)
    return row


def link_tasks(session: Session, actor: Actor, goal: Goal, wanted: Iterable[str]) -> bool:
    """Make ``wanted`` (public ids) the tasks of the goal, as far as the actor may know of them; True if that changes
    anything. Others' links stay. Raises NotFound."""
    names = set(wanted)
    found = session.execute(
        select(Task.public_id, Task.id).where(
            Task.public_id.in_(sorted(names)), scope.tasks(actor), whose_tasks(goal.participant_id)
        )
    ).all()
    if len(found) != len(names):
        raise NotFound
    keys = {key for _, key in found}
    rows = session.scalars(
        select(GoalTask).join(Task, Task.id == GoalTask.task_id).where(GoalTask.goal_id == goal.id, scope.tasks(actor))
    ).all()
    for row in rows:
        if row.task_id not in keys:
            session.delete(row)
    linked = {row.task_id for row in rows}
    for key in sorted(keys - linked):
        session.add(GoalTask(program_id=goal.program_id, goal_id=goal.id, task_id=key))
    session.flush()
    return keys != linked


def settle_attained(session: Session, work: Work, actor: Actor, goal: Goal) -> bool:
    """The milestone of the goal, by the first day it stood at what was expected or better; True if there is one now.

    Without such a rating it is taken back.
    """
    session.flush()
    first = session.scalar(
        select(func.min(GoalRating.day)).where(GoalRating.goal_id == goal.id, GoalRating.score >= EXPECTED)
    )
    kind, about = RuleKind.GOAL_ATTAINED, goal.participant_id
    if first is None:
        take_back_milestone(session, work, actor, about, kind, goal_id=goal.id)
        return False
    return give_milestone(session, work, actor, about, kind, first, goal_id=goal.id) is not None
