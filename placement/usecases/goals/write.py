"""Writing a goal down with the participant, and changing what it says."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from placement.domain.goals import SCORES
from placement.models.progress.plan import Goal
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.goals import GoalValues, check_values, level_field, link_tasks, locked_goal
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import person_to_add_to
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

_FIELDS = ("title", "levels", "weight", "due_on")


@dataclass(frozen=True, slots=True)
class AddGoal:
    """``participant``: public id. ``key``: made for every form that is shown, so that a double tap is one goal."""

    participant: str
    values: GoalValues
    key: str


@dataclass(frozen=True, slots=True)
class EditGoal:
    """The version the person was looking at, and the values as they should be."""

    public_id: str
    version: int
    values: GoalValues


def add_goal(work: Work, actor: Actor, command: AddGoal) -> str:
    """Write it down as agreed today; its public id. The same key and body get the first answer again.

    Raises NotFound, Forbidden, KeyReused and Refused with the field's name.
    """
    return again_if_taken(_add, work, actor, command)


def edit_goal(work: Work, actor: Actor, command: EditGoal) -> None:
    """Write the values. Raises NotFound, Forbidden, Stale (with the values now) and Refused."""
    values = command.values
    with work.transaction() as session:
        row = locked_goal(session, actor, command.public_id)
        ensure(actor, Permission.GOAL_EDIT, Facts(row.program_id, row.participant_id))
        check_values(values, actor.today(work.clock()), same_due=values.due_on == row.due_on)
        check_version(row, command.version, _current(row))
        wanted = _columns(values)
        changed = [name for name in _FIELDS if getattr(row, name) != wanted[name]]
        for name in changed:
            setattr(row, name, wanted[name])
        if link_tasks(session, actor, row, values.tasks):
            changed.append("tasks")
        audit(session, work, actor, "goal.edit", "goal", row.id, participant_id=row.participant_id, fields=changed)


def _add(work: Work, actor: Actor, command: AddGoal) -> str:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["goal"])
        person = person_to_add_to(session, actor, command.participant, Permission.GOAL_EDIT)
        today = actor.today(work.clock())
        check_values(command.values, today)
        row = Goal(
            program_id=person.program_id, participant_id=person.id, agreed_on=today, created_at=work.clock(),
            **_columns(command.values),
        )  # fmt: skip
        session.add(row)
        session.flush()
        link_tasks(session, actor, row, command.values.tasks)
        audit(session, work, actor, "goal.add", "goal", row.id, participant_id=person.id)
        keep_answer(session, work, actor, command.key, body, {"goal": row.public_id})
        return row.public_id


def _current(row: Goal) -> dict[str, object]:
    """What is saved now, keyed like the form's fields."""
    levels = {level_field(score): text for score, text in zip(SCORES, row.levels, strict=True)}
    return {"title": row.title, **levels, "weight": row.weight, "due_on": row.due_on}


def _columns(values: GoalValues) -> dict[str, object]:
    return {
        "title": values.title.strip(),
        "levels": [text.strip() for text in values.levels],
        "weight": values.weight,
        "due_on": values.due_on,
    }
