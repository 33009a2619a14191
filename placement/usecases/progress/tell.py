"""A milestone somebody has seen was withdrawn: a person tells them, then their page changes."""

from __future__ import annotations

from sqlalchemy import or_, select

from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.participants.participant import Participant
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import Milestone
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def tell_milestone(work: Work, actor: Actor, milestone: str) -> None:
    """Note that the actor has told the participant. Saying it twice changes nothing.

    Raises NotFound for a milestone out of sight, Refused for one that stands.
    """
    with work.transaction() as session:
        row = session.scalar(
            select(Milestone)
            .join(Participant, Participant.id == Milestone.participant_id)
            .outerjoin(Task, Task.id == Milestone.task_id)
            .where(
                Milestone.public_id == milestone,
                scope.participants(actor),
                or_(Milestone.task_id.is_(None), scope.tasks(actor)),
            )
            .with_for_update(of=Milestone)
        )
        if row is None:
            raise NotFound
        ensure(actor, Permission.MILESTONE_TELL, Facts(row.program_id, row.participant_id))
        if row.withdrawn_at is None:
            raise Refused(say("This milestone stands. There is nothing to tell."))
        if row.told_at is None:
            row.told_at = work.clock()
            row.told_by_id = actor.account_id
            audit(session, work, actor, "milestone.tell", "milestone", row.id, participant_id=row.participant_id)
