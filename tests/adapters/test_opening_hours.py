"""Opening hours: a week of quarter-hours, or an honest None."""

from __future__ import annotations

import pytest

from placement.adapters.opening_hours import QUARTERS_A_DAY, weekly_mask
from placement.adapters.stores import StoreRow, read_stores
from tests.trial import trial_file

WEEK = (1 << 7 * QUARTERS_A_DAY) - 1


def spans(days: range, *times: tuple[float, float]) -> int:
    """The mask by counting: hours may be quarters, 7.25 is 07:15."""
    mask = 0
    for day in days:
        for start, end in times:
            for quarter in range(round(start * 4), round(end * 4)):
                mask |= 1 << (day * 96 + quarter)
    return mask


MO_FR, MO_SA, SU = range(5), range(6), range(6, 7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mo-Sa 07:00-21:00", spans(MO_SA, (7, 21))),
        ("Mo-Sa 07:00-21:00; Su,PH off", spans(MO_SA, (7, 21))),
        (
            "Mo-Fr 08:00-12:00,13:15-18:30; Sa 09:00-13:00",
            spans(MO_FR, (8, 12), (13.25, 18.5)) | spans(range(5, 6), (9, 13)),
        ),
        ("24/7", WEEK),
        ("Mo-Su off", 0),
        ("PH 10:00-12:00", 0),
        ("Mo-Sa 08:00-20:00; PH closed; Mar 15-Oct 31: Su,PH 11:00-17:00", spans(MO_SA, (8, 20))),
        ("Mo-Sa 07:00-20:00; Dec 24 07:00-14:00; Dec 31 07:00-16:00; PH off", spans(MO_SA, (7, 20))),
        ("Mo 08:00-12:00 unknown", 0),
        ('"by appointment"', 0),
    ],
)
def test_a_week_is_read(text: str, expected: int) -> None:
    assert weekly_mask(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mo 08:05-12:10", spans(range(1), (8.25, 12))),
        ("Mo 08:01-08:14", 0),
        ("Mo 08:01-08:29", 0),
        ("Mo 08:14-08:31", spans(range(1), (8.25, 8.5))),
    ],
)
def test_a_set_quarter_is_open_from_its_first_to_its_last_minute(text: str, expected: int) -> None:
    assert weekly_mask(text) == expected


def test_a_night_runs_into_the_next_day_and_round_the_week() -> None:
    assert weekly_mask("Mo 22:00-02:00") == spans(range(1), (22, 24)) | spans(range(1, 2), (0, 2))
    assert weekly_mask("Su 22:00-06:00") == spans(SU, (22, 24)) | spans(range(1), (0, 6))


@pytest.mark.parametrize(
    "text", ["", "   ", ";", "dauerhaft geschlossen", "Mo-Sa 21:00", "\0", "Mo-Sa 07:00-21:00;" * 20]
)
def test_what_cannot_be_read_is_none(text: str) -> None:
    assert weekly_mask(text) is None


@pytest.mark.parametrize(
    "text", ["Mo-Sa 07:00-21:00; ", "Mo-Sa 07:00-21:00, Su, PH off", "Mo-Sa 07:00-21:00; Su, PH, SH closed"]
)
def test_habits_of_real_data_do_not_open_the_shop_on_sunday(text: str) -> None:
    assert weekly_mask(text) == spans(MO_SA, (7, 21))


def test_a_comma_between_two_rules_with_times_still_adds() -> None:
    assert weekly_mask("Mo-Sa 07:00-21:00, Su 11:00-17:00") == spans(MO_SA, (7, 21)) | spans(SU, (11, 17))


def test_nearly_all_real_opening_hours_are_read() -> None:
    weekly_mask.cache_clear()
    rows = list(read_stores(trial_file("stores_lidl_de_osm.csv").read_bytes()))
    texts = [one.opening_hours for one in rows if isinstance(one, StoreRow) and one.opening_hours]
    masks = [weekly_mask(text) for text in texts]
    assert len(texts) == 2653
    assert sum(mask is not None for mask in masks) == 2649
    whole_sunday = spans(SU, (0, 24))
    assert not any(mask is not None and mask & whole_sunday == whole_sunday for mask in masks)
