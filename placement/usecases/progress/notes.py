"""A word at a point of a chart: what was special about this occasion. The participant may read it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select

from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.progress.plan import PointNote
from placement.models.shifts.occasion import Occasion
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.effects.tasks import task_in_sight
from placement.usecases.transaction import Work

#: Longest note, in characters.
LONGEST = 300
#: Most notes at one occasion.
MOST = 10


@dataclass(frozen=True, slots=True)
class AddNote:
    """Public ids; ``task`` None: about every task of the occasion."""

    participant: str
    occasion: str
    text: str
    task: str | None = None


def add_note(work: Work, actor: Actor, command: AddNote) -> str:
    """Its public id. Raises NotFound, Forbidden, and Refused (field text) for an empty or long note or too many."""
    with work.transaction() as session:
        occasion = session.scalar(
            select(Occasion)
            .join(Participant, Participant.id == Occasion.participant_id)
            .where(
                Occasion.public_id == command.occasion,
                Participant.public_id == command.participant,
                scope.participants(actor),
            )
        )
        if occasion is None:
            raise NotFound
        ensure(actor, Permission.PROGRESS_EVENTS, Facts(occasion.program_id, occasion.participant_id))
        text = command.text.strip()
        if not text:
            raise Refused(say("Please write a few words."), "text")
        if len(text) > LONGEST:
            raise Refused(say("Please keep it to %(n)s characters.", n=LONGEST), "text")
        there = session.scalars(select(PointNote.id).where(PointNote.occasion_id == occasion.id)).all()
        if len(there) >= MOST:
            raise Refused(say("There are %(n)s notes at this point already.", n=MOST), "text")
        note = PointNote(
            program_id=occasion.program_id,
            participant_id=occasion.participant_id,
            occasion_id=occasion.id,
            task_id=task_in_sight(session, actor, command.task, occasion.participant_id),
            text=text,
            by_account_id=actor.account_id,
            created_at=work.clock(),
        )
        session.add(note)
        session.flush()
        audit(session, work, actor, "point_note.add", "point_note", note.id, participant_id=occasion.participant_id)
        return note.public_id


def remove_note(work: Work, actor: Actor, participant: str, task: str, note: str) -> AddNote:
    """Take a note away that stands on a task's chart; what it said, so that it can be set again.

    Raises NotFound and Forbidden.
    """
    with work.transaction() as session:
        found = session.execute(
            select(PointNote, Occasion.public_id, Task.public_id)
            .join(Occasion, Occasion.id == PointNote.occasion_id)
            .join(Participant, Participant.id == PointNote.participant_id)
            .outerjoin(Task, Task.id == PointNote.task_id)
            .where(
                PointNote.public_id == note,
                Participant.public_id == participant,
                scope.participants(actor),
                or_(PointNote.task_id.is_(None), scope.tasks(actor)),
            )
            .with_for_update(of=PointNote)
        ).one_or_none()
        if found is None:
            raise NotFound
        row, occasion, of_task = found
        if task_in_sight(session, actor, task, row.participant_id) != row.task_id and row.task_id is not None:
            raise NotFound
        ensure(actor, Permission.PROGRESS_EVENTS, Facts(row.program_id, row.participant_id))
        audit(session, work, actor, "point_note.remove", "point_note", row.id, participant_id=row.participant_id)
        said = AddNote(participant, occasion, row.text, of_task)
        session.delete(row)
        return said
