from __future__ import annotations

import pytest

from placement.domain.matching.names import next_name


@pytest.mark.parametrize(
    ("name", "taken", "following"),
    [
        ("Winter", {"Winter"}, "Winter 2"),
        ("Winter 2", {"Winter", "Winter 2"}, "Winter 3"),
        ("Winter", {"Winter", "Winter 2", "Winter 3"}, "Winter 4"),
        ("Winter 3", {"Winter", "Winter 3"}, "Winter 2"),
        # A number that was part of the name from the start stays.
        ("Room 7", {"Room 7"}, "Room 7 2"),
        ("Winter 2026", {"Winter", "Winter 2026"}, "Winter 2026 2"),
        ("2", {"2"}, "2 2"),
        ("A" * 10, {"A" * 10}, "A" * 8 + " 2"),
    ],
)
def test_a_later_draft_gets_the_next_free_number(name: str, taken: set[str], following: str) -> None:
    assert next_name(name, taken, 10 if name == "A" * 10 else 120) == following
