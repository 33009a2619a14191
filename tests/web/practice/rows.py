"""What somebody practices, written through the use cases."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.tokens import family_link_token
from placement.models.accounts.account import Account
from placement.models.participants.participant import Participant
from placement.models.practice.practice import FamilyLink
from placement.models.programs.catalog import Task, TaskStep
from placement.usecases.practice.invite import invite_family
from placement.usecases.practice.plan import AddPractice, PracticeValues, add_practice
from tests.factories.make import Make

#: A name that stands nowhere else, so that a leak is found.
SECRET = "Quiet morning wash"


def private_practice(make: Make, person: Participant, by: Account, name: str = SECRET, plan: str = "") -> str:
    """Something of their own that participant and therapist alone see; its public id."""
    command = AddPractice(person.public_id, PracticeValues(plan=plan), name=name, area="personal_care")
    return add_practice(make.work, make.actor(by), command)


def shared_task(make: Make, person: Participant, name: str = "Practice talk", steps: int = 3) -> Task:
    """A task of the program in the area of job search."""

    def change(session: Session) -> Task:
        task = Task(
            program_id=person.program_id, key=name.lower().replace(" ", "_"), area="job_search", name={"en": name},
            sentence={"en": f"{name}."},
        )  # fmt: skip
        session.add(task)
        session.flush()
        for position in range(steps):
            words = {"en": f"Question {position + 1}."}
            session.add(TaskStep(program_id=task.program_id, task_id=task.id, position=position, name=words))
        session.flush()
        return task

    return make.do(change)


def shared_practice(make: Make, person: Participant, by: Account, name: str = "Practice talk") -> str:
    """Something everybody who looks after the person sees; its public id."""
    task = shared_task(make, person, name)
    return add_practice(make.work, make.actor(by), AddPractice(person.public_id, PracticeValues(), task=task.public_id))


def invitation(make: Make, practice: str, by: Account, name: str = "Mom") -> tuple[str, str]:
    """The participant's invitation: its public id, and the path that opens it."""
    made = invite_family(make.work, make.actor(by), practice, name)
    row = make.one(select(FamilyLink).where(FamilyLink.public_id == made))
    return made, f"/family/open/{family_link_token(make.work.link_key, row.id, row.generation)}"
