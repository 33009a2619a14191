"""Openings: create, edit, what they ask for, states, archive."""

from __future__ import annotations

from datetime import date, time
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.openings import OpeningState
from placement.domain.week import Span, from_spans
from placement.models.employers.employer import Employer
from placement.models.employers.opening import Opening, OpeningAccommodation, OpeningRequirement, OpeningTask
from placement.usecases.effects.places import take_place
from placement.usecases.employers.opening import (
    CreateOpening,
    EditOpening,
    EditOpeningNeeds,
    create_opening,
    edit_opening,
    edit_opening_needs,
)
from placement.usecases.employers.opening_state import archive_opening, restore_opening, set_opening_state
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import MORNINGS, Make


def stored(make: Make, public_id: str) -> Opening:
    found: Opening = make.one(select(Opening).where(Opening.public_id == public_id))
    return found


def new(cast: Cast, **changes: object) -> CreateOpening:
    values: dict[str, object] = {
        "site": cast.a.site.public_id, "role": "Cashier", "capacity": 3, "first_day": date(2026, 12, 1),
        "pattern": MORNINGS,
    }  # fmt: skip
    return CreateOpening(**(values | changes))  # type: ignore[arg-type]


def edited(cast: Cast, version: int = 1, **changes: object) -> EditOpening:
    values: dict[str, object] = {
        "opening": cast.a.opening.public_id, "version": version, "role": "Stock helper", "capacity": 2,
        "first_day": date(2026, 9, 1), "pattern": MORNINGS,
    }  # fmt: skip
    return EditOpening(**(values | changes))  # type: ignore[arg-type]


def test_an_opening_with_all_it_asks_for(work: Work, make: Make, cast: Cast) -> None:
    catalog = cast.a.catalog
    command = new(
        cast,
        requirements={catalog.traits[0].public_id: (0, 1), catalog.traits[1].public_id: (5, 5)},
        tasks=frozenset({catalog.tasks[2].public_id}),
        accommodations=frozenset({catalog.accommodations[0].public_id}),
        minimum_weekly_hours=20.0,
        last_day=date(2026, 12, 1),
    )
    row = stored(make, create_opening(work, make.actor(cast.accounts.coordinator), command))
    assert (row.capacity, row.filled, row.state, row.pattern) == (3, 0, OpeningState.OPEN, MORNINGS)
    assert row.sort_key == "cashier corner grocery berlin"
    asked = make.do(
        lambda s: s.execute(
            select(OpeningRequirement.trait_id, OpeningRequirement.level, OpeningRequirement.weight).where(
                OpeningRequirement.opening_id == row.id
            )
        ).all()
    )
    assert {tuple(line) for line in asked} == {(catalog.traits[0].id, 0, 1), (catalog.traits[1].id, 5, 5)}
    assert make.all(select(OpeningTask.task_id).where(OpeningTask.opening_id == row.id)) == [catalog.tasks[2].id]
    assert make.one(select(func.count()).select_from(OpeningAccommodation)) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": " "}, "role"),
        ({"capacity": 0}, "capacity"),
        ({"last_day": date(2026, 11, 30)}, "last_day"),
        ({"pattern": 0}, "pattern"),
        ({"minimum_weekly_hours": 20.25}, "minimum_weekly_hours"),
        ({"minimum_weekly_hours": 0.0}, "minimum_weekly_hours"),
    ],
)
def test_what_an_opening_cannot_be(
    work: Work, make: Make, cast: Cast, changes: dict[str, object], field: str
) -> None:  # fmt: skip
    actor = make.actor(cast.accounts.coordinator)
    with pytest.raises(Refused) as refusal:
        create_opening(work, actor, new(cast, **changes))
    assert refusal.value.field == field
    before = stored(make, cast.a.opening.public_id)
    changes = {"last_day": date(2026, 8, 31)} if "last_day" in changes else changes
    with pytest.raises(Refused) as refusal:
        edit_opening(work, actor, edited(cast, **changes))
    assert refusal.value.field == field
    assert stored(make, cast.a.opening.public_id).version == before.version


def test_foreign_parts_of_the_catalog_do_not_exist(work: Work, make: Make, cast: Cast) -> None:
    actor, foreign = make.actor(cast.accounts.coordinator), cast.b.catalog
    before = make.one(select(func.count()).select_from(Opening))
    for changes in (
        {"requirements": {foreign.traits[0].public_id: (1, 1)}},
        {"tasks": frozenset({foreign.tasks[0].public_id})},
        {"accommodations": frozenset({foreign.accommodations[0].public_id})},
        {"site": cast.b.site.public_id},
    ):
        with pytest.raises(NotFound):
            create_opening(work, actor, new(cast, **changes))
    with pytest.raises(Refused):
        create_opening(work, actor, new(cast, requirements={cast.a.catalog.traits[0].public_id: (6, 1)}))
    assert make.one(select(func.count()).select_from(Opening)) == before


def test_places_cannot_go_below_those_taken(work: Work, make: Make, cast: Cast) -> None:
    actor, own = make.actor(cast.accounts.coordinator), cast.a.opening
    make.do(lambda s: take_place(s, own.id))
    taken = stored(make, own.public_id).filled
    with pytest.raises(Refused) as refusal:
        edit_opening(work, actor, edited(cast, capacity=taken - 1))
    assert refusal.value.field == "capacity"
    assert refusal.value.reason.params["n"] == taken
    edit_opening(work, actor, edited(cast, capacity=taken))
    assert stored(make, own.public_id).capacity == taken


def test_taking_a_place_while_places_shrink_never_breaks_the_counter(work: Work, make: Make, cast: Cast) -> None:
    """One takes the second place, one takes it away: exactly one of them gets it."""
    actor, own = make.actor(cast.accounts.coordinator), cast.a.opening
    started, outcomes = Barrier(2), []

    def shrink() -> None:
        started.wait()
        try:
            edit_opening(work, actor, edited(cast, capacity=1))
        except Refused:
            outcomes.append("refused")
        else:
            outcomes.append("shrunk")

    def take() -> None:
        started.wait()
        outcomes.append("taken" if make.do(lambda s: take_place(s, own.id)) else "full")

    threads = [Thread(target=shrink), Thread(target=take)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) in (["refused", "taken"], ["full", "shrunk"])
    row = stored(make, own.public_id)
    assert row.filled <= row.capacity


def test_edits_are_compared_with_what_the_person_saw(work: Work, make: Make, cast: Cast) -> None:
    actor = make.actor(cast.accounts.coordinator)
    evenings = from_spans([Span(0, time(18), time(20))])
    edit_opening(work, actor, edited(cast, role="Night helper", pattern=evenings))
    assert stored(make, cast.a.opening.public_id).sort_key == "night helper corner grocery berlin"
    for late in (
        lambda: edit_opening(work, actor, edited(cast)),
        lambda: edit_opening_needs(
            work, actor, EditOpeningNeeds(cast.a.opening.public_id, 1, {}, frozenset(), frozenset())
        ),
    ):
        with pytest.raises(Stale) as stale:
            late()
        assert stale.value.version == 2
    assert make.all(select(OpeningTask.task_id).where(OpeningTask.opening_id == cast.a.opening.id))


def test_needs_are_replaced_as_a_whole(work: Work, make: Make, cast: Cast) -> None:
    actor, own, catalog = make.actor(cast.accounts.coordinator), cast.a.opening, cast.a.catalog
    needs = EditOpeningNeeds(
        own.public_id, 1, {catalog.traits[2].public_id: (4, 2)}, frozenset({catalog.tasks[3].public_id}), frozenset()
    )
    edit_opening_needs(work, actor, needs)
    asked = make.all(select(OpeningRequirement).where(OpeningRequirement.opening_id == own.id))
    assert [(line.trait_id, line.level, line.weight) for line in asked] == [(catalog.traits[2].id, 4, 2)]
    assert make.all(select(OpeningTask.task_id).where(OpeningTask.opening_id == own.id)) == [catalog.tasks[3].id]
    assert stored(make, own.public_id).version == 2


def test_states_and_the_archive(work: Work, make: Make, cast: Cast) -> None:
    actor, own = make.actor(cast.accounts.coordinator), cast.a.opening
    set_opening_state(work, actor, own.public_id, OpeningState.ON_HOLD)
    assert stored(make, own.public_id).state is OpeningState.ON_HOLD
    with pytest.raises(Refused):
        archive_opening(work, actor, own.public_id)
    empty = create_opening(work, actor, new(cast))
    archive_opening(work, actor, empty)
    assert stored(make, empty).archived_at == work.clock()
    with pytest.raises(Refused):
        set_opening_state(work, actor, empty, OpeningState.OPEN)
    restore_opening(work, actor, empty)
    assert stored(make, empty).archived_at is None
    assert stored(make, empty).state is OpeningState.CLOSED
    make.do(lambda s: setattr(s.get_one(Employer, cast.a.employer.id), "archived_at", work.clock()))
    with pytest.raises(Refused):
        set_opening_state(work, actor, empty, OpeningState.OPEN)
    with pytest.raises(Refused):
        create_opening(work, actor, new(cast))


def test_others_cannot(work: Work, make: Make, cast: Cast) -> None:
    for account, error in ((cast.accounts.coach, Forbidden), (cast.accounts.outsider_coordinator, NotFound)):
        actor = make.actor(account)
        with pytest.raises(error):
            edit_opening(work, actor, edited(cast))
        with pytest.raises(error):
            set_opening_state(work, actor, cast.a.opening.public_id, OpeningState.CLOSED)
        with pytest.raises(error):
            archive_opening(work, actor, cast.a.opening.public_id)
        with pytest.raises(error):
            create_opening(work, actor, new(cast))
