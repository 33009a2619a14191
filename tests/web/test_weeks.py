"""Reading the week editor's fields."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from placement.domain.week import FULL_WEEK, QUARTERS_PER_WEEK, Span, from_spans
from placement.web.weeks import WeekInput, slots_for, week_triples


def read(required: bool = False, **fields: str) -> WeekInput:
    """``d0s1_from="09:00"`` is posted as ``week-0-1-from``."""
    names = {
        name.replace("d", "week-", 1).replace("s", "-", 1).replace("_", "-"): text for name, text in fields.items()
    }
    return WeekInput.read(MultiDict(names), required=required)


def test_times_of_several_days_and_slots_become_one_mask() -> None:
    found = read(
        d0s0_from="09:00", d0s0_to="12:30", d0s2_from="14:00", d0s2_to="16:15", d6s0_from="22:00", d6s0_to="02:00"
    )
    expected = from_spans([Span(0, time(9), time(12, 30)), Span(0, time(14), time(16, 15)), Span(6, time(22), time(2))])
    assert found.ok
    assert found.mask == expected


def test_a_blank_week_is_no_time_and_not_unknown() -> None:
    assert read().mask == 0
    assert read().ok


def test_unknown_is_none_without_a_problem() -> None:
    found = WeekInput.read(MultiDict({"week-unknown": "1"}), required=True)
    assert found.ok
    assert found.mask is None


def test_unknown_and_times_contradict_each_other() -> None:
    found = WeekInput.read(MultiDict({"week-unknown": "1", "week-0-0-from": "9:00", "week-0-0-to": "10:00"}))
    assert found.mask is None
    assert "not known" in found.problem
    assert not found.ok


def test_a_required_week_needs_a_time() -> None:
    assert read(required=True).problem == "Enter at least one time."
    assert read(required=True, d0s0_from="9:00", d0s0_to="10:00").ok


def test_the_whole_day_box_counts_as_24_hours() -> None:
    found = WeekInput.read(MultiDict({"week-2-all": "1"}))
    assert found.mask == from_spans([Span(2, time(0), time(0))])


def test_other_prefixes_do_not_mix() -> None:
    form = MultiDict(
        {"week-0-0-from": "9:00", "week-0-0-to": "10:00", "hours-1-0-from": "9:00", "hours-1-0-to": "10:00"}
    )
    assert WeekInput.read(form, "hours").mask == from_spans([Span(1, time(9), time(10))])


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("09:00", "", "ends"),
        ("", "09:00", "starts"),
        ("9 o'clock", "10:00", "Write times"),
        ("25:00", "10:00", "Write times"),
        ("09:00", "10:61", "Write times"),
        ("09:05", "10:00", "quarter"),
        ("09:00", "10:50", "quarter"),
        ("09:00", "09:00", "same"),
    ],
)
def test_a_bad_time_is_told_at_its_day_alone(start: str, end: str, words: str) -> None:
    found = read(d0s0_from="08:00", d0s0_to="12:00", d3s1_from=start, d3s1_to=end)
    assert list(found.errors) == [3]
    assert words in found.errors[3]
    assert found.mask is None


def test_midnight_is_written_as_0_or_as_24() -> None:
    assert read(d0s0_from="20:00", d0s0_to="24:00").mask == read(d0s0_from="20:00", d0s0_to="00:00").mask


@given(st.integers(0, FULL_WEEK))
def test_what_the_editor_shows_is_read_back_unchanged(mask: int) -> None:
    # Coarse weeks, as people write them: blocks of four hours.
    blocks = sum((0xFFFF << start) for start in range(0, QUARTERS_PER_WEEK, 16) if mask >> start & 1)
    form: MultiDict[str, str] = MultiDict()
    count = [0] * 7
    for day, start, end in week_triples(blocks):
        for part, minute in (("from", start), ("to", end)):
            form[f"week-{day}-{count[day]}-{part}"] = f"{minute // 60:02}:{minute % 60:02}"
        count[day] += 1
    assert WeekInput.read(form).mask == blocks
    assert slots_for(blocks) == max(3, *count)
