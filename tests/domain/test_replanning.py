"""What a changed pattern adds, changes, takes away, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.clashes import Around, Standing, ensure_hours, most_at_once, warnings
from placement.domain.errors import Refused
from placement.domain.patterns import AHEAD, Pattern, occurrences
from placement.domain.plans import horizon, only_more, outlook
from placement.domain.replanning import Changes, Stored, Why, compare
from placement.domain.shifts import PlannedTime, instants
from placement.domain.week import FULL_WEEK, Span, to_spans

BERLIN = "Europe/Berlin"
MONDAY = date(2026, 11, 23)
MORNINGS = (Span(0, time(9), time(13)), Span(3, time(9), time(13)))
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOBODY = Around(places=5)


def stored(number: int, planned: PlannedTime, **changes: object) -> Stored:
    starts_at, ends_at = instants(planned)
    row = Stored(
        number, planned.day, planned.start, planned.end, planned.day, planned.start, starts_at, ends_at
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]


def apply(rows: list[Stored], changes: Changes) -> list[Stored]:
    """The shifts as they are after the changes were written."""
    by_id = {row.id: row for row in rows}
    for row in (*changes.same, *(kept for kept in changes.kept if kept.why is not Why.EXTRA)):
        if row.planned is not None:
            by_id[row.stored.id] = replace(row.stored, agreed_start=row.planned.start, by_pattern=True)
    for row in (*changes.retimed, *changes.revived):
        by_id[row.stored.id] = stored(row.stored.id, row.planned)
    for gone in changes.removed:
        by_id[gone.id] = replace(gone, cancelled=True, dropped=True)
    number = max(by_id, default=0)
    for index, planned in enumerate(changes.added, start=1):
        by_id[number + index] = stored(number + index, planned)
    return list(by_id.values())


def plan(spans: tuple[Span, ...], weeks: int = 2) -> tuple[PlannedTime, ...]:
    pattern = Pattern(MONDAY, None, 1, spans)
    return occurrences(pattern, MONDAY, MONDAY + timedelta(weeks=weeks) - timedelta(days=1), BERLIN)


def rows_of(planned: tuple[PlannedTime, ...]) -> list[Stored]:
    return [stored(number, one) for number, one in enumerate(planned, start=1)]


def test_a_first_pattern_adds_everything() -> None:
    changes = compare(plan(MORNINGS), [])
    assert [planned.day for planned in changes.added] == [
        MONDAY, date(2026, 11, 26), date(2026, 11, 30), date(2026, 12, 3),
    ]  # fmt: skip
    assert compare(plan(MORNINGS), apply([], changes)).empty


def test_other_days_add_and_take_away() -> None:
    changes = compare(plan((Span(0, time(9), time(13)), Span(4, time(9), time(13)))), rows_of(plan(MORNINGS)))
    assert [planned.day for planned in changes.added] == [date(2026, 11, 27), date(2026, 12, 4)]
    assert [row.day for row in changes.removed] == [date(2026, 11, 26), date(2026, 12, 3)]
    assert len(changes.same) == 2


def test_other_times_on_the_same_day_keep_the_shift() -> None:
    rows = rows_of(plan(MORNINGS))
    changes = compare(plan((Span(0, time(10), time(14)), Span(3, time(9), time(12)))), rows)
    assert [row.stored.id for row in changes.retimed] == [1, 2, 3, 4]
    assert (changes.added, changes.removed) == ((), ())
    assert compare(plan((Span(0, time(10), time(14)), Span(3, time(9), time(12)))), apply(rows, changes)).empty


@pytest.mark.parametrize("why", [Why.MOVED, Why.CANCELLED, Why.TOLD])
def test_what_was_done_by_hand_stays_and_keeps_its_place(why: Why) -> None:
    rows = rows_of(plan(MORNINGS))
    rows[0] = replace(rows[0], day=MONDAY + timedelta(days=1), **{why.value: True})
    for wanted in (plan(MORNINGS), plan((Span(0, time(14), time(18)),)), plan((Span(5, time(9), time(13)),))):
        changes = compare(wanted, rows)
        assert [(kept.stored.id, kept.why) for kept in changes.kept] == [(1, why)]
        assert MONDAY not in [planned.day for planned in changes.added]


def test_an_extra_shift_stays_beside_the_pattern() -> None:
    extra = stored(9, PlannedTime(MONDAY, time(15), time(18), BERLIN), by_pattern=False)
    changes = compare(plan(MORNINGS, 1), [extra])
    assert [kept.why for kept in changes.kept] == [Why.EXTRA]
    assert [planned.day for planned in changes.added] == [MONDAY, date(2026, 11, 26)]


def test_what_was_planned_before_patterns_is_taken_over() -> None:
    old = stored(9, PlannedTime(MONDAY, time(9), time(13), BERLIN), by_pattern=False, agreed_start=None)
    changes = compare(plan(MORNINGS, 1), [old])
    assert [row.stored.id for row in changes.same] == [9]
    assert [planned.day for planned in changes.added] == [date(2026, 11, 26)]


def test_what_went_with_its_pattern_comes_back_as_it_was() -> None:
    rows = rows_of(plan(MORNINGS))
    gone = apply(rows, compare([], rows))
    assert all(row.dropped for row in gone)
    changes = compare(plan(MORNINGS), gone)
    assert [row.stored.id for row in changes.revived] == [1, 2, 3, 4]
    assert changes.added == ()
    other = compare(plan((Span(0, time(8), time(12)),)), gone)
    assert (len(other.added), other.revived) == (2, ())


SPANS = st.integers(1, FULL_WEEK).map(to_spans)
TOUCH = st.sampled_from(["", "moved", "cancelled", "told", "extra", "dropped"])


@given(SPANS, SPANS, st.lists(TOUCH, max_size=30), st.randoms(use_true_random=False))
def test_twice_changes_nothing_more_in_whatever_order(
    before: tuple[Span, ...], after: tuple[Span, ...], touches: list[str], chance: object
) -> None:
    rows = rows_of(plan(before, 3))
    for index, touch in enumerate(touches[: len(rows)]):
        if touch == "extra":
            rows[index] = replace(rows[index], by_pattern=False)
        elif touch == "moved":
            rows[index] = replace(rows[index], moved=True, day=rows[index].day + timedelta(days=1))
        elif touch == "dropped":
            rows[index] = replace(rows[index], cancelled=True, dropped=True)
        elif touch:
            rows[index] = replace(rows[index], **{touch: True})
    wanted = list(plan(after, 3))
    changes = compare(wanted, rows)
    hands = {row.id for row in rows if row.why is not None and not row.dropped}
    assert hands.isdisjoint(row.id for row in changes.removed)
    assert hands.isdisjoint(row.stored.id for row in changes.retimed)
    places = len(changes.added) + len(changes.revived) + len(changes.retimed) + len(changes.same)
    assert places + sum(kept.planned is not None for kept in changes.kept) == len(wanted)
    mixed, turned = list(rows), list(wanted)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert compare(turned, mixed) == changes
    assert compare(turned, mixed).fingerprint == changes.fingerprint
    again = compare(wanted, apply(rows, changes))
    assert again.empty
    assert {kept.stored.id for kept in again.kept} <= {kept.stored.id for kept in changes.kept}


def test_what_has_begun_is_left_alone() -> None:
    pattern = Pattern(MONDAY, None, 1, (Span(0, time(14), time(18)),))
    begun = [stored(1, PlannedTime(MONDAY, time(9), time(13), BERLIN), told=True)]
    noon = datetime(2026, 11, 23, 11, tzinfo=UTC)
    shown = outlook(pattern, BERLIN, MONDAY, MONDAY, noon, begun, NOBODY, {})
    # The day's shift has been; it takes the day's place.
    assert shown.changes.empty
    late = datetime(2026, 11, 23, 15, tzinfo=UTC)
    assert outlook(pattern, BERLIN, MONDAY, MONDAY, late, [], NOBODY, {}).changes.added == ()


def test_nobody_is_twice_at_work_at_once() -> None:
    pattern = Pattern(MONDAY, None, 1, MORNINGS)
    start, end = instants(PlannedTime(MONDAY, time(12), time(16), BERLIN))
    around = replace(NOBODY, others=(Standing(MONDAY, start, end),))
    shown = outlook(pattern, BERLIN, MONDAY, MONDAY + timedelta(days=6), NOW, [], around, {})
    assert [planned.day for planned in shown.changes.added] == [date(2026, 11, 26)]
    assert [line.params["day"] for line in shown.left_out] == [MONDAY]
    moved = stored(1, PlannedTime(MONDAY, time(8), time(11), BERLIN))
    lost = outlook(pattern, BERLIN, MONDAY, MONDAY, NOW, [moved], around, {})
    assert [row.id for row in lost.changes.removed] == [1]


def test_going_on_only_adds() -> None:
    rows = rows_of(plan((Span(1, time(9), time(13)),)))
    more = only_more(compare(plan(MORNINGS), rows))
    assert len(more.added) == 4
    assert (more.removed, more.retimed, more.kept) == ((), (), ())


def test_holidays_are_named() -> None:
    pattern = Pattern(MONDAY, None, 1, MORNINGS)
    shown = outlook(
        pattern, BERLIN, MONDAY, date(2026, 12, 31), NOW, [], NOBODY, {date(2026, 12, 24): "Eve", MONDAY: "Odd day"}
    )
    assert shown.days_off == ((MONDAY, "Odd day"), (date(2026, 12, 24), "Eve"))
    assert shown.fingerprint != outlook(pattern, BERLIN, MONDAY, MONDAY, NOW, [], NOBODY, {}).fingerprint


def test_how_far_ahead() -> None:
    pattern = Pattern(MONDAY, None, 1, MORNINGS)
    assert horizon(MONDAY, pattern, None) == MONDAY + AHEAD
    assert horizon(MONDAY, pattern, MONDAY + timedelta(days=5)) == MONDAY + timedelta(days=5)
    assert horizon(MONDAY, replace(pattern, last_day=MONDAY), None) == MONDAY
    far = stored(1, PlannedTime(date(2027, 6, 7), time(9), time(13), BERLIN))
    assert horizon(MONDAY, pattern, None, [far]) == date(2027, 6, 7)
    assert horizon(MONDAY, pattern, None, [], MONDAY + timedelta(days=1)) == MONDAY + timedelta(days=1)


def at(hour: float, length: float = 1) -> tuple[datetime, datetime]:
    start = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=hour)
    return start, start + timedelta(hours=length)


def test_people_at_once_are_counted_where_they_meet() -> None:
    assert most_at_once(at(8, 4), []) == 0
    assert most_at_once(at(8, 4), [at(8), at(9), at(10)]) == 1
    assert most_at_once(at(8, 4), [at(7, 2), at(8, 1), at(12)]) == 2
    assert most_at_once(at(8, 4), [at(6, 8), at(9, 1), at(9, 2)]) == 3


def test_what_is_shown_while_planning() -> None:
    wanted = [
        PlannedTime(MONDAY, time(9), time(13), BERLIN),
        PlannedTime(date(2026, 11, 24), time(9), time(13), BERLIN),
    ]
    assert warnings(wanted, NOBODY) == ()
    around = Around(
        busy=(at(10),),
        crowd=(at(9),),
        places=1,
        availability=0,
        weekly_hours_limit=9,
        others=(Standing(MONDAY, *at(1, 2)),),
    )
    lines = warnings(wanted, around)
    assert [line.params["n"] for line in lines] == [1, 1, 2, 1]
    assert lines[-1].params["hours"] == 10
    assert len(warnings(wanted, replace(around, weekly_hours_limit=10, busy=(), crowd=()))) == 1
    # Touching is no overlap.
    assert warnings(wanted[:1], Around(busy=(at(7), at(12)), crowd=(at(12),), places=1)) == ()


def test_the_agreed_hours_are_a_limit_for_the_pattern() -> None:
    ensure_hours(15, None, False)
    ensure_hours(15, 15, False)
    ensure_hours(16, 15, True)
    with pytest.raises(Refused) as refused:
        ensure_hours(15.25, 15, False)
    assert refused.value.field == "week"
