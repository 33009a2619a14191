"""Quiet hours by the clock on the wall, also when clocks change; who is offered which mails."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.jobs import MAILS, JobKind
from placement.domain.mails import (
    KIND_OF,
    MailKind,
    Quiet,
    after_quiet,
    before_quiet,
    is_quiet,
    kinds_for,
    mail_words,
    quiet_of,
)
from placement.domain.roles import Role

ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
#: Around the nights on which clocks change in these zones, and any other time.
CHANGES = [
    datetime(2026, month, day, tzinfo=UTC)
    for month, day in ((3, 8), (3, 29), (4, 4), (10, 3), (10, 25), (11, 1))
]  # fmt: skip
INSTANTS = st.one_of(
    st.builds(
        lambda start, minutes: start + timedelta(minutes=minutes),
        st.sampled_from(CHANGES),
        st.integers(-36 * 60, 36 * 60),
    ),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
)
MINUTES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


@given(INSTANTS, ZONES, MINUTES, MINUTES)
def test_it_is_the_first_instant_that_is_not_quiet(at: datetime, zone: str, start: time, end: time) -> None:
    found = after_quiet(at, zone, start, end)
    assert found >= at
    quiet = quiet_of(start, end, zone)
    if quiet is None:
        assert found == at
        return
    assert not is_quiet(found, quiet)
    if found > at:
        assert is_quiet(at, quiet)
        assert is_quiet(max(at, found - timedelta(seconds=1)), quiet)
        # Nothing in between would have done.
        waits = int((found - at).total_seconds() // 60)
        assert all(is_quiet(at + timedelta(minutes=minute), quiet) for minute in range(0, waits, 7))


@given(INSTANTS, ZONES, MINUTES, MINUTES)
def test_asked_again_it_stays(at: datetime, zone: str, start: time, end: time) -> None:
    found = after_quiet(at, zone, start, end)
    assert after_quiet(found, zone, start, end) == found


@given(INSTANTS, ZONES, MINUTES, MINUTES)
def test_before_quiet_never_lies_after(at: datetime, zone: str, start: time, end: time) -> None:
    quiet = quiet_of(start, end, zone)
    if quiet is not None:
        found = before_quiet(at, quiet)
        assert found <= at
        assert (found == at) == (not is_quiet(at, quiet))


def berlin(day: int, hour: int, minute: int = 0, month: int = 3, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"), fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "start", "end", "found"),
    [
        (berlin(10, 21), time(20), time(7), berlin(11, 7)),
        (berlin(10, 6, 59), time(20), time(7), berlin(10, 7)),
        (berlin(10, 7), time(20), time(7), berlin(10, 7)),
        (berlin(10, 12), time(20), time(7), berlin(10, 12)),
        (berlin(10, 13), time(12), time(14), berlin(10, 14)),
        # The clocks go forward at two: 02:30 never comes, at three the quiet hours are over.
        (berlin(29, 0, 30), time(22), time(2, 30), berlin(29, 3)),
        # The clocks go back at three: the second 02:10 is quiet until the second 02:30.
        (berlin(25, 2, 10, 10, fold=1), time(22), time(2, 30), berlin(25, 2, 30, 10, fold=1)),
        (berlin(25, 1, 10, 10), time(22), time(2, 30), berlin(25, 2, 30, 10)),
    ],
)
def test_nights(at: datetime, start: time, end: time, found: datetime) -> None:
    assert after_quiet(at, "Europe/Berlin", start, end) == found


@pytest.mark.parametrize(("start", "end"), [(None, None), (time(20), None), (None, time(7)), (time(7), time(7))])
def test_without_both_ends_nothing_is_quiet(start: time | None, end: time | None) -> None:
    assert after_quiet(berlin(10, 23), "Europe/Berlin", start, end) == berlin(10, 23)
    assert quiet_of(start, end, "Europe/Berlin") is None


def test_before_a_night_is_half_an_hour_before_it() -> None:
    quiet = Quiet(time(16), time(9), "Europe/Berlin")
    assert before_quiet(berlin(10, 17), quiet) == berlin(10, 15, 30)
    assert before_quiet(berlin(10, 3), quiet) == berlin(9, 15, 30)


def test_each_kind_has_words_and_is_sent_to_somebody() -> None:
    assert len({mail_words(kind).msgid for kind in MailKind}) == len(MailKind)
    assert {kind for role in Role for kind in kinds_for([role])} == set(MailKind)
    assert {*KIND_OF.values(), MailKind.SHIFT_CHANGED} == set(MailKind)
    assert set(KIND_OF) < MAILS
    assert MAILS - set(KIND_OF) == {JobKind.MAIL_WELCOME, JobKind.MAIL_FEEDBACK_LINK}


def test_several_roles_add_up() -> None:
    both = kinds_for([Role.COACH, Role.COORDINATOR])
    assert set(both) == set(kinds_for([Role.COACH])) | set(kinds_for([Role.COORDINATOR]))
    assert kinds_for([]) == kinds_for([Role.ADMIN]) == ()
