from __future__ import annotations

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from placement.domain.errors import Forbidden, NotFound, Refused, Stale
from placement.domain.events import EventKind
from placement.domain.participants import ParticipantStatus, TravelMode
from placement.domain.placements import Move, PlacementState
from placement.models.employers.opening import Opening
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement, PlacementMove
from placement.models.progress.milestone import ChartEvent
from placement.models.progress.summary import PlacementSummary
from placement.models.shifts.shift import Shift
from placement.usecases.participants.edit import EditParticipant, edit_participant
from placement.usecases.placements.move import MovePlacement, move_placement
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make

S = PlacementState


def go(work: Work, make: Make, cast: Cast, row: Placement, move: Move, **more: object) -> Placement:
    now = make.one(select(Placement).where(Placement.id == row.id))
    command = MovePlacement(now.public_id, now.version, move, **more)  # type: ignore[arg-type]
    move_placement(work, make.actor(cast.accounts.coordinator), command)
    found: Placement = make.one(select(Placement).where(Placement.id == row.id))
    return found


def status(make: Make, row: Placement) -> ParticipantStatus:
    return ParticipantStatus(make.one(select(Participant.status).where(Participant.id == row.participant_id)))


def test_from_the_employers_yes_to_the_start(work: Work, make: Make, cast: Cast) -> None:
    lee = make.participant(cast.a.program, "Mia", status=ParticipantStatus.WAITING)
    row = make.placement(lee, cast.a.opening, S.OFFERED, first_day=make.day(1))
    assert go(work, make, cast, row, Move.EMPLOYER_YES, note="by phone").state is S.ACCEPTED
    assert go(work, make, cast, row, Move.START).state is S.ACTIVE
    assert status(make, row) is ParticipantStatus.ACTIVE
    event = make.one(select(ChartEvent).where(ChartEvent.participant_id == lee.id))
    assert (event.kind, event.day, event.text) == (EventKind.NEW_SITE, make.today, "Corner Grocery, Market Street")
    assert make.one(select(Placement.first_day).where(Placement.id == row.id)) == make.today
    notes = make.all(select(PlacementMove.note).where(PlacementMove.placement_id == row.id).order_by(PlacementMove.id))
    assert notes == ["", "by phone", ""]


def test_a_profile_opened_before_a_start_does_not_bring_the_old_status_back(work: Work, make: Make, cast: Cast) -> None:
    mia = make.participant(cast.a.program, "Mia", status=ParticipantStatus.WAITING)
    row = make.placement(mia, cast.a.opening, S.ACCEPTED)
    go(work, make, cast, row, Move.START)
    before = EditParticipant(
        public_id=mia.public_id, version=mia.version, preferred_name="Mia", status=ParticipantStatus.WAITING,
        travel_mode=TravelMode.WALK,
    )  # fmt: skip
    with pytest.raises(Stale):
        edit_participant(work, make.actor(cast.accounts.coordinator), before)


def test_an_end_frees_the_place_and_cancels_what_was_planned_after_it(work: Work, make: Make, cast: Cast) -> None:
    before = make.one(select(Opening.filled).where(Opening.id == cast.a.opening.id))
    later_today = make.shift(cast.a.placement, make.today, time(15), time(18))
    row = go(work, make, cast, cast.a.placement, Move.END_EARLY)
    assert (row.state, row.last_day) == (S.ENDED_EARLY, make.today)
    assert make.one(select(Opening.filled).where(Opening.id == cast.a.opening.id)) == before - 1
    assert status(make, row) is ParticipantStatus.WAITING
    shifts = {shift.id: shift for shift in make.all(select(Shift).where(Shift.placement_id == row.id))}
    for gone in (cast.a.future, later_today):
        assert shifts[gone.id].cancelled_at == make.clock.now
        assert shifts[gone.id].feedback_due_at is None
    for kept in (cast.a.owed, cast.a.current, cast.a.rated):
        assert shifts[kept.id].cancelled_at is None
    assert shifts[cast.a.owed.id].feedback_due_at is not None
    assert make.one(select(PlacementSummary.shifts_planned).where(PlacementSummary.placement_id == row.id)) == 3


def test_an_end_in_the_past_cancels_what_nobody_confirmed_since(work: Work, make: Make, cast: Cast) -> None:
    row = go(work, make, cast, cast.a.placement, Move.COMPLETE, on=make.day(-5))
    assert (row.state, row.last_day) == (S.COMPLETED, make.day(-5))
    shifts = {shift.id: shift for shift in make.all(select(Shift).where(Shift.placement_id == row.id))}
    assert shifts[cast.a.rated.id].cancelled_at is None
    assert shifts[cast.a.owed.id].cancelled_at == make.clock.now


def test_whoever_has_another_placement_stays_on_placement(work: Work, make: Make, cast: Cast) -> None:
    make.placement(cast.a.participant, make.opening(cast.other_site), S.ACTIVE)
    row = go(work, make, cast, cast.a.placement, Move.COMPLETE)
    assert status(make, row) is ParticipantStatus.ACTIVE


def test_an_end_is_never_set_ahead(work: Work, make: Make, cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        go(work, make, cast, cast.a.placement, Move.COMPLETE, on=make.today + timedelta(days=1))
    assert caught.value.field == "on"


def test_pause_and_go_on_keep_the_place(work: Work, make: Make, cast: Cast) -> None:
    before = make.one(select(Opening.filled).where(Opening.id == cast.a.opening.id))
    assert go(work, make, cast, cast.a.placement, Move.PAUSE).state is S.PAUSED
    assert go(work, make, cast, cast.a.placement, Move.RESUME).state is S.ACTIVE
    assert make.one(select(Opening.filled).where(Opening.id == cast.a.opening.id)) == before


def test_moves_out_of_order_and_out_of_date(work: Work, make: Make, cast: Cast) -> None:
    coordinator = make.actor(cast.accounts.coordinator)
    with pytest.raises(Refused):
        go(work, make, cast, cast.proposed, Move.EMPLOYER_YES)
    with pytest.raises(Stale):
        move_placement(work, coordinator, MovePlacement(cast.a.placement.public_id, 99, Move.PAUSE))
    with pytest.raises(NotFound):
        move_placement(work, coordinator, MovePlacement(cast.b.placement.public_id, 1, Move.PAUSE))
    with pytest.raises(Forbidden):
        move_placement(
            work, make.actor(cast.accounts.therapist), MovePlacement(cast.a.placement.public_id, 1, Move.PAUSE)
        )
    assert make.one(select(Placement.state).where(Placement.id == cast.a.placement.id)) is S.ACTIVE
