"""Reports over hand-made cohorts with known answers, and what may leave the program."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.enrollments import Reached
from placement.domain.outcomes import (
    DEFINITIONS,
    FEWEST_SHOWN,
    REPORTS,
    Asked,
    Facts,
    Figure,
    Hosting,
    Job,
    Stay,
    Verdict,
    competitive,
    employed_after,
    figure,
    figures,
    packed,
    search_success,
    shown_outside,
)
from placement.domain.placements import PlacementKind, PlacementState

Y, N, U, L = Verdict.YES, Verdict.NO, Verdict.UNKNOWN, Verdict.NOT_YET
#: The second quarter of 2026, looked at in January 2027.
FIRST, LAST, TODAY = date(2026, 4, 1), date(2026, 6, 30), date(2027, 1, 15)
OPEN_JOB = Job(1, date(2026, 5, 1), None, 20, True, False, True, False, True)


def stay(number: int, entered: date | None = date(2026, 1, 10), exited: date | None = None, **more: object) -> Stay:
    return Stay(number, more.pop("person", number), date(2026, 1, 1), entered, exited, None, **more)  # type: ignore[arg-type]


def job(**changes: object) -> Job:
    return replace(OPEN_JOB, **changes)  # type: ignore[arg-type]


def facts(*stays: Stay, hostings: tuple[Hosting, ...] = (), today: date = TODAY) -> Facts:
    return Facts(FIRST, LAST, today, stays, hostings)


def told(found: Figure) -> dict[int, Verdict]:
    return {row.person: row.verdict for row in found.rows}


def test_late_joiners_early_leavers_and_those_who_wait() -> None:
    everybody = facts(
        stay(1),
        stay(2, date(2026, 6, 30)),
        stay(3, date(2026, 7, 1)),
        stay(4, exited=date(2026, 3, 31)),
        stay(5, exited=date(2026, 4, 1)),
        stay(6, None),
        stay(7, None, date(2026, 5, 5)),
    )
    assert set(told(figure(everybody, "served"))) == {1, 2, 5}
    assert set(told(figure(everybody, "entered"))) == {2}
    assert set(told(figure(everybody, "exited"))) == {5}


def test_who_came_back_is_one_person() -> None:
    one = stay(1, date(2026, 1, 10), date(2026, 4, 20), person=9, jobs=(job(started=date(2026, 4, 25)),))
    two = stay(2, date(2026, 5, 10), date(2026, 6, 20), person=9)
    found = facts(one, two)
    assert told(figure(found, "served")) == {9: Y}
    # The job belongs to the first time; they were served in the quarter, and worked in it.
    assert told(figure(found, "ips_employed")) == {9: Y}
    exits = figure(found, "exited")
    assert (exits.base, exits.rows[0].stay) == (1, 2)
    assert figure(found, "entered").base == 1


def test_in_competitive_work_counts_everybody_served() -> None:
    found = figure(
        facts(
            stay(1, jobs=(job(),)),
            stay(2),
            stay(3, jobs=(job(integrated=None),)),
            stay(4, jobs=(job(subsidised=True),)),
            stay(5, jobs=(job(started=date(2026, 7, 1)),)),
            stay(6, jobs=(job(started=date(2025, 1, 1), ended=date(2026, 3, 31)),)),
            stay(7, jobs=(job(integrated=None), job())),
        ),
        "ips_employed",
    )
    assert told(found) == {1: Y, 2: N, 3: U, 4: N, 5: N, 6: N, 7: Y}
    assert found.rate == pytest.approx(2 / 7)


def test_a_job_start_needs_four_paid_hours() -> None:
    found = figure(
        facts(
            stay(1, jobs=(job(four_hours=None),)),
            stay(2, jobs=(job(four_hours=False),)),
            stay(3, jobs=(job(), job(started=date(2026, 6, 1)))),
            stay(4, jobs=(job(started=date(2026, 3, 31)),)),
        ),
        "job_starts",
    )
    assert Counter(row.verdict for row in found.rows) == {Y: 2, U: 1, N: 1}
    assert found.rate is None


def test_project_search_counts_early_leavers_and_says_what_it_does_not_know() -> None:
    entered = date(2026, 4, 5)
    not_heard = (Asked(1, Reached.NOT_REACHED), Asked(2, Reached.DECLINED))
    heard = (Asked(1, Reached.REACHED, False),)
    left = date(2026, 5, 1)
    found = figure(
        facts(
            stay(1, entered, left, jobs=(job(hours_week=16),)),
            stay(2, entered, left, jobs=(job(hours_week=15.75),)),
            stay(3, entered, left, jobs=(job(seasonal=None),)),
            stay(4, entered, left, asked=not_heard),
            stay(5, entered, left, asked=heard),
            stay(6, entered),
            stay(7, entered, left, jobs=(job(prevailing_wage=False),)),
            stay(8, date(2026, 3, 31), left, jobs=(job(),)),
        ),
        "search_success",
    )
    assert told(found) == {1: Y, 2: N, 3: U, 4: U, 5: N, 6: L, 7: N}
    assert found.rate == pytest.approx(1 / 7)


def test_quarters_after_exit_at_their_edges() -> None:
    # Left on the last day of Q1: the second quarter after is Q3; on the first of Q2: Q4.
    march, april = stay(1, exited=date(2026, 3, 31)), stay(2, exited=date(2026, 4, 1))
    in_september = (job(started=date(2026, 7, 1), ended=date(2026, 9, 30)),)
    assert employed_after(replace(march, jobs=in_september), 2, TODAY) is Y
    assert employed_after(replace(april, jobs=in_september), 2, TODAY) is U
    assert employed_after(replace(april, jobs=in_september), 1, TODAY) is Y
    # The fourth quarter is not over yet: a job that goes on counts as soon as it has begun.
    assert employed_after(april, 4, TODAY) is L
    assert employed_after(replace(march, jobs=(job(),)), 4, TODAY) is Y
    assert employed_after(replace(april, jobs=(job(),)), 4, TODAY) is L
    assert employed_after(replace(april, jobs=(job(),)), 4, date(2027, 4, 1)) is Y


def test_a_follow_up_says_yes_no_or_stays_unknown() -> None:
    left = stay(1, exited=date(2026, 4, 15))
    for asked, verdict in (
        (Asked(2, Reached.REACHED, True), Y),
        (Asked(2, Reached.REACHED, False), N),
        (Asked(2, Reached.REACHED, None), U),
        (Asked(2, Reached.NOT_REACHED), U),
        (Asked(1, Reached.REACHED, True), U),
    ):
        assert employed_after(replace(left, asked=(asked,)), 2, TODAY) is verdict
    # A job that is written down wins over a "no" said on one day.
    both = replace(left, asked=(Asked(2, Reached.REACHED, False),), jobs=(job(started=date(2026, 12, 1)),))
    assert employed_after(both, 2, TODAY) is Y
    with pytest.raises(ValueError, match="has not left"):
        employed_after(stay(1), 2, TODAY)


def test_rates_after_exit_count_everybody_who_left() -> None:
    people = (
        stay(1, exited=date(2026, 4, 15), asked=(Asked(2, Reached.REACHED, True, 3000),)),
        stay(2, exited=date(2026, 5, 15), asked=(Asked(2, Reached.REACHED, True, 5000),)),
        stay(3, exited=date(2026, 5, 15), asked=(Asked(2, Reached.REACHED, True),)),
        stay(4, exited=date(2026, 6, 30), asked=(Asked(2, Reached.NOT_REACHED),)),
        stay(5, exited=date(2026, 6, 30), asked=(Asked(2, Reached.REACHED, False),)),
        stay(6),
    )
    found = facts(*people)
    assert told(figure(found, "wioa_q2")) == {1: Y, 2: Y, 3: Y, 4: U, 5: N}
    assert figure(found, "wioa_q2").rate == pytest.approx(3 / 5)
    earnings = figure(found, "earnings")
    assert earnings.value == 4000
    assert told(earnings) == {1: Y, 2: Y, 3: U}
    assert figure(facts(stay(6)), "earnings").value is None
    assert figure(facts(stay(6)), "wioa_q2").rate is None


def hosting(person: int, first: date, last: date | None = None, employer: int = 70, **more: object) -> Hosting:
    values = {"kind": PlacementKind.INTERNSHIP, "state": PlacementState.ACTIVE} | more
    return Hosting(person, employer, first=first, last=last, **values)  # type: ignore[arg-type]


def test_days_to_the_first_placement_with_two_at_once() -> None:
    april = date(2026, 4, 10)
    found = figure(
        facts(
            stay(1, april),
            stay(2, april),
            stay(3, april, date(2026, 5, 1)),
            stay(4, april),
            hostings=(
                hosting(1, date(2026, 4, 30)),
                hosting(1, date(2026, 4, 20), employer=71),
                hosting(4, date(2026, 3, 1)),
                hosting(4, date(2026, 5, 10), state=PlacementState.DECLINED),
            ),
        ),
        "to_placement",
    )
    # The earlier of two counts; what began before entry, or never began, does not.
    assert told(found) == {1: Y, 2: L, 3: N, 4: L}
    assert found.value == 10


def test_kinds_that_end_and_employers_that_stay() -> None:
    done, early = PlacementState.COMPLETED, PlacementState.ENDED_EARLY
    own, graded = PlacementKind.OWN_WORKPLACE, PlacementKind.GRADED_LOAD
    found = facts(
        hostings=(
            hosting(1, date(2026, 1, 1), LAST, kind=own, state=done),
            hosting(2, date(2026, 1, 1), FIRST, kind=own, state=early, employer=71),
            hosting(3, date(2026, 1, 1), date(2026, 7, 1), kind=own, state=done),
            hosting(4, date(2026, 5, 1), date(2026, 6, 1), kind=graded, state=done),
            hosting(5, date(2025, 4, 1), date(2025, 5, 1), employer=71, state=done),
            hosting(6, date(2025, 6, 30), date(2025, 7, 30), employer=72, state=done),
            hosting(7, date(2025, 7, 1), date(2025, 7, 30), employer=73, state=done),
        )
    )
    assert told(figure(found, "own_workplace")) == {1: Y, 2: N}
    assert told(figure(found, "graded_load")) == {4: Y}
    assert told(figure(found, "employers_served")) == {70: Y, 71: Y}
    assert told(figure(found, "employers_retained")) == {71: Y, 72: N}


def test_an_internship_is_never_a_job() -> None:
    found = facts(stay(1), hostings=(hosting(1, date(2026, 4, 1)),))
    for key in ("ips_employed", "job_starts", "search_success", "wioa_q2"):
        assert figure(found, key).count(Y) == 0


@pytest.mark.parametrize("change", [{"integrated": False}, {"subsidised": True}])
def test_one_no_is_a_no(change: dict[str, bool]) -> None:
    assert (
        competitive(job(**change, **({"subsidised": None} if "integrated" in change else {"integrated": None})))
        is False
    )


def test_success_needs_everything() -> None:
    assert search_success(OPEN_JOB) is True
    assert search_success(job(hours_week=None)) is None
    assert search_success(job(seasonal=True, hours_week=None)) is False


def test_every_figure_is_defined_and_reported_once() -> None:
    listed = [key for _, keys in REPORTS for key in keys]
    assert sorted(listed) == sorted(DEFINITIONS)
    made = figures(facts(stay(1)))
    assert [one.key for one in made] == list(DEFINITIONS)
    for one in made:
        kept = packed(one)
        assert kept["base"] == sum(kept[verdict.value] for verdict in Verdict)


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 40), min_size=1))
def test_no_small_count_can_be_worked_out_from_the_sum(counts: dict[str, int]) -> None:
    shown = shown_outside(counts)
    assert all(count is None or count == counts[key] for key, count in shown.items())
    assert all(count is None or count == 0 or count >= FEWEST_SHOWN for count in shown.values())
    gone = [key for key, count in shown.items() if count is None]
    others = [count for key, count in counts.items() if key not in gone and count]
    # One alone could be had by subtraction, unless it is all there is.
    assert len(gone) != 1 or not others


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(-200, 200), st.none() | st.integers(0, 200)), max_size=12),
)
def test_everybody_served_is_counted_once(ways: list[tuple[int, int, int | None]]) -> None:
    stays = tuple(
        Stay(
            n,
            person,
            date(2024, 1, 1),
            entered := FIRST + timedelta(days=at),
            None if long is None else entered + timedelta(days=long),
        )
        for n, (person, at, long) in enumerate(ways)
    )
    people = {one.person for one in stays if one.served(FIRST, LAST)}
    for key in ("served", "ips_employed"):
        rows = figure(facts(*stays), key).rows
        assert sorted(row.person for row in rows) == sorted(people)
