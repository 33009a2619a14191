"""What somebody would like to do, and where."""

from __future__ import annotations

from collections.abc import Mapping

from placement.domain.participants import Wish
from placement.models.employers.employer import Employer
from placement.models.participants.profile import EmployerWish, TaskWish
from placement.models.programs.catalog import Task
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.links import set_values
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import keys_by_public_id, lock_participant
from placement.usecases.transaction import Work

Wishes = Mapping[str, Wish | None]


def set_wishes(
    work: Work,
    actor: Actor,
    public_id: str,
    tasks: Wishes | None = None,
    employers: Wishes | None = None,
    *,
    seen: Wishes | None = None,
) -> None:
    """Set wishes by task and by employer (public ids); None means no opinion. Those not named stay as they are.

    ``seen``: the wishes the editor was looking at, of both kinds. Raises Stale, NotFound, Forbidden.
    """
    tasks, employers = tasks or {}, employers or {}
    with work.transaction() as session:
        person = lock_participant(session, actor, public_id, Permission.PARTICIPANT_WISHES)
        own = scope.in_program(actor, Employer.program_id)
        task_ids = keys_by_public_id(session, Task.id, Task.public_id, scope.tasks(actor), tasks)
        employer_ids = keys_by_public_id(session, Employer.id, Employer.public_id, own, employers)
        about_tasks = set_values(session, TaskWish, person, task_ids, tasks, seen)
        about_employers = set_values(session, EmployerWish, person, employer_ids, employers, seen)
        if about_tasks or about_employers:
            audit(
                session, work, actor, "participants.wishes", "participant", person.id,
                tasks=about_tasks, employers=about_employers,
            )  # fmt: skip
