"""What was seen at work speaks for a level: never for more than it says, never from self-ratings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement.domain.matching.learning import (
    FEWEST_PEOPLE,
    FEWEST_SHIFTS,
    Case,
    Change,
    Evidence,
    Seen,
    ability_change,
    ability_level,
    ability_words,
    evidence,
    may_repeat,
    requirement_change,
    requirement_words,
    seen,
    task_list,
)
from placement.domain.support import RaterKind, Rating

modest = settings(max_examples=150, deadline=None, derandomize=True)
TODAY = date(2026, 11, 23)
BEGAN = TODAY - timedelta(days=40)
LEVEL = st.integers(0, 5)
KNOWN = st.none() | LEVEL
RANK = st.integers(0, 6)
#: Ranks of one to three tasks on each of some shifts.
SHIFTS = st.lists(st.lists(RANK, min_size=1, max_size=3), min_size=6, max_size=14)
RATERS = st.sampled_from([kind for kind in RaterKind if kind is not RaterKind.SELF])


def rows(shifts: list[list[int]]) -> list[Seen]:
    """One shift a day, the last one yesterday; task 1, 2, …"""
    return [
        Seen(at, TODAY - timedelta(days=len(shifts) - at), task, rank)
        for at, ranks in enumerate(shifts)
        for task, rank in enumerate(ranks, start=1)
    ]


def found(shifts: list[list[int]]) -> Evidence:
    result = evidence(rows(shifts), {1, 2, 3}, BEGAN, TODAY)
    assert result is not None
    return result


def direction(known: int | None, asked: int, shifts: list[list[int]]) -> int:
    level = ability_level(known, asked, found(shifts))
    if level is None:
        return 0
    return 1 if known is None or level > known else -1


@modest
@given(KNOWN, LEVEL, SHIFTS, st.data())
def test_less_help_never_speaks_for_less(known, asked, shifts, data):
    better = [[data.draw(st.integers(rank, 6)) for rank in ranks] for ranks in shifts]
    assert direction(known, asked, better) >= direction(known, asked, shifts)


@modest
@given(KNOWN, LEVEL, SHIFTS)
def test_no_level_is_jumped_to_but_the_one_asked_for(known, asked, shifts):
    level = ability_level(known, asked, found(shifts))
    if level is None:
        return
    assert 0 <= level <= 5
    assert level != known
    if known is None or level > known:
        assert level == asked
        assert found(shifts).mostly_alone
    else:
        assert level == known - 1
        assert known >= asked
        assert found(shifts).much_help


@modest
@given(LEVEL, SHIFTS)
def test_unknown_is_not_0(asked, shifts):
    unknown, zero = ability_level(None, asked, found(shifts)), ability_level(0, asked, found(shifts))
    assert unknown in (None, asked)
    assert unknown != 0
    # 0 can only be raised; needing help at what is asked for tells nothing of somebody of whom nothing is known.
    assert zero == unknown
    if found(shifts).much_help:
        assert unknown is None
    three = [Case(person, None, found(shifts)) for person in range(5)]
    assert requirement_change(asked, three) is None


@modest
@given(st.lists(st.tuples(st.none() | RANK, RATERS), max_size=4), st.lists(st.none() | RANK, max_size=3))
def test_nobody_speaks_for_themselves_and_more_support_decides(others, own):
    ratings = [Rating(rank, rater, kind) for rater, (rank, kind) in enumerate(others)]
    self_ratings = [Rating(rank, 99, RaterKind.SELF) for rank in own]
    without = seen(1, TODAY, 1, ratings)
    assert seen(1, TODAY, 1, [*self_ratings, *ratings]) == without
    ranks = [rank for rank, _ in others if rank is not None]
    assert without == (Seen(1, TODAY, 1, min(ranks)) if ranks else None)
    assert seen(1, TODAY, 1, self_ratings) is None


@modest
@given(SHIFTS, st.randoms(use_true_random=False), RANK)
def test_order_other_tasks_and_older_shifts_change_nothing(shifts, rng, rank):
    plain = rows(shifts)
    more = [*plain, Seen(0, TODAY - timedelta(days=1), 9, rank), Seen(500, TODAY - timedelta(days=28), 1, rank)]
    more.append(Seen(501, TODAY + timedelta(days=1), 1, rank))
    rng.shuffle(more)
    assert evidence(more, {1, 2, 3}, BEGAN, TODAY) == evidence(plain, {1, 2, 3}, BEGAN, TODAY)


def test_too_early_is_said_before_four_weeks_six_shifts_and_three_days():
    six = rows([[6]] * FEWEST_SHIFTS)
    assert evidence(six, {1}, TODAY - timedelta(days=28), TODAY) is not None
    assert evidence(six, {1}, TODAY - timedelta(days=27), TODAY) is None
    assert evidence(six, {1}, None, TODAY) is None
    assert evidence(six[1:], {1}, BEGAN, TODAY) is None
    assert evidence(six, set(), BEGAN, TODAY) is None
    two_days = [Seen(row.occasion, TODAY - timedelta(days=row.occasion % 2), 1, 6) for row in six]
    assert evidence(two_days, {1}, BEGAN, TODAY) is None
    three_days = [Seen(row.occasion, TODAY - timedelta(days=row.occasion % 3), 1, 6) for row in six]
    assert evidence(three_days, {1}, BEGAN, TODAY) is not None
    # What was decided on before counts no more.
    assert evidence(six, {1}, BEGAN, TODAY, after=TODAY - timedelta(days=6)) is None
    assert evidence(six, {1}, BEGAN, TODAY, after=TODAY - timedelta(days=7)) is not None


@pytest.mark.parametrize(
    ("ranks", "alone", "much"),
    [
        ([6, 6, 6, 6, 6, 6, 6, 6, 5, 5], True, False),  # exactly 80 percent
        ([6, 6, 6, 6, 6, 6, 6, 5, 5, 5], False, False),
        ([3, 3, 3, 3, 6, 6, 6], False, True),  # the middle one took showing
        ([3, 3, 3, 4, 4, 4], False, False),  # between showing and a hint
        ([2, 2, 2, 2, 2, 2], False, True),
    ],
)
def test_the_edges_of_mostly(ranks, alone, much):
    result = found([[rank] for rank in ranks])
    assert (result.mostly_alone, result.much_help) == (alone, much)


def test_the_task_that_took_most_help_decides_for_alone_and_the_easiest_for_much_help():
    mixed = found([[6, 2]] * 8)
    assert (mixed.shifts, mixed.alone, mixed.helped) == (8, 0, 0)
    assert not mixed.mostly_alone
    assert not mixed.much_help
    assert ability_level(2, 3, mixed) is ability_level(4, 3, mixed) is None


def test_an_opening_that_asks_for_nothing_teaches_nothing_upwards():
    alone, helped = found([[6]] * 8), found([[2]] * 8)
    assert ability_level(None, 0, alone) is None
    assert ability_level(3, 0, helped) == 2
    assert ability_level(0, 0, helped) is None


def test_placements_that_disagree_say_nothing():
    alone, helped = found([[6]] * 8), found([[2]] * 8)
    assert ability_change(3, [(4, alone), (3, helped)]) is None
    assert ability_change(3, [(4, alone), (5, alone)]) == Change(5, index=1)
    assert ability_change(3, [(3, helped), (2, helped)]) == Change(2)
    assert ability_change(3, [(3, alone)]) is None
    assert ability_change(3, []) is None


@modest
@given(LEVEL, st.lists(st.tuples(st.integers(1, 6), KNOWN, st.sampled_from([6, 4, 2])), max_size=10))
def test_a_requirement_moves_by_one_and_only_for_three_different_people(asked, said):
    cases = [Case(person, known, found([[rank]] * 8)) for person, known, rank in said]
    change = requirement_change(asked, cases)
    over = {person for person, known, rank in said if known is not None and known >= asked and rank == 2}
    under = {person for person, known, rank in said if known is not None and known < asked and rank == 6}
    step = (len(over) >= FEWEST_PEOPLE) - (len(under) >= FEWEST_PEOPLE)
    if step == 0 or not 0 <= asked + step <= 5:
        assert change is None
        return
    assert change == Change(asked + step, people=len(over if step > 0 else under))


def test_the_same_person_twice_is_one_person():
    helped = found([[2]] * 8)
    assert requirement_change(3, [Case(1, 3, helped), Case(1, 4, helped), Case(2, 3, helped)]) is None
    assert requirement_change(3, [Case(person, 3, helped) for person in (1, 2, 3)]) == Change(4, people=3)


def test_a_refused_level_comes_back_only_by_newer_shifts_after_four_weeks():
    refused_on = TODAY - timedelta(days=28)
    assert may_repeat(3, refused_on, 3, TODAY, TODAY)
    assert not may_repeat(3, refused_on, 3, refused_on, TODAY)
    assert not may_repeat(3, refused_on + timedelta(days=1), 3, TODAY, TODAY)
    assert may_repeat(3, TODAY, 4, TODAY, TODAY)


def test_the_words():
    names = {1: {"en": "Filling shelves"}, 2: {"en": "Tidying shelves"}}
    raised = ability_words(found([[6, 6]] * 7 + [[5, 6]]), True, names, "Shelf assistant", 3)
    said, asks = raised.params["seen"], raised.params["asks"]
    assert said.msgid % (said.params | {"tasks": "x"}) == "In 7 of 8 shifts this took no help: x."
    assert said.params["tasks"].params == {"one": names[1], "two": names[2]}
    assert asks.msgid % asks.params == "“Shelf assistant” asks for 3."
    lowered = ability_words(found([[2, 3]] * 6 + [[2, 4]]), False, names, "Shelf assistant", 3).params["seen"]
    assert lowered.params["times"] == 6
    many = task_list([{"en": str(number)} for number in range(5)])
    assert many.params["more"] == 2
    with pytest.raises(ValueError, match="without a task"):
        task_list([])
    for change in (Change(4, people=3), Change(2, people=4)):
        words = requirement_words(3, change)
        assert str(change.people) in words.msgid % words.params
