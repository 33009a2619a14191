"""What happened at a session: who came, what was done, and with how much help members did their tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.groups import NOTE, check_text, topics_of
from placement.domain.roles import Role
from placement.domain.shifts import Attendance, was_present
from placement.domain.words import say
from placement.models.feedback.observation import Observation
from placement.models.groups.group import Group, GroupSession, GroupTask
from placement.models.programs.catalog import Task
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.usecases.effects.groups import ensure_seat, facts_of, locked_session, member_of
from placement.usecases.effects.log import audit
from placement.usecases.effects.observations import Answer, write_observations
from placement.usecases.effects.people import check_not_archived
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.effects.raters import ensure_rater
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class RecordSession:
    """``done``: what was done. ``topics``: one a line. ``shared_note``: about the talk; every member reads it."""

    session: str
    version: int
    done: str
    topics: str
    shared_note: str


@dataclass(frozen=True, slots=True)
class Observe:
    """``member``: a membership's public id. Tasks that are not named keep what this rater said before."""

    session: str
    member: str
    answers: tuple[Answer, ...]


def set_seat(work: Work, actor: Actor, session_id: str, member: str, attendance: Attendance) -> Attendance:
    """Whether a member came; what was said before. *Unknown* takes an entry back.

    Raises NotFound, Forbidden and Refused.
    """
    with work.transaction() as session:
        group, row = locked_session(session, actor, session_id)
        person = member_of(session, actor, group, row, member)
        ensure(actor, Permission.GROUP_ATTENDANCE, facts_of(group, person.participant_id))
        check_not_archived(session, person.participant_id)
        _ensure_possible(work, row, attendance)
        seat = ensure_seat(session, work, row, person.participant_id)
        if not was_present(attendance) and _is_rated(session, seat.id):
            raise Refused(say("Somebody has seen tasks done at this session. Take that back first."))
        was, seat.attendance = seat.attendance, attendance
        detail = {"participant_id": person.participant_id, "attendance": attendance.value}
        audit(session, work, actor, "group.attendance", "group_session", row.id, **detail)
        return was


def record_session(work: Work, actor: Actor, command: RecordSession) -> None:
    """Raises NotFound, Forbidden, Stale, and Refused with the field's name."""
    with work.transaction() as session:
        group, row = locked_session(session, actor, command.session)
        ensure(actor, Permission.GROUP_LEAD, facts_of(group))
        check_version(row, command.version, _values(row))
        row.topics = topics_of(command.topics)
        row.done = check_text(command.done, NOTE, "done")
        row.shared_note = check_text(command.shared_note, NOTE, "shared_note")
        audit(session, work, actor, "group.record", "group_session", row.id)


def observe(work: Work, actor: Actor, command: Observe) -> int:
    """How many tasks were answered anew. Whoever did something was here; a task seen done has begun.

    Raises NotFound, Forbidden and Refused.
    """
    with work.transaction() as session:
        group, row = locked_session(session, actor, command.session)
        person = member_of(session, actor, group, row, command.member)
        ensure(actor, Permission.GROUP_OBSERVE, facts_of(group, person.participant_id))
        check_not_archived(session, person.participant_id)
        _ensure_possible(work, row, Attendance.HERE)
        tasks = _tasks(session, group, [answer.task for answer in command.answers])
        if not command.answers:
            raise Refused(say("Please answer for at least one task, or go back."))
        rater = ensure_rater(session, work, actor.program, actor.account_id, _role(actor), actor.name)
        if rater is None:
            raise Forbidden(Permission.GROUP_OBSERVE)
        seat = ensure_seat(session, work, row, person.participant_id)
        if not was_present(seat.attendance):
            seat.attendance = Attendance.HERE
        touched = write_observations(session, work, actor, seat, rater, command.answers)
        _begin(session, group, row, {tasks[answer.task] for answer in command.answers if answer.not_today is None})
        detail = {"participant_id": person.participant_id, "tasks": sorted(touched)}
        audit(session, work, actor, "group.observe", "occasion", seat.id, **detail)
        refresh_progress(session, work, actor, person.participant_id, touched, None)
        return len(touched)


def _ensure_possible(work: Work, row: GroupSession, attendance: Attendance) -> None:
    if row.cancelled_at is not None:
        raise Refused(say("This session was cancelled."))
    if row.starts_at > work.clock() and attendance not in (Attendance.EXCUSED, Attendance.UNKNOWN):
        raise Refused(say("This session has not begun yet."))


def _is_rated(session: Session, occasion_id: int) -> bool:
    current = (Observation.occasion_id == occasion_id, Observation.replaced_at.is_(None), Observation.rank.is_not(None))
    return bool(session.scalar(select(exists().where(*current))))


def _role(actor: Actor) -> Role:
    """As a coach where somebody is both, as with shifts. Raises Forbidden for who is neither."""
    for role in (Role.COACH, Role.THERAPIST):
        if role in actor.roles:
            return role
    raise Forbidden(Permission.GROUP_OBSERVE)


def _tasks(session: Session, group: Group, wanted: list[str]) -> dict[str, int]:
    """Public id → key of tasks this group works on. Raises NotFound for any other."""
    rows = session.execute(
        select(Task.public_id, Task.id)
        .join(GroupTask, GroupTask.task_id == Task.id)
        .where(GroupTask.group_id == group.id, Task.public_id.in_(wanted))
    )
    found: dict[str, int] = dict(rows.all())
    if set(wanted) - set(found):
        raise NotFound
    return found


def _begin(session: Session, group: Group, row: GroupSession, tasks: set[int]) -> None:
    """A task somebody was seen doing has begun, on the first such day."""
    rows = session.scalars(
        select(GroupTask).where(GroupTask.group_id == group.id, GroupTask.task_id.in_(sorted(tasks))).with_for_update()
    )
    for task in rows:
        task.begun_on = min(task.begun_on or row.day, row.day)


def _values(row: GroupSession) -> Mapping[str, Any]:
    return {"done": row.done, "topics": "\n".join(row.topics), "shared_note": row.shared_note}
