"""Figures of two phases in words, and series put into their phases."""

from __future__ import annotations

from datetime import date

import pytest

from placement.domain.comparison import all_figures, caution, compare, figures
from placement.domain.series import SeriesPoint, stretches, twice
from placement.domain.words import Say

A = [20, 20, 26, 25, 22, 23]
B = [28, 25, 24, 27, 30, 30, 29]


def english(words: Say) -> str:
    return words.msgid % words.params


def test_the_published_series_in_words() -> None:
    found = compare(A, B)
    assert found is not None
    assert caution(found) is None
    assert (found.nap, found.tau_bc) == pytest.approx((11 / 12, 2 / 7), abs=1e-9)
    said = {english(figure.name): english(figure.value) for figure in all_figures(found)}
    assert said == {
        "NAP": "92 % (at least as uncertain as 60 to 99 %)",
        "Tau-BC": "0.29",
        "Dual criterion": "4 of 7, 7 needed",
        "Tau": "0.83",
        "Tau-U": "0.74",
        "PND": "71 %",
    }
    dual = figures(found)[-1]
    assert dual.meaning.msgid.startswith("Too few later points")


def test_too_little_is_said() -> None:
    assert caution(None) is not None
    few = compare([1, None, 2], [3, 4, 5, 6, 7])
    assert few is not None
    assert english(caution(few)).startswith("Too early to tell: 2 points before and 5 after")  # type: ignore[arg-type]
    assert compare([None], [1]) is None
    one = compare([1], [2, 3])
    assert one is not None
    assert one.dual is None
    assert "Dual criterion" not in [figure.name.msgid for figure in figures(one)]


def test_no_figure_claims_a_proof() -> None:
    found = compare(A, B)
    assert found is not None
    words = " ".join(english(figure.meaning) + english(figure.value) for figure in all_figures(found))
    assert "significan" not in words
    assert "p-value" not in words


def points(*rows: tuple[str, float | date, float | None]) -> list[SeriesPoint]:
    return [SeriesPoint(line, *row) for line, row in enumerate(rows, 2)]


def test_phases_in_order_of_time_with_their_gaps() -> None:
    found = stretches(points(("B", 5.0, 4), ("A", 1.0, 1), ("A", 3.0, None), ("B", 6.0, 5), ("A", 9.0, 2)))
    assert [(one.phase, one.values, one.empty, one.skipped, one.known) for one in found] == [
        ("A", (1, None, None, None), 1, 2, 1),
        ("B", (4, 5, None, None), 0, 2, 2),
        ("A", (2,), 0, 0, 1),
    ]


def test_days_left_out_and_broken_times_are_no_gaps() -> None:
    by_day = stretches(points(("", date(2026, 3, 2), 3), ("", date(2026, 3, 9), 4)))
    assert by_day[0].values == (3, 4)
    assert stretches(points(("", 1.0, 3), ("", 2.5, 4), ("", 7.0, 4)))[0].values == (3, 4, 4)


def test_the_same_time_twice_is_named() -> None:
    (found,) = twice(points(("A", 1.0, 3), ("A", 2.0, 3), ("B", 1.0, 3)))
    assert (found.line, found.before) == (4, 2)
