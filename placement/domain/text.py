"""Text as it is compared and sorted."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})


def fold(text: str) -> str:
    """Case- and accent-folded, blanks single: "Müller  Jürgen" → "muller jurgen". For sort keys and prefix search."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).split())
