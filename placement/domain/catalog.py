"""The program's own words: what they are about, and when they will do."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from enum import StrEnum

from placement.domain.errors import Refused
from placement.domain.text import fold
from placement.domain.words import say

#: Longest wording of a name, and of a sentence.
NAME = 120
SENTENCE = 300


class EntryKind(StrEnum):
    TASK = "task"
    TRAIT = "trait"
    ACCOMMODATION = "accommodation"


#: Kind → its wordings.
FIELDS: Mapping[EntryKind, tuple[str, ...]] = {
    EntryKind.TASK: ("name", "sentence"),
    EntryKind.TRAIT: ("name", "sentence", "low", "high"),
    EntryKind.ACCOMMODATION: ("name",),
}


def checked_words(words: Mapping[str, str], locale: str, field: str) -> dict[str, str]:
    """Locale → text without empty ones. Raises Refused at ``<field>_<locale>`` if the program's own is missing."""
    kept = {code: " ".join(text.split()) for code, text in words.items() if text.strip()}
    if locale not in kept:
        raise Refused(say("Please write this in the program's own language, too."), f"{field}_{locale}")
    for code, text in kept.items():
        longest = NAME if field == "name" else SENTENCE
        if len(text) > longest:
            raise Refused(say("Please use at most %(length)s characters.", length=longest), f"{field}_{code}")
    return kept


def free_key(name: str, taken: Container[str]) -> str:
    """A key made of a name that no live entry has: "Tidy up!" → "tidy_up", "tidy_up_2"."""
    stem = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")[:50] or "entry"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key
