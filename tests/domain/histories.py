"""Histories for the tests of milestones, trend and summaries: by hand, and by hypothesis."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from placement.domain.milestones import History, Rule, RuleKind, ShiftPoint, TaskPoint, in_first_week
from placement.domain.shifts import Attendance

MONDAY = date(2026, 3, 2)
SHELVES, TILL = 11, 12

RULES = (
    Rule(1, RuleKind.FIRST_ALONE),
    Rule(2, RuleKind.CONSECUTIVE_TASK, percent=90, occasions=3, raters=2),
    Rule(3, RuleKind.CONSECUTIVE_TASK, percent=50, occasions=2),
    Rule(4, RuleKind.CONSECUTIVE_SHIFT, percent=80, occasions=2),
    Rule(5, RuleKind.HOURS_COMPLETED, amount=10),
    Rule(6, RuleKind.SHIFTS_COMPLETED, amount=3),
    Rule(7, RuleKind.FIRST_WEEK),
    Rule(8, RuleKind.ANOTHER_SITE, percent=90, occasions=2),
    Rule(9, RuleKind.ANOTHER_RATER, percent=90, occasions=2),
    Rule(10, RuleKind.ANOTHER_TIME, percent=90, occasions=2),
    Rule(11, RuleKind.FIRST_ALONE, task=SHELVES),
)


def at(n: int) -> datetime:
    """Nine o'clock on the n-th day after the first Monday."""
    return datetime(MONDAY.year, MONDAY.month, MONDAY.day, 9, tzinfo=UTC) + timedelta(days=n)


def task(
    n: int,
    rank: int = 6,
    *,
    of: int = SHELVES,
    by: int = 1,
    percent: float | None = None,
    site: int = 1,
    hour: int = 9,
) -> TaskPoint:
    """Occasion n, on day n."""
    share = (100.0 if rank == 6 else 0.0) if percent is None else percent
    return TaskPoint(n, at(n), at(n).date(), of, share, rank, frozenset({by}), site, time(hour))


def shift(
    n: int,
    attendance: Attendance = Attendance.HERE,
    *,
    minutes: int | None = 240,
    independence: float | None = None,
    placement: int = 1,
    agreed_first_week: bool | None = None,
) -> ShiftPoint:
    """Occasion n, on day n, of a placement that starts on the first Monday."""
    day = at(n).date()
    agreed = in_first_week(day, MONDAY) if agreed_first_week is None else agreed_first_week
    return ShiftPoint(n, at(n), day, attendance, minutes, independence, frozenset({1}), agreed, placement, MONDAY)


def history(*points: TaskPoint | ShiftPoint) -> History:
    return History(
        [point for point in points if isinstance(point, TaskPoint)],
        [point for point in points if isinstance(point, ShiftPoint)],
    )


days = st.integers(0, 40)
ranks = st.sampled_from([2, 3, 4, 5, 6, 6, 6, 6])
task_points = st.builds(
    task, days, ranks, of=st.sampled_from([SHELVES, TILL]), by=st.integers(1, 3), percent=st.none() | st.just(95.0),
    site=st.integers(0, 2), hour=st.sampled_from([9, 13, 18]),
)  # fmt: skip
shift_points = st.builds(
    shift,
    days,
    st.sampled_from(Attendance),
    minutes=st.none() | st.integers(0, 480),
    independence=st.none() | st.sampled_from([0.0, 50.0, 80.0, 100.0]),
    placement=st.integers(1, 2),
)
#: At most one point for each task and occasion, as in the record.
histories = st.builds(
    History,
    st.lists(task_points, max_size=30, unique_by=lambda point: (point.occasion, point.task)),
    st.lists(shift_points, max_size=20, unique_by=lambda point: point.occasion),
)
rules = st.lists(st.sampled_from(RULES), unique=True)
