"""What another opening costs, against solving again with that pair held."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from placement.domain.matching import choices as subject
from placement.domain.matching.choices import Choice, Standing, choices, open_to, stand
from placement.domain.matching.costs import Cost, cost_words
from placement.domain.matching.problem import Mode, Problem, Settings
from placement.domain.matching.result import Solution
from placement.domain.matching.run import lay_out, match
from tests.domain.matching.cohorts import cohort


def standing(problem: Problem, solution: Solution | None = None) -> Standing:
    solution = solution or match(problem)
    board = lay_out(replace(problem, locks=(), overrides=()))
    person = {key: k for k, key in enumerate(board.features.people)}
    opening = {key: k for k, key in enumerate(board.features.openings)}
    x, held = np.full(len(person), -1), np.full(len(person), -1)
    for pair in solution.pairs:
        x[person[pair.person]] = opening[pair.opening]
        if pair.locked:
            held[person[pair.person]] = opening[pair.opening]
    return stand(board.features, board.asked, held, x)


def again(problem: Problem, s: Standing, person: int, opening: int) -> Solution:
    """Solved anew with that pair held instead of what was kept for the person."""
    keys = s.features.people[person], s.features.openings[opening]
    return match(replace(problem, locks=(*(lock for lock in problem.locks if lock[0] != keys[0]), keys)))


def check(problem: Problem, s: Standing, person: int, found: tuple[Choice, ...]) -> None:
    before = match(problem)
    for choice in found:
        after = again(problem, s, person, choice.opening)
        assert choice.cost.placed == after.placed - before.placed
        assert choice.cost.total == after.total - before.total
        assert choice.opening != s.x[person]
        assert choice.moves[0].person == person
        assert choice.moves[0].after == choice.opening
        assert choice.cost.others == len(choice.moves) - 1
        assert choice.cost.losing == sum(move.after < 0 for move in choice.moves[1:])
        load = np.bincount([*s.x[s.x >= 0]], minlength=len(s.features.openings))
        for move in choice.moves:
            assert s.x[move.person] == move.before
            load[move.before] -= move.before >= 0
            load[move.after] += move.after >= 0
        assert (load <= s.features.places).all()


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("seed", range(4))
def test_the_cost_is_that_of_solving_again(mode: Mode, seed: int) -> None:
    problem = cohort(seed, 14, 8, Settings(mode=mode, minimum_fit=2000))
    s = standing(problem)
    assert s.settled
    asked = 0
    for person in range(14):
        found = choices(s, person, 3)
        assert found is not None
        assert len(found) == min(3, len([o for o in open_to(s, person)[0] if o != s.x[person]]))
        check(problem, s, person, found)
        asked += len(found)
    assert asked


@pytest.mark.parametrize("mode", [Mode.TOTAL, Mode.LEAST_SHORTFALL])
def test_all_of_them_cheapest_first(mode: Mode) -> None:
    problem = cohort(9, 12, 8, Settings(mode=mode))
    s = standing(problem)
    for person in range(12):
        every, first = choices(s, person, 100), choices(s, person, 2)
        assert every is not None
        assert first == every[:2]
        assert {choice.opening for choice in every} == {int(o) for o in open_to(s, person)[0]} - {int(s.x[person])}
        if mode is Mode.TOTAL:
            order = [(-choice.cost.placed, -choice.cost.total) for choice in every]
            assert order == sorted(order)


@pytest.mark.parametrize("mode", list(Mode))
def test_what_is_kept_by_hand_stays_and_may_be_let_go(mode: Mode) -> None:
    problem = cohort(3, 14, 8, Settings(mode=mode))
    free = match(problem)
    kept = tuple((pair.person, pair.opening) for pair in free.pairs[:3])
    problem = replace(problem, locks=kept)
    s = standing(problem)
    for person in range(14):
        found = choices(s, person, 3)
        assert found is not None
        check(problem, s, person, found)
        for choice in found:
            others = [one for one in np.flatnonzero(s.held >= 0) if one != person]
            assert not {move.person for move in choice.moves} & set(others)


def test_after_something_was_taken_out_costs_start_from_solving_again() -> None:
    problem = cohort(5, 14, 8)
    solution = match(problem)
    gone = solution.pairs[0]
    banned = replace(problem, bans=(*problem.bans, (gone.person, gone.opening)))
    s = standing(banned, replace(solution, pairs=solution.pairs[1:]))
    expected = match(banned)
    assert not s.settled or solution.placed - 1 == expected.placed
    assert int((s.x >= 0).sum()) == expected.placed
    for person in range(14):
        check(banned, s, person, choices(s, person, 2) or ())


def test_nobody_else_is_named_without_need() -> None:
    """Somebody kept where they would be anyway: letting them go must not shuffle equally good places."""
    problem = cohort(2, 14, 8)
    plain = standing(problem)
    kept = standing(replace(problem, locks=tuple((p.person, p.opening) for p in match(problem).pairs)))
    for person in np.flatnonzero(plain.x >= 0):
        for choice in choices(kept, int(person), 2) or ():
            assert choice.cost.others == 0


def test_too_many_pairs_are_not_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    s = standing(cohort(1, 8, 6, Settings(mode=Mode.STABLE)))
    monkeypatch.setattr(subject, "MOST_AGAIN", 2)
    assert choices(s, 0) is None
    assert choices(standing(cohort(1, 8, 6)), 0) is not None


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (Cost(0, 0, 0), ["Costs nobody anything."]),
        (Cost(0, 0, 1), ["The group would lose nothing.", "One other person would move."]),
        (Cost(0, -130, 2), ["The group would lose 1.3 points.", "2 other people would move."]),
        (Cost(0, -100, 0), ["The group would lose one point.", "Nobody else would move."]),
        (Cost(0, -1, 0), ["The group would lose 0.1 points.", "Nobody else would move."]),
        (Cost(0, 450, 1), ["The group would gain 4.5 points.", "One other person would move."]),
        (Cost(-1, -7000, 1), ["One person more would stay without a place.", "One other person would move."]),
        (Cost(-2, 0, 0), ["2 people more would stay without a place.", "Nobody else would move."]),
        (Cost(-1, -7000, 1, None, 1), ["One person more would stay without a place."]),
        (Cost(-1, -7000, 3, None, 2), ["One person more would stay without a place.",
                                       "One other person would lose their place.", "One other person would move."]),
        (Cost(0, -1440, 1, None, 1), ["One other person would lose their place.", "The group would lose 14.4 points."]),
        (Cost(1, 5000, 0), ["One person more would get a place.", "Nobody else would move."]),
        (Cost(0, 0, 1, (4000, 3900)), ["The group would lose nothing.", "One other person would move.",
                                       "The lowest fit would fall by one point."]),
        (Cost(0, 0, 1, (4000, 4050)), ["The group would lose nothing.", "One other person would move.",
                                       "The lowest fit would rise by 0.5 points."]),
    ],
)  # fmt: skip
def test_costs_in_words(cost: Cost, words: list[str]) -> None:
    assert [_plain(sentence) for sentence in cost_words(cost)] == words


def _plain(sentence: object) -> str:
    params = {k: _plain(v) if hasattr(v, "msgid") else v for k, v in sentence.params.items()}  # type: ignore[attr-defined]
    many = params.get("n", 1) != 1 and sentence.plural  # type: ignore[attr-defined]
    return (sentence.plural if many else sentence.msgid) % params  # type: ignore[attr-defined]
