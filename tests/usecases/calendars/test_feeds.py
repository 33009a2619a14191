"""Addresses for calendar programs: who gets one, what it hands out, and how it ends."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import Forbidden, NotFound
from placement.domain.feeds import FeedKind, FeedShift
from placement.domain.shifts import Attendance
from placement.domain.tokens import feed_token, token_hash
from placement.models.accounts.account import Account
from placement.models.employers.employer import SiteSupervisor
from placement.models.shifts.absence import CalendarFeed
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.queries.calendars.feed import feed_shifts, open_feed
from placement.usecases.calendars.feeds import create_own_feed, create_site_feed, end_feed, name_shops, renew_feed
from placement.usecases.notices.ill import TellIll, tell_ill
from placement.usecases.shifts.change import MoveShift, cancel_shift, move_shift
from placement.usecases.transaction import Work
from tests.factories.cast import Cast
from tests.factories.make import Make


def handed_out(work: Work, reads: Session, public_id: str) -> list[FeedShift] | None:
    """What the address gives now; None where it gives nothing at all."""
    row = reads.execute(
        select(CalendarFeed.id, CalendarFeed.generation).where(CalendarFeed.public_id == public_id)
    ).one()
    reader = open_feed(reads, token_hash(feed_token(work.link_key, row.id, row.generation)), work.clock())
    return None if reader is None else feed_shifts(reads, reader, work.clock())


def uid(make: Make, shift: Shift) -> str:
    return str(make.one(select(Occasion.public_id).where(Occasion.id == shift.id)))


def test_a_participants_own(work: Work, cast: Cast, make: Make, reads: Session) -> None:
    noa = make.actor(cast.accounts.noa)
    made = create_own_feed(work, noa, FeedKind.PARTICIPANT)
    assert create_own_feed(work, noa, FeedKind.PARTICIPANT) == made
    make.shift(cast.a.placement, make.day(-61))
    far = make.shift(cast.a.placement, make.day(80))
    found = handed_out(work, reads, made)
    assert found is not None
    wanted = (cast.a.rated, cast.a.owed, cast.a.current, cast.a.future, far)
    assert [shift.uid for shift in found] == [uid(make, shift) for shift in wanted]
    assert {(shift.person, shift.place) for shift in found} == {("", "")}
    name_shops(work, noa, made, True)
    assert {shift.place for shift in handed_out(work, reads, made) or []} == {"Corner Grocery, Market Street"}
    name_shops(work, noa, made, False)
    assert {shift.place for shift in handed_out(work, reads, made) or []} == {""}


def test_a_shop_sees_as_far_as_on_its_pages(work: Work, cast: Cast, make: Make, reads: Session) -> None:
    sol = create_own_feed(work, make.actor(cast.accounts.supervisor), FeedKind.SUPERVISOR)
    shop = create_site_feed(work, make.actor(cast.accounts.coordinator), cast.a.site.public_id)
    make.shift(cast.a.placement, make.day(-9))
    make.shift(cast.a.placement, make.day(9))
    wanted = [uid(make, shift) for shift in (cast.a.rated, cast.a.owed, cast.a.current, cast.a.future)]
    for made in (sol, shop):
        found = handed_out(work, reads, made)
        assert [shift.uid for shift in found or []] == wanted
        assert {shift.person for shift in found or []} == {"Noa"}
    harbor = create_own_feed(work, make.actor(cast.accounts.other_supervisor), FeedKind.SUPERVISOR)
    assert handed_out(work, reads, harbor) == []


def test_a_moved_shift_moves_and_a_cancelled_one_says_so(work: Work, cast: Cast, make: Make, reads: Session) -> None:
    made = create_own_feed(work, make.actor(cast.accounts.noa), FeedKind.PARTICIPANT)
    key, planner = uid(make, cast.a.future), make.actor(cast.accounts.coordinator)

    def now() -> FeedShift:
        return next(shift for shift in handed_out(work, reads, made) or [] if shift.uid == key)

    before = now()
    assert not before.cancelled
    make.clock.advance(minutes=5)
    version = make.one(select(Shift.version).where(Shift.id == cast.a.future.id))
    move_shift(work, planner, MoveShift(key, version, make.day(4), time(22), time(6)))
    moved = now()
    assert moved.revision > before.revision
    assert moved.changed_at == make.clock.now > before.changed_at
    assert moved.starts_at == datetime(2026, 11, 27, 21, tzinfo=UTC)
    cancel_shift(work, planner, key, version + 1)
    assert now().cancelled
    assert now().revision > moved.revision


def test_who_is_ill_is_not_expected_and_nobody_reads_why(work: Work, cast: Cast, make: Make, reads: Session) -> None:
    shop = create_site_feed(work, make.actor(cast.accounts.coordinator), cast.a.site.public_id)
    key = uid(make, cast.a.future)
    before = {shift.uid: shift for shift in handed_out(work, reads, shop) or []}[key]
    tell_ill(work, make.actor(cast.accounts.noa), TellIll(make.day(5)))
    after = {shift.uid: shift for shift in handed_out(work, reads, shop) or []}[key]
    assert (before.cancelled, after.cancelled) == (False, True)
    assert after.revision > before.revision
    # Who did not come is no matter of a calendar.
    make.do(lambda s: s.get_one(Occasion, cast.a.owed.id).__setattr__("attendance", Attendance.ABSENT))
    owed = {shift.uid: shift for shift in handed_out(work, reads, shop) or []}[uid(make, cast.a.owed)]
    assert not owed.cancelled


def test_renewed_and_ended(work: Work, cast: Cast, make: Make, reads: Session) -> None:
    noa = make.actor(cast.accounts.noa)
    made = create_own_feed(work, noa, FeedKind.PARTICIPANT)
    row = make.one(select(CalendarFeed))
    first = token_hash(feed_token(work.link_key, row.id, 1))
    assert open_feed(reads, first, work.clock()) is not None
    renew_feed(work, noa, made)
    assert open_feed(reads, first, work.clock()) is None
    assert handed_out(work, reads, made) is not None
    end_feed(work, noa, made)
    assert handed_out(work, reads, made) is None
    assert make.one(select(CalendarFeed.token_hash)) is None
    with pytest.raises(NotFound):
        renew_feed(work, noa, made)
    assert create_own_feed(work, noa, FeedKind.PARTICIPANT) != made


@pytest.mark.parametrize("name", ["coordinator", "therapist", "coach", "kim", "supervisor", "admin", "ben"])
def test_ones_own_is_nobody_elses(name: str, work: Work, cast: Cast, make: Make) -> None:
    made = create_own_feed(work, make.actor(cast.accounts.noa), FeedKind.PARTICIPANT)
    for step in (renew_feed, end_feed):
        with pytest.raises(NotFound):
            step(work, make.actor(getattr(cast.accounts, name)), made)


@pytest.mark.parametrize(
    ("name", "error"),
    [("coach", Forbidden), ("supervisor", Forbidden), ("noa", Forbidden), ("outsider_coordinator", NotFound)],
)
def test_a_shops_is_made_by_its_coordinators(
    name: str, error: type[Exception], work: Work, cast: Cast, make: Make
) -> None:
    with pytest.raises(error):
        create_site_feed(work, make.actor(getattr(cast.accounts, name)), cast.a.site.public_id)


@pytest.mark.parametrize("gone", ["person", "account", "site"])
def test_an_address_ends_with_its_owner(gone: str, work: Work, cast: Cast, make: Make, reads: Session) -> None:
    if gone == "site":
        made = create_site_feed(work, make.actor(cast.accounts.coordinator), cast.a.site.public_id)
        make.do(lambda s: s.get_one(type(cast.a.site), cast.a.site.id).__setattr__("archived_at", make.clock.now))
    else:
        made = create_own_feed(work, make.actor(cast.accounts.noa), FeedKind.PARTICIPANT)
        table, key = (
            (type(cast.a.participant), cast.a.participant.id) if gone == "person" else (Account, cast.accounts.noa.id)
        )
        make.do(lambda s: s.get_one(table, key).__setattr__("archived_at", make.clock.now))
    assert handed_out(work, reads, made) is None


def test_a_supervisor_who_left_a_shop_reads_it_no_longer(work: Work, cast: Cast, make: Make, reads: Session) -> None:
    made = create_own_feed(work, make.actor(cast.accounts.supervisor), FeedKind.SUPERVISOR)
    assert handed_out(work, reads, made)
    make.clock.advance(days=1)
    make.do(
        lambda s: [
            setattr(row, "last_day", make.day(-1))
            for row in s.scalars(select(SiteSupervisor).where(SiteSupervisor.rater_id == cast.a.rater.id))
        ]
    )
    assert handed_out(work, reads, made) == []
