from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.domain.placement_moves import (
    TRANSITIONS,
    MoveError,
    is_final,
    move_for,
    mover,
    moves_from,
    moves_of,
    next_state,
)
from placement.domain.placement_words import answer_words, kind_words, move_words, state_words, step_words
from placement.domain.placements import (
    Answer,
    Move,
    Mover,
    PlacementKind,
    PlacementState,
    StepKind,
    can_be_matched,
    occupies,
)

S = PlacementState


def walk(*moves: Move) -> PlacementState:
    state = S.PROPOSED
    for move in moves:
        state = next_state(state, move)
    return state


def test_the_whole_way() -> None:
    way = [Move.PARTICIPANT_YES, Move.EMPLOYER_YES, Move.START, Move.PAUSE, Move.RESUME, Move.COMPLETE]
    states = [walk(*way[:n]) for n in range(len(way) + 1)]
    assert states == [S.PROPOSED, S.OFFERED, S.ACCEPTED, S.ACTIVE, S.PAUSED, S.ACTIVE, S.COMPLETED]


def test_only_the_participants_own_yes_moves_a_proposal_on() -> None:
    onward = [move for move in moves_from(S.PROPOSED) if next_state(S.PROPOSED, move) is S.OFFERED]
    assert onward == [Move.PARTICIPANT_YES]
    assert all(mover(move) is Mover.PARTICIPANT for move in onward)
    assert moves_of(S.PROPOSED, Mover.EMPLOYER) == ()


@pytest.mark.parametrize(
    ("answer", "state"), [(Answer.YES, S.OFFERED), (Answer.NOT_NOW, S.PROPOSED), (Answer.NO, S.DECLINED)]
)
def test_what_an_answer_does(answer: Answer, state: PlacementState) -> None:
    assert next_state(S.PROPOSED, move_for(answer)) is state
    assert mover(move_for(answer)) is Mover.PARTICIPANT


@given(st.lists(st.sampled_from(Move), max_size=12))
def test_no_one_gets_to_a_shop_without_both_answers(moves: list[Move]) -> None:
    state, made = S.PROPOSED, []
    for move in moves:
        try:
            state = next_state(state, move)
        except MoveError:
            continue
        made.append(move)
    if state in (S.ACCEPTED, S.ACTIVE, S.PAUSED, S.COMPLETED, S.ENDED_EARLY):
        assert made.index(Move.PARTICIPANT_YES) < made.index(Move.EMPLOYER_YES)


@given(st.sampled_from(PlacementState), st.sampled_from(Move))
def test_every_other_move_is_refused_in_words(state: PlacementState, move: Move) -> None:
    if move in moves_from(state):
        assert next_state(state, move) is TRANSITIONS[state][move]
        return
    with pytest.raises(MoveError) as refused:
        next_state(state, move)
    assert refused.value.say.params == {"move": move_words(move), "state": state_words(state)}


def test_a_participant_may_still_say_no_after_their_yes() -> None:
    assert walk(Move.PARTICIPANT_YES, Move.PARTICIPANT_NO) is S.DECLINED


@pytest.mark.parametrize("state", [S.PROPOSED, S.OFFERED, S.ACCEPTED])
def test_it_can_be_withdrawn_until_it_starts(state: PlacementState) -> None:
    assert next_state(state, Move.WITHDRAW) is S.WITHDRAWN


def test_a_place_is_taken_from_proposed_to_paused_and_free_once_over() -> None:
    assert {state for state in S if occupies(state)} == {S.PROPOSED, S.OFFERED, S.ACCEPTED, S.ACTIVE, S.PAUSED}
    assert all(occupies(state) is not is_final(state) for state in S)


def test_a_place_once_free_is_never_taken_again() -> None:
    for state in S:
        for move in moves_from(state):
            assert occupies(state) or not occupies(next_state(state, move))


def test_a_return_to_the_own_workplace_is_never_matched() -> None:
    assert [kind for kind in PlacementKind if not can_be_matched(kind)] == [PlacementKind.OWN_WORKPLACE]


def test_everything_has_words_of_its_own() -> None:
    for said in (
        [state_words(state) for state in S],
        [kind_words(kind) for kind in PlacementKind],
        [step_words(step) for step in StepKind],
        [answer_words(answer) for answer in Answer],
        [move_words(move) for move in Move],
    ):
        assert len({words.msgid for words in said}) == len(said)


def test_the_participant_is_spoken_to() -> None:
    assert "your answer" in state_words(S.PROPOSED, own=True).msgid
    assert state_words(S.ACTIVE, own=True) == state_words(S.ACTIVE)
