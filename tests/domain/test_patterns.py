"""A weekly pattern: which days it means, over years' ends, holidays, clock changes and midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.errors import Refused
from placement.domain.patterns import (
    MOST_WEEKS,
    Holidays,
    Pattern,
    clock_problems,
    days_off,
    ensure_sound,
    occurrences,
    spans_of,
    weekly,
)
from placement.domain.shifts import TimeProblem, instants
from placement.domain.week import FULL_WEEK, Span, from_spans, to_spans

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
MONDAY = date(2026, 11, 23)
MORNINGS = (Span(0, time(9), time(13)), Span(3, time(9), time(13)))
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    mask = draw(st.integers(1, FULL_WEEK))
    first = draw(DAYS)
    last = draw(st.none() | st.integers(0, 200))
    return Pattern(
        first,
        None if last is None else first + timedelta(days=last),
        draw(st.integers(1, MOST_WEEKS)),
        to_spans(mask),
        draw(st.sampled_from(Holidays)),
    )


def days_of(pattern: Pattern, weeks: int = 12, **more: object) -> list[date]:
    last = pattern.first_day + timedelta(weeks=weeks) - timedelta(days=1)
    return [planned.day for planned in occurrences(pattern, pattern.first_day, last, "Europe/Berlin", **more)]  # type: ignore[arg-type]


def test_every_second_week_is_counted_from_the_first_days_week() -> None:
    wednesday = MONDAY + timedelta(days=2)
    pattern = Pattern(wednesday, None, 2, MORNINGS)
    # The Monday of that week is before the first day; its Thursday belongs to week one.
    assert days_of(pattern, 5) == [
        date(2026, 11, 26), date(2026, 12, 7), date(2026, 12, 10), date(2026, 12, 21), date(2026, 12, 24),
    ]  # fmt: skip


@pytest.mark.parametrize("year", range(2024, 2034))
@pytest.mark.parametrize("every", [2, 3, 5])
def test_a_rhythm_runs_on_over_the_years_end(year: int, every: int) -> None:
    """2026 has 53 weeks: counting by week numbers would stumble, counting weeks does not."""
    first = date(year, 11, 30)
    monday = first - timedelta(days=first.weekday())
    found = days_of(Pattern(first, None, every, (Span(6, time(10), time(14)),)), 20)
    assert {(day - monday).days // 7 % every for day in found} == {0}
    assert {b - a for a, b in zip(found, found[1:], strict=False)} == {timedelta(weeks=every)}


def test_holidays_are_left_out_or_worked() -> None:
    christmas = [date(2026, 12, 24), date(2026, 12, 25)]
    free = Pattern(MONDAY, None, 1, MORNINGS)
    assert christmas[0] not in days_of(free, holidays=christmas)
    assert days_off(free, MONDAY, date(2027, 1, 3), christmas) == (christmas[0],)
    working = Pattern(MONDAY, None, 1, MORNINGS, Holidays.WORK)
    assert christmas[0] in days_of(working, holidays=christmas)
    assert days_off(working, MONDAY, date(2027, 1, 3), christmas) == ()
    # In a week without shifts there is nothing to leave out.
    odd = Pattern(MONDAY - timedelta(weeks=1), None, 2, MORNINGS)
    assert days_off(odd, MONDAY, date(2026, 12, 27), [date(2026, 12, 24)]) == ()


def test_a_night_belongs_to_the_day_on_which_it_starts() -> None:
    eve = date(2026, 12, 24)
    night = Pattern(eve, None, 1, (Span(eve.weekday(), time(22), time(6)),))
    assert days_of(night, 1, holidays=[eve + timedelta(days=1)]) == [eve]
    assert days_of(night, 1, holidays=[eve]) == []


@given(patterns(), st.integers(0, 90), st.integers(0, 90), st.sampled_from(ZONES))
def test_in_pieces_or_at_once_it_is_the_same(pattern: Pattern, one: int, two: int, zone: str) -> None:
    first = pattern.first_day
    middle, last = first + timedelta(days=one), first + timedelta(days=one + two)
    whole = occurrences(pattern, first, last, zone)
    parts = occurrences(pattern, first, middle, zone) + occurrences(pattern, middle + timedelta(days=1), last, zone)
    assert parts == whole
    assert len({(planned.day, planned.start) for planned in whole}) == len(whole)
    assert all(pattern.first_day <= planned.day <= (pattern.last_day or last) for planned in whole)


@given(patterns(), st.randoms(use_true_random=False), st.sampled_from(ZONES))
def test_the_order_of_the_times_is_of_no_account(pattern: Pattern, chance: object, zone: str) -> None:
    spans = list(pattern.spans)
    chance.shuffle(spans)  # type: ignore[attr-defined]
    mixed = Pattern(pattern.first_day, pattern.last_day, pattern.every_weeks, tuple(spans), pattern.holidays)
    last = pattern.first_day + timedelta(days=60)
    assert occurrences(mixed, pattern.first_day, last, zone) == occurrences(pattern, pattern.first_day, last, zone)


@pytest.mark.parametrize(
    ("zone", "spring", "autumn", "change"),
    [
        ("Europe/Berlin", date(2027, 3, 27), date(2026, 10, 24), 1),
        ("America/New_York", date(2027, 3, 13), date(2026, 10, 31), 1),
        ("Australia/Lord_Howe", date(2026, 10, 3), date(2027, 4, 3), 0.5),
    ],
)
def test_nights_over_a_clock_change(zone: str, spring: date, autumn: date, change: float) -> None:
    for night, hours in ((spring, 8 - change), (autumn, 8 + change)):
        pattern = Pattern(night - timedelta(weeks=2), None, 1, (Span(night.weekday(), time(22), time(6)),))
        found = {
            planned.day: instants(planned)
            for planned in occurrences(pattern, pattern.first_day, night + timedelta(weeks=2), zone)
        }
        assert len(found) == 5
        assert found[night][1] - found[night][0] == timedelta(hours=hours)
        assert {over - start for day, (start, over) in found.items() if day != night} == {timedelta(hours=8)}
        assert {start.astimezone(ZoneInfo(zone)).time() for start, _ in found.values()} == {time(22)}


def test_clock_changes_are_told() -> None:
    sundays = Pattern(date(2026, 10, 1), None, 1, (Span(6, time(2, 30), time(8)),))
    found = clock_problems(sundays, date(2026, 10, 1), date(2027, 4, 10), "Europe/Berlin")
    assert [(problem.day, problem.problem) for problem in found] == [
        (date(2026, 10, 25), TimeProblem.AMBIGUOUS),
        (date(2027, 3, 28), TimeProblem.NONEXISTENT),
    ]
    days = days_of(sundays, 26)
    assert date(2026, 10, 25) in days
    assert date(2027, 3, 28) not in days
    every_second = Pattern(date(2026, 10, 11), None, 2, sundays.spans)
    assert all(
        every_second.falls_in_week_of(problem.day)
        for problem in clock_problems(every_second, date(2026, 10, 1), date(2027, 4, 10), "Europe/Berlin")
    )


@given(st.integers(0, FULL_WEEK))
def test_times_survive_being_stored(mask: int) -> None:
    pattern = weekly(mask, MONDAY)
    assert spans_of(pattern.times) == pattern.spans
    assert from_spans(pattern.spans) == pattern.mask == mask


@pytest.mark.parametrize(
    ("pattern", "field"),
    [
        (Pattern(MONDAY, None, 1, ()), "week"),
        (Pattern(MONDAY, None, 0, MORNINGS), "every_weeks"),
        (Pattern(MONDAY, None, MOST_WEEKS + 1, MORNINGS), "every_weeks"),
        (Pattern(MONDAY, MONDAY - timedelta(days=1), 1, MORNINGS), "last"),
    ],
)
def test_what_is_no_pattern(pattern: Pattern, field: str) -> None:
    with pytest.raises(Refused) as refused:
        ensure_sound(pattern)
    assert refused.value.field == field


def test_a_sound_one_passes() -> None:
    ensure_sound(Pattern(MONDAY, MONDAY, MOST_WEEKS, MORNINGS))
    with pytest.raises(ValueError, match="number"):
        spans_of([["0", "09:00", "13:00"]])
    assert instants(occurrences(weekly(from_spans(MORNINGS), MONDAY), MONDAY, MONDAY, "UTC")[0])[0] == datetime(
        2026, 11, 23, 9, tzinfo=UTC
    )
