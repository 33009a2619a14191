"""Names of drafts that follow one another."""

from __future__ import annotations

import re
from collections.abc import Collection

#: A number given here to a later draft; a year at the end of a name is none.
_COUNTED = re.compile(r"(?P<name>.+) (?P<number>[1-9]\d?)")


def stem(name: str) -> str:
    """The name without a number at its end."""
    found = _COUNTED.fullmatch(name)
    return found["name"] if found else name


def next_name(name: str, taken: Collection[str], longest: int) -> str:
    """For a draft made from the one called ``name``: the first number that none of ``taken`` has.

    "Winter cohort", then "Winter cohort 2", "Winter cohort 3"; "Room 7" keeps its 7 unless there is a "Room". At most
    ``longest`` characters.
    """
    first = stem(name) if stem(name) in taken else name
    for number in range(2, len(taken) + 3):
        ending = f" {number}"
        tried = first[: longest - len(ending)].rstrip() + ending
        if tried not in taken:
            return tried
    raise AssertionError("there are more numbers than names")
