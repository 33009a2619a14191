"""Shares of hours with a coach, and what speaks for and against the next step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.events import EventKind
from placement.domain.fading import (
    FOLLOW_ALONG,
    WATCH,
    WATCH_MOST,
    DayAtWork,
    FadingState,
    coach_share,
    next_share,
    recent_share,
    share_by_week,
    state_words,
    step_proposal,
    watch_until,
)
from placement.domain.fading_reasons import Evidence, TaskNow
from placement.domain.verdict import Trend

TODAY = date(2026, 11, 23)
MINUTES = st.integers(0, 1440)
SHELVES = TaskNow({"en": "Shelves"}, Trend.GROWING, date(2026, 9, 1))
GOOD = Evidence(
    share=60.0, ranks=(6,) * 9 + (4,), came=(True,) * 5 + (False,) * 2, tasks=(SHELVES,), changes=(),
    first_day=date(2026, 9, 1), kept=1, watching=None,
)  # fmt: skip

EVIDENCE = st.builds(
    Evidence,
    share=st.none() | st.floats(0, 100),
    ranks=st.lists(st.integers(0, 6), max_size=14),
    came=st.lists(st.booleans(), max_size=9),
    tasks=st.lists(
        st.builds(
            TaskNow, st.just({"en": "x"}), st.sampled_from(Trend), st.dates(date(2026, 9, 1), TODAY), st.booleans()
        ),
        max_size=3,
    ),
    changes=st.lists(st.tuples(st.sampled_from(EventKind), st.dates(date(2026, 10, 1), date(2026, 12, 1))), max_size=2),
    first_day=st.none() | st.dates(date(2026, 9, 1), TODAY),
    kept=st.integers(0, 3),
    watching=st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 24)),
)


def test_shares() -> None:
    assert coach_share(60, 240) == 25
    assert coach_share(0, 240) == 0
    assert coach_share(300, 240) == 100
    assert coach_share(60, 0) is None
    with pytest.raises(ValueError, match="negative"):
        coach_share(-1, 60)


@given(MINUTES, MINUTES, MINUTES)
def test_less_coaching_never_raises_the_share(less: int, more: int, worked: int) -> None:
    low, high = coach_share(min(less, more), worked), coach_share(max(less, more), worked)
    assert (low is None and high is None) or (low is not None and high is not None and 0 <= low <= high <= 100)


@given(st.lists(st.tuples(st.integers(0, 60), MINUTES, MINUTES), max_size=30), st.integers(0, 29))
def test_a_days_coaching_less_never_raises_any_weeks_share(rows: list[tuple[int, int, int]], at: int) -> None:
    days = [DayAtWork(TODAY - timedelta(days=back), worked, coached) for back, worked, coached in rows]
    fewer = [replace(day, coached=0) if k == at else day for k, day in enumerate(days)]
    first = TODAY - timedelta(days=60)
    for one, other in zip(share_by_week(fewer, first, TODAY), share_by_week(days, first, TODAY), strict=True):
        assert one.worked == other.worked
        assert (one.share or 0) <= (other.share or 0)
    assert (recent_share(fewer, TODAY) or 0) <= (recent_share(days, TODAY) or 0)


def test_coaching_counts_at_most_as_long_as_the_day() -> None:
    days = [DayAtWork(TODAY, 120, 300), DayAtWork(TODAY - timedelta(days=1), 120, 0)]
    assert recent_share(days, TODAY) == 50


def test_weeks_without_hours_have_no_share_and_are_not_left_out() -> None:
    weeks = share_by_week([DayAtWork(TODAY, 60, 30)], TODAY - timedelta(days=10), TODAY)
    assert [week.share for week in weeks] == [None, None, 50]
    assert [week.monday.weekday() for week in weeks] == [0, 0, 0]


def test_four_weeks_and_no_day_more() -> None:
    old = DayAtWork(TODAY - timedelta(weeks=4), 60, 60)
    assert recent_share([old], TODAY) is None
    assert recent_share([replace(old, day=old.day + timedelta(days=1))], TODAY) == 100


@given(st.floats(0.01, 100))
def test_steps_go_down_by_about_a_third_and_reach_nothing(share: float) -> None:
    step = next_share(share)
    assert 0 <= step < share
    if share >= 15:
        assert 0.2 <= (share - step) / share <= 0.5
    for _ in range(20):
        share = next_share(share) if share else 0
    assert share == 0


def test_the_usual_steps() -> None:
    steps = [100]
    while steps[-1]:
        steps.append(next_share(steps[-1]))
    assert steps == [100, 65, 45, 30, 20, 15, 10, 5, 0]


def test_everything_speaks_for_it() -> None:
    proposal = step_proposal(GOOD, TODAY)
    assert proposal.ready
    assert (proposal.next_share, proposal.against) == (40, ())
    assert len(proposal.for_) == 4
    assert not proposal.at_follow_along


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"tasks": (replace(SHELVES, trend=Trend.NEEDS_MORE_HELP),)}, "needs more help again"),
        ({"tasks": (replace(SHELVES, look=True),)}, "needs a look"),
        ({"tasks": (replace(SHELVES, first_day=date(2026, 11, 10)),)}, "is new since"),
        ({"first_day": date(2026, 11, 16)}, "New in this shop"),
        ({"changes": ((EventKind.NEW_SUPERVISOR, date(2026, 11, 12)),)}, "%(change)s since"),
        ({"watching": date(2026, 12, 1)}, "still watched"),
        ({"watching": TODAY}, "nobody has said yet"),
        ({"ranks": (6,) * 8 + (4,) * 2}, "would speak for a step"),
        ({"came": (True,) * 4 + (False,) * 3}, "would speak for a step"),
    ],
)
def test_what_speaks_against_is_said_and_a_step_stays_possible(other: dict[str, Any], said: str) -> None:
    proposal = step_proposal(replace(GOOD, **other), TODAY)
    assert len(proposal.against) == 1
    assert said in proposal.against[0].msgid
    assert proposal.next_share == 40
    assert not proposal.ready


@pytest.mark.parametrize("other", [{"share": None}, {"ranks": (6,) * 9}, {"came": (True,) * 6}])
def test_nothing_is_proposed_on_too_little(other: dict[str, Any]) -> None:
    proposal = step_proposal(replace(GOOD, **other), TODAY)
    assert proposal.next_share is None
    assert proposal.against


def test_a_coaching_step_or_an_old_change_does_not_stand_against() -> None:
    changes = ((EventKind.COACHING_STEP, date(2026, 11, 20)), (EventKind.NEW_TASK, date(2026, 11, 9)))
    assert not step_proposal(replace(GOOD, changes=changes), TODAY).against


def test_the_point_of_follow_along() -> None:
    assert step_proposal(replace(GOOD, share=float(FOLLOW_ALONG)), TODAY).at_follow_along
    assert not step_proposal(replace(GOOD, share=FOLLOW_ALONG + 0.5), TODAY).at_follow_along
    assert step_proposal(replace(GOOD, share=0.0), TODAY).next_share is None


@given(EVIDENCE)
def test_reasons_against_are_never_left_out(evidence: Evidence) -> None:
    proposal = step_proposal(evidence, TODAY)
    told = [reason.msgid for reason in proposal.against]
    slipping = sum(task.trend is Trend.NEEDS_MORE_HELP for task in evidence.tasks)
    assert sum("needs more help again" in text for text in told) == slipping
    assert sum("needs a look" in text for text in told) == sum(task.look for task in evidence.tasks)
    assert sum("last step" in text for text in told) == (evidence.watching is not None)
    if evidence.share is None or len(evidence.ranks) < 10 or len(evidence.came) < 7:
        assert proposal.next_share is None
        assert told
    if proposal.next_share is not None:
        assert evidence.share is not None
        assert proposal.next_share < evidence.share
    assert not proposal.ready or not told


@given(st.lists(st.dates(TODAY - timedelta(days=5), TODAY + timedelta(days=90)), max_size=12))
def test_watching_takes_two_weeks_or_four_shifts(coming: list[date]) -> None:
    until = watch_until(TODAY, coming)
    assert TODAY + WATCH <= until <= TODAY + WATCH_MOST
    later = sorted(day for day in coming if day >= TODAY)
    if len(later) >= 4:
        assert until >= min(later[3], TODAY + WATCH_MOST)


def test_every_state_has_words() -> None:
    assert len({state_words(state).msgid for state in FadingState}) == len(FadingState)
