"""Hours of a month: nothing is lost and nothing is paid twice."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from placement.domain.delivered_hours import NOBODY, Approved, Worked, by_funder, by_person_and_site

FIRST = date(2026, 11, 1)
DAYS = st.integers(0, 29).map(lambda n: FIRST + timedelta(days=n))
WORKED = st.lists(st.builds(Worked, st.integers(1, 4), st.integers(1, 3), DAYS, st.integers(0, 480)), max_size=40)
APPROVED = st.lists(st.builds(Approved, st.integers(1, 4), st.sampled_from("abc"), DAYS, DAYS), max_size=8)


@given(WORKED, APPROVED)
def test_every_minute_is_paid_once(worked: list[Worked], approved: list[Approved]) -> None:
    total = sum(one.minutes for one in worked)
    assert sum(part.minutes for part in by_funder(worked, approved).values()) == total
    assert sum(minutes for minutes, _ in by_person_and_site(worked).values()) == total


def test_the_approval_that_began_first_pays() -> None:
    day = date(2026, 11, 10)
    old = Approved(1, "agency", date(2026, 10, 1), date(2026, 11, 10))
    new = Approved(1, "pension fund", day, date(2026, 12, 31))
    worked = [Worked(1, 7, day, 60), Worked(1, 7, day + timedelta(days=1), 30), Worked(2, 7, day, 15)]
    found = by_funder(worked, [new, old])
    assert {key: (part.people, part.minutes, part.days) for key, part in found.items()} == {
        "agency": (1, 60, 1), "pension fund": (1, 30, 1), NOBODY: (1, 15, 1),
    }  # fmt: skip
