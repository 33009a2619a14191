from __future__ import annotations

from placement.domain.participants import TravelMode, Wish
from placement.domain.sharing import Share, Told, Trait, agreed, items, share_words, shop_words, ticked, ticks

TOLD = Told(
    first_name="Noa",
    tasks=(
        ("t1", {"en": "Stocking"}, Wish.LIKE),
        ("t2", {"en": "Bakery"}, Wish.RATHER_NOT),
        ("t3", {"en": "Till"}, None),
        ("t4", {"en": "Boxes"}, Wish.LOVE),
    ),
    traits=(
        Trait("a", {"en": "Patience"}, 3, 3),
        Trait("b", {"en": "Speed"}, 3, 2),
        Trait("c", {"en": "Reading"}, 2, None),
        Trait("d", {"en": "Anything"}, 0, 0),
    ),
    needs=(("n1", {"en": "A quiet place"}), ("n2", {"en": "More breaks"})),
    weekly_hours=20.0,
    travel=TravelMode.BIKE,
)


def test_what_could_be_told_and_nothing_that_speaks_against_anybody() -> None:
    assert [item.key for item in items(TOLD)] == [
        "first_name", "liked_tasks:t1", "liked_tasks:t4", "strengths:a", "needs:n1", "needs:n2", "hours:20",
        "travel:bike",
    ]  # fmt: skip


def test_an_empty_profile_tells_nothing() -> None:
    assert items(Told("")) == ()
    assert ticks(()) == ()


def test_every_need_is_ticked_by_itself() -> None:
    boxes = ticks(items(TOLD))
    assert [box.value for box in boxes if box.share is Share.NEEDS] == ["needs:n1", "needs:n2"]
    assert [box.value for box in boxes if box.share is Share.LIKED_TASKS] == ["liked_tasks:t1,liked_tasks:t4"]
    assert [box.share for box in boxes if box.share is not Share.NEEDS] == [s for s in Share if s is not Share.NEEDS]


def test_only_what_was_shown_and_is_still_true_is_agreed() -> None:
    now = items(TOLD)
    kept = ticked(["needs:n2", "liked_tasks:t1,liked_tasks:t4", "strengths:b", "needs:other", "", "fit"], now)
    assert kept == ("liked_tasks:t1", "liked_tasks:t4", "needs:n2")
    later = items(
        Told(
            "Noa", tasks=(("t5", {"en": "Cleaning"}, Wish.LOVE), *TOLD.tasks[1:]), needs=(("n3", {"en": "New"}),),
            weekly_hours=10,
        )
    )  # fmt: skip
    assert [item.key for item in agreed(kept, later)] == ["liked_tasks:t4"]
    assert agreed((), now) == ()


def test_everything_has_words_of_its_own_for_both_readers() -> None:
    for words in (share_words, shop_words):
        assert len({words(share).msgid for share in Share}) == len(Share)
