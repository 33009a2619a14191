"""Putting right a slip in somebody's feedback."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, Refused, Stale
from placement.models.feedback.observation import Feedback, Observation
from placement.models.progress.milestone import Milestone
from placement.models.progress.summary import TaskSummary
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.usecases.effects.observations import Answer
from placement.usecases.feedback.correct import CorrectFeedback, correct_feedback
from placement.usecases.feedback.submit import SubmitFeedback, TaskRating, submit_feedback
from placement.usecases.transaction import Work
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make

LAST = 3


@pytest.fixture
def cora(cast: Cast, make: Make) -> Actor:
    return make.actor(cast.accounts.coordinator)


def send(make: Make, cast: Cast, work: Work, account: Any, shift: Shift) -> Feedback:
    """Alone at the catalog's last task, which nothing else rates."""
    catalog = cast.a.catalog
    key = str(make.one(select(Occasion.public_id).where(Occasion.id == shift.id)))
    rating = TaskRating(catalog.tasks[LAST].public_id, catalog.levels[6].public_id)
    public_id = submit_feedback(
        work, make.actor(account), SubmitFeedback(key, "one-slip-of-the-thumb", ratings=(rating,))
    ).feedback
    return make.one(select(Feedback).where(Feedback.public_id == public_id))


def command(cast: Cast, feedback: Feedback, rank: int, **changes: Any) -> CorrectFeedback:
    catalog = cast.a.catalog
    answer = Answer(catalog.tasks[LAST].public_id, catalog.levels[rank].public_id, None)
    values = {"version": feedback.version, "answers": (answer,), "reason": "a slip of the thumb", **changes}
    return CorrectFeedback(feedback.public_id, **values)


def test_the_answer_changes_and_the_milestone_follows(cast: Cast, make: Make, work: Work, cora: Actor) -> None:
    sent = send(make, cast, work, cast.accounts.supervisor, cast.a.owed)
    task = cast.a.catalog.tasks[LAST].id
    done = correct_feedback(work, cora, command(cast, sent, 4))
    assert done.withdrawn == 1
    old, new = make.all(select(Observation).where(Observation.task_id == task).order_by(Observation.id))
    assert (old.rank, old.replaced_at is not None) == (6, True)
    assert (new.rank, new.replaced_at, new.replaces_id, new.rater_id) == (4, None, old.id, old.rater_id)
    assert make.one(select(TaskSummary.last_rank).where(TaskSummary.task_id == task)) == 4
    assert make.one(select(Milestone).where(Milestone.task_id == task)).withdrawn_at is not None
    again = make.one(select(Feedback).where(Feedback.id == sent.id))
    assert correct_feedback(work, cora, command(cast, again, 6)).restored == 1


def test_only_a_coordinator_with_a_reason_and_the_latest_version(
    cast: Cast, make: Make, work: Work, cora: Actor
) -> None:
    sent = send(make, cast, work, cast.accounts.supervisor, cast.a.owed)
    with pytest.raises(Refused):
        correct_feedback(work, cora, command(cast, sent, 4, reason=" "))
    with pytest.raises(Refused):
        correct_feedback(work, cora, command(cast, sent, 4, answers=()))
    with pytest.raises(Stale):
        correct_feedback(work, cora, command(cast, sent, 4, version=sent.version + 1))
    with pytest.raises(Forbidden):
        correct_feedback(work, make.actor(cast.accounts.supervisor), command(cast, sent, 4))
    assert make.one(select(Observation.rank).where(Observation.task_id == cast.a.catalog.tasks[LAST].id)) == 6


def test_the_page_shows_what_was_said_and_saves_what_is_right(
    client_for: ClientFor, cast: Cast, make: Make, work: Work
) -> None:
    sent = send(make, cast, work, cast.accounts.supervisor, cast.a.owed)
    catalog = cast.a.catalog
    visitor = client_for(cast.accounts.coordinator)
    path = f"/feedback/{sent.public_id}/correct"
    name = f"task-{catalog.tasks[LAST].public_id}"
    assert visitor.submit(path, 422, reason="").errors
    done = visitor.submit(path, 303, reason="a slip", **{name: catalog.levels[5].public_id})
    assert "The answers are corrected." in visitor.follow(done).words
