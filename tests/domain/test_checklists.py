"""The start gate: complete only when everything asked of the kind holds on the day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.domain.checklists import Entry, Item, missing
from placement.domain.placements import PlacementKind

DAY = date(2026, 11, 23)
DAYS = st.integers(-40, 40).map(lambda n: DAY + timedelta(days=n))
ITEMS = st.lists(
    st.builds(Item, st.integers(1, 6), st.frozensets(st.sampled_from(PlacementKind), max_size=2)),
    unique_by=lambda item: item.id,
)
ENTRIES = st.lists(st.builds(Entry, st.integers(1, 6), DAYS, st.none() | DAYS), max_size=8)
KINDS = st.sampled_from(PlacementKind)


@given(KINDS, ITEMS, ENTRIES, DAYS)
def test_complete_exactly_when_everything_asked_holds(
    kind: PlacementKind, items: list[Item], entries: list[Entry], day: date
) -> None:
    gone = missing(kind, items, entries, day)
    for item in items:
        held = any(entry.item == item.id and entry.holds_on(day) for entry in entries)
        assert (item.id in gone) == (item.asked_of(kind) and not held)


@given(KINDS, ITEMS, ENTRIES, ENTRIES, DAYS)
def test_one_more_entry_never_adds_to_what_is_missing(
    kind: PlacementKind, items: list[Item], entries: list[Entry], more: list[Entry], day: date
) -> None:
    assert set(missing(kind, items, [*entries, *more], day)) <= set(missing(kind, items, entries, day))


def test_days_at_the_edges() -> None:
    entry = Entry(1, DAY, DAY + timedelta(days=7))
    assert [entry.holds_on(DAY + timedelta(days=n)) for n in (-1, 0, 7, 8)] == [False, True, True, False]
    assert Entry(1, DAY).holds_on(DAY + timedelta(days=9999))
    graded = Item(1, frozenset({PlacementKind.GRADED_LOAD}))
    assert missing(PlacementKind.INTERNSHIP, [graded], [], DAY) == ()
    assert missing(PlacementKind.GRADED_LOAD, [graded], [], DAY) == (1,)
