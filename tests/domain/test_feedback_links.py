"""How long links and phones last, and what is taken from a phone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from placement.domain.feedback_links import (
    AFTER_LAST_SHIFT,
    LIFE,
    HeldReason,
    Standing,
    device_standing,
    ends_at,
    expiry,
    held_words,
    may_deliver,
    may_send_again,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_two_weeks_and_never_longer_than_a_week_after_the_last_shift() -> None:
    assert expiry(NOW, None) == NOW + LIFE == NOW + 14 * DAY
    assert expiry(NOW, NOW + 30 * DAY) == NOW + 14 * DAY
    assert expiry(NOW, NOW + 3 * DAY) == NOW + 10 * DAY
    assert expiry(NOW, NOW - 8 * DAY) < NOW


def test_what_was_written_down_gives_way_to_cancelled_shifts() -> None:
    assert ends_at(NOW + 90 * DAY, NOW) == NOW + AFTER_LAST_SHIFT
    assert ends_at(NOW + DAY, NOW) == NOW + DAY
    assert ends_at(NOW + DAY, None) == NOW + DAY


def test_a_link_ends_at_its_very_instant() -> None:
    assert device_standing(NOW, NOW + timedelta(microseconds=1), ended=False) is Standing.OPEN
    assert device_standing(NOW, NOW, ended=False) is Standing.DELIVERS
    assert device_standing(NOW, NOW + DAY, ended=True) is Standing.ENDED


@pytest.mark.parametrize(
    ("standing", "began", "taken"),
    [
        (Standing.OPEN, None, True),
        (Standing.OPEN, NOW + DAY, True),
        (Standing.DELIVERS, None, False),
        (Standing.DELIVERS, NOW - 3 * DAY, True),
        (Standing.DELIVERS, NOW - 2 * DAY, True),
        (Standing.DELIVERS, NOW - DAY, False),
        (Standing.DELIVERS, NOW + DAY, False),
        (Standing.ENDED, NOW - 3 * DAY, False),
    ],
)
def test_only_what_was_begun_before_expiry_is_delivered_after_it(
    standing: Standing, began: datetime | None, taken: bool
) -> None:
    assert may_deliver(standing, began, NOW, NOW - 2 * DAY) is taken


def test_a_new_one_is_sent_every_quarter_of_an_hour_at_most() -> None:
    assert may_send_again(None, NOW)
    assert not may_send_again(NOW - timedelta(minutes=14), NOW)
    assert may_send_again(NOW - timedelta(minutes=15), NOW)


def test_every_reason_has_words() -> None:
    assert len({held_words(reason).msgid for reason in HeldReason}) == len(HeldReason)
