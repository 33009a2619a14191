"""What somebody practices: adding it, where they began, where they want to get, and stopping."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.catalog import read
from placement.catalog.read import CatalogTask
from placement.domain.errors import NotFound, Refused
from placement.domain.occasions import Audience
from placement.domain.practice import AREAS, LONGEST_NAME, LONGEST_PLAN, MOST
from placement.domain.words import say
from placement.models.base import new_public_id
from placement.models.practice.practice import Practice
from placement.models.programs.catalog import Task, TaskStep
from placement.models.programs.scale import SupportLevel
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import PersonKeys, person_to_add_to
from placement.usecases.effects.practice import locked_practice
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class PracticeValues:
    """``baseline``, ``target``: public ids of levels, "" for not said. ``plan``: where and when."""

    baseline: str = ""
    baseline_on: date | None = None
    target: str = ""
    target_on: date | None = None
    plan: str = ""


@dataclass(frozen=True, slots=True)
class AddPractice:
    """One of: ``task``, the public id of a program's task; ``template``, the key of a private one of the catalog;
    ``name`` with ``area`` for something of one's own, private, too. ``participant``: public id."""

    participant: str
    values: PracticeValues
    task: str = ""
    template: str = ""
    name: str = ""
    area: str = ""


def add_practice(work: Work, actor: Actor, command: AddPractice) -> str:
    """Its public id; what is practiced already is found again. Raises NotFound, Forbidden, Refused with the field."""
    try:
        with work.transaction() as session:
            return _add(session, work, actor, command)
    except IntegrityError as error:
        raise Refused(say("Somebody added the same just now. Please look at the list."), "task") from error


def edit_practice(work: Work, actor: Actor, public_id: str, version: int, values: PracticeValues) -> None:
    """Raises NotFound, Forbidden, Stale and Refused with the field's name."""
    with work.transaction() as session:
        row, _ = locked_practice(session, actor, public_id, Permission.PRACTICE_EDIT)
        names = ("baseline_rank", "baseline_on", "target_rank", "target_on", "plan")
        check_version(row, version, {name: getattr(row, name) for name in names})
        changed = _apply(session, row, values)
        audit(session, work, actor, "practice.edit", "practice", row.id, participant_id=row.participant_id,
              fields=changed)  # fmt: skip


def stop_practice(work: Work, actor: Actor, public_id: str, *, stopped: bool = True) -> None:
    """Take it off the list, or put it back; what was seen stays. Raises NotFound, Forbidden and Refused."""
    with work.transaction() as session:
        row, _ = locked_practice(session, actor, public_id, Permission.PRACTICE_EDIT, stopped=True)
        if (row.archived_at is not None) == stopped:
            return
        if not stopped:
            _ensure_free(session, row)
        row.archived_at = work.clock() if stopped else None
        action = "practice.stop" if stopped else "practice.go_on"
        audit(session, work, actor, action, "practice", row.id, participant_id=row.participant_id)


def _add(session: Session, work: Work, actor: Actor, command: AddPractice) -> str:
    person = person_to_add_to(session, actor, command.participant, Permission.PRACTICE_EDIT)
    task = _task(session, actor, person, command)
    found = session.scalar(_live(person.id, task))
    if found is not None:
        return found.public_id
    count = session.scalar(
        select(func.count()).where(Practice.participant_id == person.id, Practice.archived_at.is_(None))
    )
    if (count or 0) >= MOST:
        raise Refused(say("That is a lot already. Please stop something first."), "task")
    row = Practice(
        program_id=person.program_id, participant_id=person.id, task_id=task, by_account_id=actor.account_id,
        created_at=work.clock(),
    )  # fmt: skip
    _apply(session, row, command.values)
    session.add(row)
    session.flush()
    audit(session, work, actor, "practice.add", "practice", row.id, participant_id=person.id, task_id=task)
    return row.public_id


def _task(session: Session, actor: Actor, person: PersonKeys, command: AddPractice) -> int:
    if command.task:
        found = session.scalar(
            select(Task.id).where(
                Task.public_id == command.task,
                scope.tasks(actor),
                Task.archived_at.is_(None),
                (Task.audience == Audience.PROGRAM) | (Task.participant_id == person.id),
            )
        )
        if found is None:
            raise NotFound
        return found
    template = next((one for one in read.private_tasks() if one.key == command.template), None)
    name = " ".join(command.name.split())
    if template is None and (command.template or not name):
        raise Refused(say("Choose something from the list, or name something of your own."), "task")
    ensure(actor, Permission.PRACTICE_EDIT, Facts(person.program_id, person.id, private=True))
    if template is not None:
        return _own_task(session, person, template.area, template.name, template.sentence, template)
    if len(name) > LONGEST_NAME:
        raise Refused(say("Please use at most %(length)s characters.", length=LONGEST_NAME), "name")
    if command.area not in AREAS:
        raise Refused(say("Please choose an area."), "area")
    words = {actor.program_locale: name}
    return _own_task(session, person, command.area, words, words)


def _own_task(
    session: Session,
    person: PersonKeys,
    area: str,
    name: dict[str, str],
    sentence: dict[str, str],
    template: CatalogTask | None = None,
) -> int:
    """The person's own task of this name, made if missing. Nothing in its key says what it is."""
    own = session.execute(
        select(Task.id, Task.name).where(
            Task.participant_id == person.id, Task.audience == Audience.PRIVATE, Task.archived_at.is_(None)
        )
    )
    for key, words in own:
        if words == name:
            return int(key)
    task = Task(
        program_id=person.program_id, key=f"own_{new_public_id()}", area=area, name=name, sentence=sentence,
        audience=Audience.PRIVATE, participant_id=person.id,
    )  # fmt: skip
    session.add(task)
    session.flush()
    for position, step in enumerate(template.steps if template else ()):
        session.add(TaskStep(program_id=person.program_id, task_id=task.id, position=position, name=step))
    return task.id


def _apply(session: Session, row: Practice, values: PracticeValues) -> list[str]:
    """Write the values; the names of the columns that changed."""
    if len(values.plan) > LONGEST_PLAN:
        raise Refused(say("Please use at most %(length)s characters.", length=LONGEST_PLAN), "plan")
    wanted = {
        "baseline_rank": _rank(session, row, values.baseline, "baseline"),
        "baseline_on": values.baseline_on if values.baseline else None,
        "target_rank": _rank(session, row, values.target, "target"),
        "target_on": values.target_on if values.target else None,
        "plan": values.plan,
    }
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name, value in wanted.items():
        setattr(row, name, value)
    return changed


def _rank(session: Session, row: Practice, level: str, field: str) -> int | None:
    if not level:
        return None
    found = session.scalar(
        select(SupportLevel.rank).where(SupportLevel.public_id == level, SupportLevel.program_id == row.program_id)
    )
    if found is None:
        raise Refused(say("Please choose one of the answers."), field)
    return found


def _live(participant_id: int, task_id: int) -> Select[Practice]:
    return select(Practice).where(
        Practice.participant_id == participant_id, Practice.task_id == task_id, Practice.archived_at.is_(None)
    )


def _ensure_free(session: Session, row: Practice) -> None:
    if session.scalar(_live(row.participant_id, row.task_id)) is not None:
        raise Refused(say("It is on the list already."))
