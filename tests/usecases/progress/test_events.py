"""Phase lines: who may set them, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound, Refused
from placement.domain.events import EventKind
from placement.domain.occasions import Audience
from placement.models.programs.catalog import Task
from placement.models.progress.milestone import ChartEvent
from placement.models.system.log import Audit
from placement.usecases.progress.events import AddEvent, add_event, remove_event
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def command(cast: Cast, make: Make) -> AddEvent:
    return AddEvent(cast.a.participant.public_id, EventKind.COACHING_STEP, make.day(-3), text="coach left")


def test_a_line_is_kept_with_its_trace(work: Work, cast: Cast, make: Make) -> None:
    before = len(make.all(select(ChartEvent)))
    made = add_event(work, make.actor(cast.accounts.coach), command(cast, make))
    row = make.one(select(ChartEvent).where(ChartEvent.public_id == made))
    assert (row.kind, row.day, row.text) == (EventKind.COACHING_STEP, make.day(-3), "coach left")
    said = remove_event(work, make.actor(cast.accounts.coordinator), cast.a.participant.public_id, made)
    assert said == command(cast, make)
    assert len(make.all(select(ChartEvent))) == before
    trace = make.all(select(Audit.action).where(Audit.subject == "chart_event").order_by(Audit.id))
    assert trace == ["chart_event.add", "chart_event.remove"]


def test_only_those_who_look_after_somebody(work: Work, cast: Cast, make: Make) -> None:
    wanted = command(cast, make)
    with pytest.raises(Forbidden):
        add_event(work, make.actor(cast.accounts.noa), wanted)
    for account in (cast.accounts.outsider_coordinator, cast.accounts.outsider_therapist, cast.accounts.supervisor):
        with pytest.raises(NotFound):
            add_event(work, make.actor(account), wanted)


def test_a_line_of_somebody_else_is_not_found(work: Work, cast: Cast, make: Make) -> None:
    coordinator = make.actor(cast.accounts.coordinator)
    made = add_event(work, coordinator, command(cast, make))
    with pytest.raises(NotFound):
        remove_event(work, coordinator, cast.kim.public_id, made)
    with pytest.raises(NotFound):
        remove_event(work, make.actor(cast.accounts.outsider_coordinator), cast.a.participant.public_id, made)


def test_far_days_and_long_texts_are_refused(work: Work, cast: Cast, make: Make) -> None:
    coordinator, wanted = make.actor(cast.accounts.coordinator), command(cast, make)
    for changed, field in ((replace(wanted, day=make.day(400)), "day"), (replace(wanted, text="x" * 81), "text")):
        with pytest.raises(Refused) as refused:
            add_event(work, coordinator, changed)
        assert refused.value.field == field


def test_a_private_task_of_another_person_is_not_found(work: Work, cast: Cast, make: Make) -> None:
    make.assign(cast.accounts.therapist, cast.kim)
    private = make.add(
        Task(
            program_id=cast.a.program.id, key="own", area="care", name={"en": "Getting ready"}, sentence={"en": "…"},
            audience=Audience.PRIVATE, participant_id=cast.kim.id,
        )
    )  # fmt: skip
    therapist = make.actor(cast.accounts.therapist)
    with pytest.raises(NotFound):
        add_event(work, therapist, replace(command(cast, make), task=private.public_id))
    own = AddEvent(cast.kim.public_id, EventKind.NEW_TASK, make.day(-3), task=private.public_id)
    assert add_event(work, therapist, own)
