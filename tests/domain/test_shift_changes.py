"""What changed in a plan, over several quick changes, and in the clock on the shop's wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from placement.domain.shift_changes import Changed, change_words, gathered, packed, unpacked

ZONE = "Europe/Berlin"
NINE = (datetime(2026, 11, 26, 8, tzinfo=UTC), datetime(2026, 11, 26, 12, tzinfo=UTC))
TEN = (datetime(2026, 11, 27, 9, tzinfo=UTC), datetime(2026, 11, 27, 13, tzinfo=UTC))
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_what_was_before_the_first_change_stays() -> None:
    known = gathered({}, {4: NINE, 5: None})
    known = gathered(known, {4: TEN, 6: TEN})
    assert {key: unpacked(seconds) for key, seconds in known.items()} == {"4": NINE, "5": None, "6": TEN}


def test_seconds_hold_an_instant_exactly() -> None:
    assert unpacked(packed(NINE)) == NINE
    assert unpacked(packed(None)) is None


def test_put_back_or_over_is_no_matter() -> None:
    assert not Changed(NINE, NINE, ZONE).matters(MONDAY)
    assert not Changed(None, None, ZONE).matters(MONDAY)
    assert Changed(NINE, None, ZONE).matters(MONDAY)
    assert not Changed(NINE, None, ZONE).matters(NINE[1])
    assert Changed(NINE, TEN, ZONE).matters(NINE[1]), "the new time is still to come"


def test_lines_say_days_and_times_of_the_shop() -> None:
    moved = change_words(Changed(NINE, TEN, ZONE)).params
    assert (moved["was_day"], moved["was_start"]) == (date(2026, 11, 26), time(9))
    assert (moved["day"], moved["start"], moved["end"]) == (date(2026, 11, 27), time(10), time(14))
    assert change_words(Changed(NINE, None, ZONE)).params == {
        "day": date(2026, 11, 26), "start": time(9), "end": time(13)
    }  # fmt: skip
    assert change_words(Changed(None, TEN, "Europe/London")).params["start"] == time(9)
