"""Scoring of questionnaires, days, states, and the strict check of what somebody brings."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.catalog import read
from placement.domain.errors import Refused
from placement.domain.questionnaire_draft import MOST_FAULTS, Draft, Fault, Faults, checked
from placement.domain.questionnaires import (
    HandoutState,
    Item,
    Scale,
    Scoring,
    change_words,
    ensure_answers,
    ensure_days,
    for_staff,
    languages,
    pack_answers,
    score,
    state_of,
    unpack_answers,
)

TODAY = date(2026, 9, 1)
#: Rosenberg's published key: strongly agree is 3 here …
POSITIVE = {"satisfied", "good_qualities", "as_well_as_others", "worth", "positive"}
#: … and 0 here.
NEGATIVE = {"no_good", "not_proud", "useless", "more_respect", "failure"}


def draft(key: str) -> Draft:
    return checked(next(tree for tree in read.questionnaires() if tree["key"] == key), "en")


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    low = draw(st.integers(-5, 5))
    count = draw(st.integers(1, 12))
    turned = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    items = tuple(Item(f"i{nth}", {"en": "x"}, one) for nth, one in enumerate(turned))
    return Scale(items, low, low + draw(st.integers(1, 10)), draw(st.sampled_from(Scoring)))


@st.composite
def answered(draw: st.DrawFn) -> tuple[Scale, dict[str, int]]:
    scale = draw(scales())
    values = {item.key: draw(st.none() | st.integers(scale.low, scale.high)) for item in scale.items}
    return scale, {key: value for key, value in values.items() if value is not None}


def test_rosenberg_is_scored_by_its_published_key() -> None:
    scale = draft("rosenberg").scale
    assert {item.key for item in scale.items if item.reversed} == NEGATIVE
    assert {item.key for item in scale.items} == POSITIVE | NEGATIVE
    assert scale.range == (0, 30)
    best = dict.fromkeys(POSITIVE, 3) | dict.fromkeys(NEGATIVE, 0)
    worst = dict.fromkeys(POSITIVE, 0) | dict.fromkeys(NEGATIVE, 3)
    assert [score(scale, answers).value for answers in (best, worst)] == [30, 0]
    # Who agrees with everything, or with nothing, stands in the middle.
    assert [score(scale, dict.fromkeys(best, value)).value for value in range(4)] == [15] * 4
    # 3+2+2+2+1 of what speaks for, 3+2+1+2+3 of what speaks against (agreeing 0, 1, 2, 1, 0).
    mixed = {"satisfied": 3, "good_qualities": 2, "as_well_as_others": 2, "worth": 2, "positive": 1}
    mixed |= {"no_good": 0, "not_proud": 1, "useless": 2, "more_respect": 1, "failure": 0}
    assert score(scale, mixed).value == 21


def test_rosenberg_is_there_in_english_alone_and_our_own_in_both_languages() -> None:
    known = {key: languages(draft(key).scale.items, draft(key).answers) for key in ("rosenberg", "self_confidence")}
    assert known == {"rosenberg": {"en"}, "self_confidence": {"en", "de"}}
    assert languages(draft("being_useful").scale.items, draft("being_useful").answers) == {"en", "de"}
    assert "1965" in draft("rosenberg").source


def test_skipped_items_are_stood_in_for_up_to_one_in_five() -> None:
    scale = draft("rosenberg").scale
    keys = [item.key for item in scale.items if not item.reversed] + [item.key for item in scale.items if item.reversed]
    full = dict.fromkeys(keys[:5], 2) | dict.fromkeys(keys[5:], 1)
    assert score(scale, full).value == 20
    assert score(scale, {key: full[key] for key in keys[2:]}).value == 20
    gone = score(scale, {key: full[key] for key in keys[3:]})
    assert (gone.value, gone.answered, gone.skipped) == (None, 7, 3)
    assert score(scale, {}).value is None


@given(answered())
def test_scores_stay_on_their_scale(given_: tuple[Scale, dict[str, int]]) -> None:
    scale, answers = given_
    found = score(scale, answers)
    low, high = scale.range
    assert found.value is None or low - 1e-9 <= found.value <= high + 1e-9
    assert (found.value is None) == (not answers or len(scale.items) - len(answers) > len(scale.items) // 5)


@given(answered(), st.randoms())
def test_the_order_of_items_does_not_matter(given_: tuple[Scale, dict[str, int]], random: Any) -> None:
    scale, answers = given_
    items = list(scale.items)
    random.shuffle(items)
    other = Scale(tuple(items), scale.low, scale.high, scale.scoring)
    shuffled = dict(random.sample(sorted(answers.items()), len(answers)))
    one, two = score(scale, answers).value, score(other, shuffled).value
    assert (one is None and two is None) or one == pytest.approx(two)


@given(answered())
def test_turning_every_item_and_every_answer_round_changes_nothing(given_: tuple[Scale, dict[str, int]]) -> None:
    scale, answers = given_
    turned = Scale(
        tuple(Item(one.key, one.text, not one.reversed) for one in scale.items), scale.low, scale.high, scale.scoring
    )
    mirrored = {key: scale.low + scale.high - value for key, value in answers.items()}
    assert score(scale, answers) == score(turned, mirrored)


@given(answered())
def test_answers_come_back_from_their_text(given_: tuple[Scale, dict[str, int]]) -> None:
    assert unpack_answers(pack_answers(given_[1])) == given_[1]


@pytest.mark.parametrize("text", ["[]", '{"a": 1.5}', '{"a": true}', '{"a": "1"}', "x"])
def test_a_foreign_shape_is_no_answers(text: str) -> None:
    with pytest.raises(ValueError):
        unpack_answers(text)


def test_only_answers_that_were_offered_are_taken() -> None:
    scale = draft("rosenberg").scale
    ensure_answers(scale, {"satisfied": 0, "failure": 3})
    for answers in ({"satisfied": 4}, {"satisfied": -1}, {"shoe_size": 1}):
        with pytest.raises(Refused) as refused:
            ensure_answers(scale, answers)
        assert refused.value.field == next(iter(answers))


def test_the_state_follows_from_what_happened() -> None:
    then = datetime(2026, 9, 1, tzinfo=UTC)
    found = {flags: state_of(*(then if flag else None for flag in flags)) for flags in product((0, 1), repeat=4)}
    assert found[(0, 0, 0, 0)] is HandoutState.OPEN
    assert found[(0, 1, 0, 0)] is HandoutState.DECLINED
    assert found[(1, 0, 0, 0)] is HandoutState.HANDED_IN
    assert found[(1, 0, 1, 0)] is HandoutState.READ
    assert {state for flags, state in found.items() if flags[3]} == {HandoutState.TAKEN_BACK}
    # Staff can't tell not wanted from not done.
    assert for_staff(HandoutState.DECLINED) is for_staff(HandoutState.OPEN) is HandoutState.OPEN


@pytest.mark.parametrize(
    ("due", "read", "field"),
    [(-1, 3, "due_on"), (5, 4, "read_by"), (None, -1, "read_by"), (None, 367, "read_by"), (400, 401, "due_on")],
)
def test_days_that_can_not_be_are_refused(due: int | None, read: int, field: str) -> None:
    with pytest.raises(Refused) as refused:
        ensure_days(None if due is None else TODAY + timedelta(days=due), TODAY + timedelta(days=read), TODAY)
    assert refused.value.field == field


def test_days_from_today_on_are_taken() -> None:
    ensure_days(None, TODAY, TODAY)
    ensure_days(TODAY, TODAY + timedelta(days=366), TODAY)


def test_what_a_scale_can_show_is_said_with_its_number_or_as_not_known() -> None:
    assert change_words(2.5).params == {"number": 2.5}
    assert "not known" in change_words(None).msgid


def tree() -> dict[str, Any]:
    """What a file may hold."""
    return {
        "name": {"en": "My day", "de": "Mein Tag"},
        "low": 0,
        "high": 2,
        "scoring": "sum",
        "smallest_change": 2,
        "source": "Own wording",
        "answers": {"en": ["no", "partly", "yes"], "de": ["nein", "teils", "ja"]},
        "item": [
            {"key": "rested", "text": {"en": "I was rested.", "de": "Ich war ausgeruht."}},
            {"key": "rushed", "text": {"en": "I was rushed.", "de": "Ich war gehetzt."}, "reversed": True},
        ],
    }


def test_a_good_tree_is_taken_as_it_is() -> None:
    found = checked(tree(), "de")
    assert [(item.key, item.reversed) for item in found.scale.items] == [("rested", False), ("rushed", True)]
    assert (found.key, found.smallest_change, found.answers["de"]) == ("", 2.0, ("nein", "teils", "ja"))


BAD: list[tuple[str, Any]] = [
    ("name", None), ("name.de", "drop"), ("name.en", 5), ("name.fr", "x"), ("low", "0"), ("low", True), ("low", 1e3),
    ("high", 0), ("high", 40), ("scoring", "median"), ("smallest_change", 0), ("smallest_change", float("nan")),
    ("smallest_change", float("inf")), ("smallest_change", "2"), ("answers", []), ("answers.en", ["a"]),
    ("answers.de", "drop"), ("item", []), ("item", {}), ("item", [3]), ("item[1].key", "Rested!"),
    ("item[2].key", "rested"),
    ("item[1].key", 1), ("item[2].text.de", "drop"), ("item[2].text.en", ""), ("item[1].text.en", "x" * 301),
    ("item[1].reversed", "yes"), ("item[1].cutoff", 3), ("bands", {}), ("cutoff", 15), ("source", 3), ("about", {}),
    ("source", ""), ("answers.en[2]", ""), ("item[1].text.en", "a\u202eb"), ("key", "1"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value"), BAD)
def test_every_fault_is_told_with_its_place(path: str, value: Any) -> None:
    bad = tree()
    place: Any = bad
    steps = path.replace("[", ".[").split(".")
    keys = [int(step[1:-1]) - 1 if step.startswith("[") else step for step in steps]
    for step in keys[:-1]:
        place = place[step]
    if value == "drop":
        del place[keys[-1]]
    else:
        place[keys[-1]] = value
    with pytest.raises(Faults) as faults:
        checked(bad, "de")
    known = {fault.path for fault in faults.value.found}
    # A language that is missing is told where it was expected.
    assert path in known or {"answers", "item[2].text", "item[1]"} & known, known


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_nothing_makes_the_check_fall_over(value: Any) -> None:
    for bad in (value, {**tree(), "item": value}, {**tree(), "name": value, "answers": value, "low": value}):
        assert 1 <= len(_faults(copy.deepcopy(bad))) <= MOST_FAULTS


def _faults(bad: Any) -> tuple[Fault, ...]:
    with pytest.raises(Faults) as faults:
        checked(bad, "en")
    return faults.value.found
