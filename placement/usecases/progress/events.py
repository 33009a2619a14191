"""Phase lines: what changed from a day on, so that a chart can be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from placement.domain.errors import NotFound, Refused
from placement.domain.events import EventKind
from placement.domain.words import say
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import ChartEvent
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.tasks import task_in_sight
from placement.usecases.transaction import Work

#: Longest text beside a line, in characters.
LONGEST = 80
#: A planned step may stand on the chart a little ahead.
AHEAD = timedelta(days=366)
BEFORE = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class AddEvent:
    """``task``: public id, for a line on that task's chart only. ``text`` replaces the kind's words."""

    participant: str
    kind: EventKind
    day: date
    task: str | None = None
    text: str = ""


def add_event(work: Work, actor: Actor, command: AddEvent) -> str:
    """Set a phase line; its public id. Raises NotFound, Forbidden, and Refused for a day far off or a long text."""
    with work.transaction() as session:
        person = session.execute(
            select(Participant.id, Participant.program_id).where(
                Participant.public_id == command.participant, scope.participants(actor)
            )
        ).one_or_none()
        if person is None:
            raise NotFound
        ensure(actor, Permission.PROGRESS_EVENTS, Facts(person.program_id, person.id))
        today = actor.today(work.clock())
        if not today - BEFORE <= command.day <= today + AHEAD:
            raise Refused(say("Please choose a day nearer to today."), "day")
        if len(command.text) > LONGEST:
            raise Refused(say("Please keep it to %(n)s characters.", n=LONGEST), "text")
        event = ChartEvent(
            program_id=person.program_id,
            participant_id=person.id,
            kind=command.kind,
            day=command.day,
            task_id=task_in_sight(session, actor, command.task, person.id),
            text=command.text,
            created_at=work.clock(),
        )
        session.add(event)
        session.flush()
        audit(session, work, actor, "chart_event.add", "chart_event", event.id, participant_id=person.id)
        return event.public_id


def remove_event(work: Work, actor: Actor, participant: str, event: str) -> AddEvent:
    """Take a phase line away; what it said, so that it can be set again. Raises NotFound."""
    with work.transaction() as session:
        found = session.execute(
            select(ChartEvent, Task.public_id)
            .join(Participant, Participant.id == ChartEvent.participant_id)
            .outerjoin(Task, Task.id == ChartEvent.task_id)
            .where(
                ChartEvent.public_id == event,
                Participant.public_id == participant,
                scope.participants(actor),
                or_(ChartEvent.task_id.is_(None), scope.tasks(actor)),
            )
            .with_for_update(of=ChartEvent)
        ).one_or_none()
        if found is None:
            raise NotFound
        row, task = found
        ensure(actor, Permission.PROGRESS_EVENTS, Facts(row.program_id, row.participant_id))
        said = AddEvent(participant, row.kind, row.day, task, row.text)
        audit(session, work, actor, "chart_event.remove", "chart_event", row.id, participant_id=row.participant_id)
        session.delete(row)
        return said
