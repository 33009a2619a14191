"""A task that is not listed: into the list, or put aside."""

from __future__ import annotations

from sqlalchemy import select

from placement.domain.notices import NoticeKind
from placement.models.notices.notice import Notice
from placement.models.programs.catalog import Task
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make


def test_into_the_list(client_for: ClientFor, cast: Cast, make: Make) -> None:
    row = make.notice(cast.a.participant, NoticeKind.UNLISTED_TASK, text="Watering the plants")
    visitor = client_for(cast.accounts.coordinator)
    assert f"/notices/{row.public_id}/task" in visitor.get(f"/notices/{row.public_id}").links
    path = f"/notices/{row.public_id}/task"
    visitor.submit(path, 422, sentence="")
    done = visitor.submit(path, 303, sentence="Waters the plants at the entrance.")
    assert "Watering the plants" in visitor.follow(done).words
    task = make.all(select(Task).where(Task.key == "watering_the_plants"))
    assert [one.program_id for one in task] == [cast.a.program.id]
    assert make.one(select(Notice.done_by_id).where(Notice.id == row.id)) == cast.accounts.coordinator.id
    visitor.get(path, 404)


def test_for_coordinators_and_for_such_notices_alone(client_for: ClientFor, cast: Cast, make: Make) -> None:
    other = make.notice(cast.a.participant, NoticeKind.WORRIED)
    client_for(cast.accounts.coordinator).get(f"/notices/{other.public_id}/task", 404)
    client_for(cast.accounts.coach).get(f"/notices/{other.public_id}/task", 403)
