"""What is said of a task's latest stretch, and when nothing is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from placement.domain.verdict import FALLING_TO, GROWING_FROM, Occasion, Trend, restart, verdict

RANKS = st.lists(st.one_of(st.none(), st.integers(2, 6)), max_size=40)


def at(*ranks: float | None, site: int = 1, rater: int = 1) -> list[Occasion]:
    return [Occasion(rank, site, frozenset() if rank is None else frozenset({rater})) for rank in ranks]


def test_less_help_shift_after_shift_is_growing() -> None:
    found = verdict(at(2, 2, 3, 3, 3, 4, 5, 5, 6, 6, 6))
    assert (found.trend, found.earlier, found.later) == (Trend.GROWING, 5, 5)
    assert found.nap == 1
    assert found.words.params == {"share": 100, "n": 5}


def test_more_help_shift_after_shift() -> None:
    assert verdict(at(6, 6, 6, 6, 6, 5, 4, 4, 3, 3, 3)).trend is Trend.NEEDS_MORE_HELP


def test_the_same_all_along_is_steady() -> None:
    found = verdict(at(*[5] * 30))
    assert (found.trend, found.nap, found.later) == (Trend.STEADY, 0.5, 12)


def test_nine_ratings_are_too_few() -> None:
    found = verdict(at(2, 2, 2, 2, 6, 6, 6, 6, 6))
    assert (found.trend, found.nap) == (Trend.TOO_EARLY, None)
    assert found.words.params == {"rated": 9, "needed": 10}


def test_it_must_hold_twice() -> None:
    """The tenth rating alone says something for the first time; the eleventh says it again."""
    ranks = [2, 2, 3, 3, 3, 4, 5, 5, 6, 6, 6]
    assert verdict(at(*ranks[:10])).trend is Trend.TOO_EARLY
    assert verdict(at(*ranks)).trend is Trend.GROWING


def test_one_bad_day_takes_nothing_back() -> None:
    steady = [5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5]
    found = verdict(at(*steady, *[6] * 3))
    before = verdict(at(*steady, *[6] * 2))
    assert Trend.STEADY in (before.trend, found.trend)


def test_six_of_ten_shifts_must_be_rated() -> None:
    rated = [2, 2, 2, 2, 2, 6, 6, 6, 6, 6, 6]
    gaps: list[float | None] = []
    for rank in rated:
        gaps += [rank, None]
    found = verdict(at(*gaps))
    assert found.trend is Trend.TOO_EARLY
    assert found.words.params["rated"] < found.words.params["needed"] <= found.words.params["shifts"]


def test_another_site_starts_anew() -> None:
    history = at(*[2] * 10) + at(*[6] * 8, site=2)
    assert restart(history) == 10
    assert verdict(history).trend is Trend.TOO_EARLY


def test_a_new_rater_starts_anew_and_a_known_one_does_not() -> None:
    first = at(*[2] * 6) + at(2, rater=2) + at(*[3] * 6)
    assert restart(first) == 6
    assert restart(first + at(4, rater=2)) == 6
    assert restart(first + at(4, rater=3)) == len(first)


@given(RANKS)
def test_unrated_shifts_at_the_end_say_nothing_new(ranks: list) -> None:
    said = verdict(at(*ranks)).trend
    after = verdict(at(*ranks, None)).trend
    assert after in (said, Trend.TOO_EARLY)


@given(RANKS)
def test_turned_over_it_is_the_opposite(ranks: list) -> None:
    opposite = {Trend.GROWING: Trend.NEEDS_MORE_HELP, Trend.NEEDS_MORE_HELP: Trend.GROWING}
    said = verdict(at(*ranks)).trend
    turned = verdict(at(*[None if rank is None else 8 - rank for rank in ranks])).trend
    assert turned is opposite.get(said, said)


@given(RANKS, st.lists(st.integers(2, 6), max_size=10))
def test_what_was_before_a_restart_does_not_count(ranks: list, before: list) -> None:
    here = at(*ranks)
    assert verdict(at(*before, site=9) + here).trend is verdict(here).trend


@given(st.lists(st.one_of(st.integers(2, 6), st.integers(4, 6), st.none()), min_size=20, max_size=60))
def test_looking_back_finds_what_following_it_would_have_said(ranks: list) -> None:
    said, since, before = Trend.TOO_EARLY, None, Trend.TOO_EARLY
    for place, rank in enumerate(ranks):
        if rank is None:
            continue
        share = verdict(at(*ranks[: place + 1])).nap
        now = Trend.TOO_EARLY if share is None else Trend.STEADY
        if share is not None and not FALLING_TO < share < GROWING_FROM:
            now = Trend.GROWING if share >= GROWING_FROM else Trend.NEEDS_MORE_HELP
        if now in (before, Trend.TOO_EARLY) and now is not said:
            said, since = now, place
        before = now
    found = verdict(at(*ranks))
    assert (found.trend, found.since) == (said, None if said is Trend.TOO_EARLY else since)
