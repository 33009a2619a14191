from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.charts.axis import TickKind, TimeAxis

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def axis(days: int, first: date = date(2026, 9, 8)) -> TimeAxis:
    return TimeAxis(first, first + timedelta(days=days), 0.0, 280.0)


@given(DAYS, st.integers(0, 1500), st.sampled_from([4, 7]))
def test_there_are_never_none_nor_more_ticks_than_fit(first: date, days: int, most: int) -> None:
    time = axis(days, first)
    ticks = time.ticks(most)
    assert 1 <= len(ticks) <= most
    assert all(time.first <= tick.day <= time.last and 0 <= tick.x <= 280 for tick in ticks)
    assert [tick.x for tick in ticks] == sorted(tick.x for tick in ticks)


def test_weeks_are_mondays() -> None:
    ticks = axis(60).ticks(7)
    assert [tick.day for tick in ticks] == [date(2026, 9, 14) + timedelta(days=14 * i) for i in range(4)]
    assert {tick.kind for tick in ticks} == {TickKind.DAY}


def test_long_spans_show_months_and_say_the_year_where_it_changes() -> None:
    ticks = axis(500).ticks(7)
    assert [(tick.day, tick.kind) for tick in ticks] == [
        (date(2026, 10, 1), TickKind.YEAR),
        (date(2027, 1, 1), TickKind.YEAR),
        (date(2027, 4, 1), TickKind.MONTH),
        (date(2027, 7, 1), TickKind.MONTH),
        (date(2027, 10, 1), TickKind.MONTH),
        (date(2028, 1, 1), TickKind.YEAR),
    ]


def test_one_day_stands_in_the_middle() -> None:
    assert axis(0).x(date(2026, 9, 8)) == 140.0
    assert [tick.day for tick in axis(0).ticks(4)] == [date(2026, 9, 8)]


def test_a_few_days_show_their_ends() -> None:
    assert [tick.day for tick in axis(4).ticks(4)] == [date(2026, 9, 8), date(2026, 9, 12)]
