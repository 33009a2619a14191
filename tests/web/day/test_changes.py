"""A participant's day page says what was moved or cancelled, until they have seen it or the shift is over."""

from __future__ import annotations

from datetime import time, timedelta

from sqlalchemy import select, update

from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.usecases.shifts.change import MoveShift, cancel_shift, move_shift
from placement.usecases.transaction import Work
from tests.application import ClientFor
from tests.clock import Clock
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.statements import Counter

CHANGED = "Your plan has changed"


def key_of(make: Make, shift: Shift) -> str:
    return str(make.one(select(Occasion.public_id).where(Occasion.id == shift.id)))


def to_friday(cast: Cast, make: Make, work: Work) -> None:
    cora = make.actor(cast.accounts.coordinator)
    move_shift(work, cora, MoveShift(key_of(make, cast.a.future), 1, make.day(4), time(10), time(14)))


def test_moved_from_and_to(client_for: ClientFor, cast: Cast, make: Make, work: Work, statements: Counter) -> None:
    visitor = client_for(cast.accounts.noa)
    assert CHANGED not in visitor.get("/day").content
    to_friday(cast, make, work)
    with statements:
        page = visitor.get("/day")
    assert statements.count <= 6
    assert "Moved to Fri, Nov 27, 10:00" in page.content
    assert "before: Thu, Nov 26" in page.content
    assert CHANGED not in client_for(cast.accounts.kim).get("/day").content


def test_it_stays_for_the_day_on_which_it_was_seen(
    client_for: ClientFor, cast: Cast, make: Make, work: Work, clock: Clock
) -> None:
    client_for(cast.accounts.noa).get("/day")
    to_friday(cast, make, work)
    clock.advance(days=1)
    visitor = client_for(cast.accounts.noa)
    assert CHANGED in visitor.get("/day").content
    clock.advance(hours=1)
    assert CHANGED in visitor.get("/day").content
    clock.advance(days=1)
    assert CHANGED not in client_for(cast.accounts.noa).get("/day").content


def test_unseen_it_ends_with_the_shift(client_for: ClientFor, cast: Cast, make: Make, work: Work, clock: Clock) -> None:
    cancel_shift(work, make.actor(cast.accounts.coordinator), key_of(make, cast.a.future), 1)
    visitor = client_for(cast.accounts.noa)
    assert "Cancelled: Thu, Nov 26" in visitor.get("/day").content
    over = {"starts_at": clock.now - timedelta(hours=4), "ends_at": clock.now}
    make.do(lambda s: s.execute(update(Occasion).where(Occasion.id == cast.a.future.id).values(**over)))
    assert CHANGED not in visitor.get("/day").content


def test_what_a_pattern_or_pause_took_out_is_not_said_here(client_for: ClientFor, cast: Cast, make: Make) -> None:
    make.do(lambda s: setattr(s.get_one(Shift, cast.a.future.id), "cancelled_at", make.clock.now))
    assert CHANGED not in client_for(cast.accounts.noa).get("/day").content
