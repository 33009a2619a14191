"""Phase lines of a participant, for those who set them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.queries import scope
from placement.queries.programs.catalog import TaskRow
from placement.queries.programs.catalog import tasks as live_tasks
from placement.queries.progress import reading_marks
from placement.queries.progress.records import EventRow


@dataclass(frozen=True, slots=True)
class Events:
    """A participant's phase lines, newest first, and the tasks one may be about."""

    participant_id: int
    public_id: str
    name: str
    rows: tuple[EventRow, ...]
    tasks: tuple[TaskRow, ...]


def events_of(db: Session, actor: Actor, public_id: str) -> Events:
    """The phase lines of a visible participant. Raises NotFound."""
    person = db.execute(
        select(Participant.id, Participant.public_id, Participant.preferred_name, Participant.family_name).where(
            scope.participants(actor), Participant.public_id == public_id
        )
    ).one_or_none()
    if person is None:
        raise NotFound
    rows = reading_marks.events(db, actor, person.id)
    return Events(
        participant_id=person.id,
        public_id=person.public_id,
        name=f"{person.preferred_name} {person.family_name}".strip(),
        rows=tuple(EventRow(*row) for row in rows),
        tasks=tuple(live_tasks(db, actor)),
    )
