from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.shifts import (
    Attendance,
    PlanError,
    PlannedTime,
    TimeProblem,
    attendance_words,
    duration_minutes,
    expand,
    expand_problems,
    instants,
    is_owed,
    overlaps,
    problems,
    time_problem,
    worked_minutes,
)
from placement.domain.week import Span, from_spans

BERLIN, NEW_YORK, SYDNEY = "Europe/Berlin", "America/New_York", "Australia/Sydney"
NIGHT = (time(22), time(6))

#: Zone, evening before the clocks go forward, evening before they go back (2026).
CLOCK_CHANGES = [
    (BERLIN, date(2026, 3, 28), date(2026, 10, 24)),
    (NEW_YORK, date(2026, 3, 7), date(2026, 10, 31)),
    (SYDNEY, date(2026, 10, 3), date(2026, 4, 4)),
]


@pytest.mark.parametrize(("zone", "forward", "back"), CLOCK_CHANGES)
def test_a_night_is_seven_or_nine_hours_when_the_clocks_change(zone: str, forward: date, back: date) -> None:
    assert duration_minutes(PlannedTime(forward, *NIGHT, zone)) == 7 * 60
    assert duration_minutes(PlannedTime(back, *NIGHT, zone)) == 9 * 60
    assert duration_minutes(PlannedTime(back - timedelta(days=7), *NIGHT, zone)) == 8 * 60


@pytest.mark.parametrize(("zone", "forward", "back"), CLOCK_CHANGES)
def test_missing_and_doubled_times_are_told_apart(zone: str, forward: date, back: date) -> None:
    day = timedelta(days=1)
    assert time_problem(forward + day, time(2, 30), zone) is TimeProblem.NONEXISTENT
    assert time_problem(back + day, time(2, 30), zone) is (TimeProblem.AMBIGUOUS if zone != NEW_YORK else None)
    assert time_problem(forward + day, time(3), zone) is None
    assert time_problem(forward, time(2, 30), zone) is None


def test_new_york_doubles_the_hour_after_one() -> None:
    assert time_problem(date(2026, 11, 1), time(1), NEW_YORK) is TimeProblem.AMBIGUOUS
    assert time_problem(date(2026, 11, 1), time(2), NEW_YORK) is None


def test_a_day_that_a_zone_skipped_does_not_exist() -> None:
    assert time_problem(date(2011, 12, 30), time(12), "Pacific/Apia") is TimeProblem.NONEXISTENT


def test_instants_are_utc_and_an_early_end_is_on_the_next_day() -> None:
    assert instants(PlannedTime(date(2026, 7, 1), time(9), time(13), BERLIN)) == (
        datetime(2026, 7, 1, 7, tzinfo=UTC),
        datetime(2026, 7, 1, 11, tzinfo=UTC),
    )
    assert instants(PlannedTime(date(2026, 1, 5), time(20), time(0), BERLIN))[1] == datetime(2026, 1, 5, 23, tzinfo=UTC)
    assert duration_minutes(PlannedTime(date(2026, 1, 5), time(9), time(9), BERLIN)) == 24 * 60


def test_fold_chooses_the_first_or_second_of_a_doubled_time() -> None:
    def minutes(start_fold: int, end_fold: int) -> int:
        return duration_minutes(
            PlannedTime(date(2026, 10, 25), time(2), time(2, 45), BERLIN, start_fold=start_fold, end_fold=end_fold)
        )

    assert (minutes(0, 0), minutes(1, 1), minutes(0, 1)) == (45, 45, 105)
    with pytest.raises(PlanError) as refused:
        minutes(1, 0)
    assert refused.value.say.msgid == "The end must be after the start."


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.integers(1, 24 * 60 - 61),
    st.sampled_from([BERLIN, NEW_YORK, SYDNEY, "Asia/Kathmandu", "UTC"]),
)
def test_instants_come_back_to_the_planned_local_times(start: datetime, minutes: int, zone: str) -> None:
    start = start.replace(second=0, microsecond=0)
    planned = PlannedTime(start.date(), start.time(), (start + timedelta(minutes=minutes)).time(), zone)
    if problems(planned):
        return
    starts_at, ends_at = instants(planned)
    assert starts_at.utcoffset() == ends_at.utcoffset() == timedelta(0)
    assert starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == start
    assert ends_at.astimezone(ZoneInfo(zone)).time() == planned.end
    assert abs(duration_minutes(planned) - minutes) in (0, 60)


def test_a_time_that_does_not_exist_is_refused_in_words() -> None:
    for planned in (
        PlannedTime(date(2026, 3, 29), time(2, 30), time(8), BERLIN),
        PlannedTime(date(2026, 3, 28), time(22), time(2, 30), BERLIN),
    ):
        with pytest.raises(PlanError) as refused:
            instants(planned)
        assert refused.value.say.params == {"day": date(2026, 3, 29), "time": time(2, 30)}
        assert [problem.problem for problem in problems(planned)] == [TimeProblem.NONEXISTENT]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "Europe", "a\0b"])
def test_an_unknown_zone_is_refused_in_words(zone: str) -> None:
    with pytest.raises(PlanError) as refused:
        instants(PlannedTime(date(2026, 1, 1), time(8), time(9), zone))
    assert refused.value.say.msgid == "The time zone %(zone)s is not known."


@pytest.mark.parametrize("day", [date.max, date.min])
def test_the_ends_of_the_calendar_are_refused_in_words(day: date) -> None:
    with pytest.raises(PlanError):
        instants(PlannedTime(day, time(22) if day == date.max else time(0), time(6), "Asia/Tokyo"))


def test_expand_makes_one_shift_for_each_span_and_week() -> None:
    tuesday, saturday_night = Span(1, time(9), time(13)), Span(5, time(22), time(2))
    monday = date(2026, 6, 1)
    expected = (
        PlannedTime(date(2026, 6, 2), time(9), time(13), BERLIN),
        PlannedTime(date(2026, 6, 6), time(22), time(2), BERLIN),
        PlannedTime(date(2026, 6, 9), time(9), time(13), BERLIN),
    )
    assert expand([saturday_night, tuesday], monday, date(2026, 6, 9), BERLIN) == expected
    assert expand(from_spans([saturday_night, tuesday]), monday, date(2026, 6, 9), BERLIN) == expected


def test_expand_includes_both_ends_and_may_be_empty() -> None:
    span = [Span(0, time(9), time(12))]
    assert len(expand(span, date(2026, 6, 1), date(2026, 6, 8), BERLIN)) == 2
    assert expand(span, date(2026, 6, 8), date(2026, 6, 1), BERLIN) == ()
    assert expand([], date(2026, 6, 1), date(2026, 6, 30), BERLIN) == ()


def test_expand_keeps_the_local_time_over_a_clock_change() -> None:
    shifts = expand([Span(0, time(9), time(13))], date(2026, 3, 23), date(2026, 3, 30), BERLIN)
    assert [instants(shift)[0].hour for shift in shifts] == [8, 7]


def test_expand_leaves_out_and_reports_a_start_that_does_not_exist() -> None:
    early = [Span(6, time(2, 30), time(8))]
    shifts = expand(early, date(2026, 3, 22), date(2026, 4, 5), BERLIN)
    assert [shift.day for shift in shifts] == [date(2026, 3, 22), date(2026, 4, 5)]
    (problem,) = expand_problems(early, date(2026, 3, 22), date(2026, 4, 5), BERLIN)
    assert (problem.day, problem.at, problem.problem) == (date(2026, 3, 29), time(2, 30), TimeProblem.NONEXISTENT)
    assert "there is no" in problem.say.msgid


def test_expand_plans_and_reports_a_doubled_time() -> None:
    early = [Span(6, time(2, 30), time(8))]
    assert len(expand(early, date(2026, 10, 25), date(2026, 10, 25), BERLIN)) == 1
    (problem,) = expand_problems(early, date(2026, 10, 25), date(2026, 10, 25), BERLIN)
    assert problem.problem is TimeProblem.AMBIGUOUS
    assert "twice" in problem.say.msgid


def test_overlaps_counts_real_time_and_not_touching() -> None:
    day = date(2026, 6, 1)
    morning = PlannedTime(day, time(8), time(12), BERLIN)
    assert overlaps(morning, PlannedTime(day, time(11, 45), time(13), BERLIN))
    noon = PlannedTime(day, time(12), time(13), BERLIN)
    assert not overlaps(morning, noon)
    assert not overlaps(noon, morning)
    assert overlaps(morning, PlannedTime(day, time(7), time(8), "Europe/London"))
    assert overlaps(
        PlannedTime(day, time(22), time(6), BERLIN), PlannedTime(date(2026, 6, 2), time(5), time(9), BERLIN)
    )


START, END = datetime(2026, 6, 1, 7, 30, tzinfo=UTC), datetime(2026, 6, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attendance", "actual", "minutes"),
    [
        (Attendance.UNKNOWN, (None, None), None),
        (Attendance.UNKNOWN, (START, END), None),
        (Attendance.HERE, (None, None), 240),
        (Attendance.HERE, (START, None), 240),
        (Attendance.HERE, (START, END), 150),
        (Attendance.LATE, (None, None), None),
        (Attendance.LATE, (START, None), None),
        (Attendance.LATE, (START, END), 150),
        (Attendance.ABSENT, (None, None), 0),
        (Attendance.ABSENT, (START, END), 0),
        (Attendance.EXCUSED, (None, None), 0),
    ],
)
def test_worked_minutes_invent_no_presence(
    attendance: Attendance, actual: tuple[datetime | None, datetime | None], minutes: int | None
) -> None:
    assert worked_minutes(attendance, 240, *actual) == minutes


def test_an_actual_end_before_the_start_is_refused() -> None:
    with pytest.raises(PlanError):
        worked_minutes(Attendance.LATE, 240, END, START)


@pytest.mark.parametrize(
    ("attendance", "owed"),
    [
        (Attendance.UNKNOWN, True),
        (Attendance.HERE, True),
        (Attendance.LATE, True),
        (Attendance.ABSENT, False),
        (Attendance.EXCUSED, False),
    ],
)
def test_feedback_is_owed_after_the_end_unless_given_or_away(attendance: Attendance, owed: bool) -> None:
    assert is_owed(END, END, attendance, False) is owed
    assert not is_owed(END, END - timedelta(seconds=1), attendance, False)
    assert not is_owed(END, END, attendance, True)


def test_every_attendance_has_its_own_words() -> None:
    assert len({attendance_words(attendance).msgid for attendance in Attendance}) == len(Attendance)
