"""Pausing, going on and ending: the participant's own decision, without a reason and without a mark."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from placement.domain.errors import NotFound, Refused
from placement.domain.jobs import JobKind
from placement.domain.notices import NoticeKind
from placement.domain.participants import ParticipantStatus
from placement.domain.placements import Move
from placement.domain.placements import PlacementState as S
from placement.models.employers.opening import Opening
from placement.models.notices.notice import Notice
from placement.models.participants.participant import Participant
from placement.models.placements.placement import Placement, PlacementMove
from placement.models.shifts.shift import Shift
from placement.models.system.job import Job
from placement.usecases.placements.move import MovePlacement, move_placement
from placement.usecases.placements.own_move import own_move
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def now_of(make: Make, cast: Cast) -> Any:
    return make.one(select(Placement).where(Placement.id == cast.a.placement.id))


def told(make: Make) -> list[tuple[Any, bool]]:
    return [(row.kind, row.done_at is None) for row in make.all(select(Notice).order_by(Notice.id))]


def test_a_pause_and_on_again(work: Work, cast: Cast, make: Make) -> None:
    noa, key = make.actor(cast.accounts.noa), cast.a.placement.public_id
    for _ in range(2):
        own_move(work, noa, key, Move.PAUSE)
    assert now_of(make, cast).state is S.PAUSED
    assert told(make) == [(NoticeKind.PLACEMENT_PAUSED, True)], "a second tap changes nothing"
    own_move(work, noa, key, Move.RESUME)
    assert now_of(make, cast).state is S.ACTIVE
    assert told(make) == [(NoticeKind.PLACEMENT_PAUSED, False)]
    assert make.all(select(Job.kind)) == [JobKind.MAIL_NOTICE]
    notes = make.all(select(PlacementMove.note).where(PlacementMove.placement_id == cast.a.placement.id))
    assert set(notes) == {""}


def test_the_end_frees_the_place_and_the_days(work: Work, cast: Cast, make: Make) -> None:
    filled = make.one(select(Opening.filled).where(Opening.id == cast.a.opening.id))
    for _ in range(2):
        own_move(work, make.actor(cast.accounts.noa), cast.a.placement.public_id, Move.END_EARLY)
    row = now_of(make, cast)
    assert (row.state, row.last_day) == (S.ENDED_EARLY, make.today)
    assert make.one(select(Opening.filled).where(Opening.id == cast.a.opening.id)) == filled - 1
    assert make.one(select(Shift.cancelled_at).where(Shift.id == cast.a.future.id)) is not None
    status = make.one(select(Participant.status).where(Participant.id == cast.a.participant.id))
    assert status is ParticipantStatus.WAITING
    assert told(make) == [(NoticeKind.PLACEMENT_ENDED, True)]


def test_agreed_and_not_begun(work: Work, cast: Cast, make: Make) -> None:
    make.do(lambda s: s.get_one(Placement, cast.proposed.id).__setattr__("state", S.ACCEPTED))
    own_move(work, make.actor(cast.accounts.kim), cast.proposed.public_id, Move.WITHDRAW)
    assert make.one(select(Placement.state).where(Placement.id == cast.proposed.id)) is S.WITHDRAWN


def test_what_staff_paused_is_asked_of_them(work: Work, cast: Cast, make: Make) -> None:
    row = now_of(make, cast)
    move_placement(work, make.actor(cast.accounts.coordinator), MovePlacement(row.public_id, row.version, Move.PAUSE))
    noa = make.actor(cast.accounts.noa)
    with pytest.raises(Refused):
        own_move(work, noa, row.public_id, Move.RESUME)
    own_move(work, noa, row.public_id, Move.END_EARLY)
    with pytest.raises(Refused):
        own_move(work, noa, row.public_id, Move.RESUME)


@pytest.mark.parametrize("name", ["kim", "supervisor", "ben", "outsider_coordinator"])
def test_nobody_else(work: Work, cast: Cast, make: Make, name: str) -> None:
    with pytest.raises(NotFound):
        own_move(work, make.actor(getattr(cast.accounts, name)), cast.a.placement.public_id, Move.PAUSE)
