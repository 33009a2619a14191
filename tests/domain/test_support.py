from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.support import (
    CanonicalRank,
    RaterKind,
    Rating,
    deciding_rank,
    independence_percent,
)

ranks = st.integers(0, 6)
others = st.sampled_from([kind for kind in RaterKind if kind is not RaterKind.SELF])
ratings = st.builds(Rating, rank=st.none() | ranks, rater=st.integers(1, 9), rater_kind=st.sampled_from(RaterKind))


def test_seven_ranks_from_full_support_to_independent() -> None:
    assert [int(rank) for rank in CanonicalRank] == list(range(7))
    assert CanonicalRank.INDEPENDENT == 6


def test_the_one_who_saw_more_support_decides() -> None:
    seen = [Rating(6, 1, RaterKind.SUPERVISOR), Rating(4, 2, RaterKind.COACH), Rating(5, 3, RaterKind.FAMILY)]
    assert deciding_rank(seen) == 4


def test_not_attempted_does_not_decide_against_one_who_saw_it() -> None:
    seen = [Rating(None, 1, RaterKind.SUPERVISOR), Rating(5, 2, RaterKind.COACH)]
    assert deciding_rank(seen) == 5


def test_nobody_else_saw_it_attempted() -> None:
    assert deciding_rank([]) is None
    assert deciding_rank([Rating(None, 1, RaterKind.COACH)]) is None
    assert deciding_rank([Rating(0, 1, RaterKind.SELF)]) is None


@given(st.lists(ratings), st.none() | ranks)
def test_a_self_rating_never_changes_anything(given_ratings: list[Rating], own: int | None) -> None:
    with_own = [*given_ratings, Rating(own, 99, RaterKind.SELF)]
    assert deciding_rank(with_own) == deciding_rank(given_ratings)


@given(st.lists(ratings), st.builds(Rating, rank=ranks, rater=st.integers(1, 9), rater_kind=others))
def test_one_rating_more_never_makes_it_more_independent(given_ratings: list[Rating], more: Rating) -> None:
    before, after = deciding_rank(given_ratings), deciding_rank([*given_ratings, more])
    assert after is not None
    assert more.rank is not None
    assert after == (more.rank if before is None else min(before, more.rank))


def test_independence_is_alone_of_attempted() -> None:
    assert independence_percent([6, 6, 5, None]) == pytest.approx(200 / 3)
    assert independence_percent([0, 5]) == 0
    assert independence_percent([6]) == 100


def test_nothing_attempted_is_missing_not_zero() -> None:
    assert independence_percent([]) is None
    assert independence_percent([None, None]) is None


@given(st.lists(st.none() | ranks), st.integers(0, 5))
def test_independence_never_counts_missing(given_ranks: list[int | None], missing: int) -> None:
    assert independence_percent([*given_ranks, *[None] * missing]) == independence_percent(
        [rank for rank in given_ranks if rank is not None]
    )


@pytest.mark.parametrize("rank", [-1, 7])
def test_a_rank_off_the_scale_is_refused(rank: int) -> None:
    with pytest.raises(ValueError, match=r"0\.\.6"):
        Rating(rank, 1, RaterKind.COACH)
