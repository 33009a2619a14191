"""A questionnaire somebody brings: a tree of keys and values, checked strictly, every fault with its place.

The same check takes our own catalog, files (TOML, JSON) and the form.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from placement.domain.questionnaires import Item, Scale, Scoring
from placement.domain.words import Say, say

LANGUAGES = ("en", "de")
#: Longest texts, in characters.
LONGEST_NAME = 120
LONGEST_ABOUT = 600
LONGEST_ITEM = 300
LONGEST_ANSWER = 80
LONGEST_SOURCE = 600
MOST_ITEMS = 60
#: Answers one can choose from.
MOST_ANSWERS = 11
FURTHEST = 100
MOST_FAULTS = 20

_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_KNOWN = frozenset(
    ("key", "name", "about", "low", "high", "scoring", "smallest_change", "source", "answers", "item")
)  # fmt: skip
_ITEM = frozenset(("key", "text", "reversed"))


@dataclass(frozen=True, slots=True)
class Fault:
    """``path``: where, as in the file: ``item[2].text.en``; "" for the whole."""

    path: str
    words: Say


class Faults(ValueError):
    """What is wrong, in the order of the file; at most :data:`MOST_FAULTS`."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.words.msgid}" for fault in found))
        self.found = found


@dataclass(frozen=True, slots=True)
class Draft:
    """A questionnaire as it is stored. ``key`` "": to be made from its name."""

    key: str
    name: dict[str, str]
    about: dict[str, str]
    scale: Scale
    answers: dict[str, tuple[str, ...]]
    smallest_change: float | None
    source: str


def checked(tree: Any, locale: str) -> Draft:
    """The draft in ``tree``. ``locale``: the program's, in which at least the name is written. Raises Faults."""
    return _Check(locale).draft(tree)


class _Check:
    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.found: list[Fault] = []

    def fault(self, path: str, words: Say) -> None:
        self.found.append(Fault(path, words))

    def draft(self, tree: Any) -> Draft:
        if not isinstance(tree, Mapping):
            raise Faults((Fault("", say("A questionnaire is a list of keys with values.")),))
        self.only(tree, _KNOWN, "")
        key = self.key(tree["key"], "key") if "key" in tree else ""
        name = self.words(tree.get("name"), "name", LONGEST_NAME, own=True)
        about = self.words(tree["about"], "about", LONGEST_ABOUT) if "about" in tree else {}
        low, high = self.ends(tree)
        scoring = self.scoring(tree.get("scoring"))
        smallest = self.smallest(tree.get("smallest_change"))
        source = self.text(tree.get("source", ""), "source", LONGEST_SOURCE)
        items = self.items(tree.get("item"))
        answers = self.answers(tree.get("answers"), high - low + 1, items)
        if self.found:
            raise Faults(tuple(self.found[:MOST_FAULTS]))
        return Draft(key, name, about, Scale(items, low, high, scoring), answers, smallest, source)

    def only(self, tree: Mapping[Any, Any], known: frozenset[str], path: str) -> None:
        for name in tree:
            if name not in known:
                self.fault(f"{path}{name}", say("This key is not known here."))

    def key(self, value: Any, path: str) -> str:
        if isinstance(value, str) and _KEY.fullmatch(value):
            return value
        self.fault(path, say("A key is made of small letters a to z, digits and _, and begins with a letter."))
        return ""

    def text(self, value: Any, path: str, longest: int) -> str:
        if not isinstance(value, str):
            self.fault(path, say("Here must be a text."))
            return ""
        found = " ".join(value.split())
        if any(not letter.isprintable() for letter in found):
            self.fault(path, say("There is a letter in it that can't be shown."))
        if not found:
            self.fault(path, say("Please write a few words."))
        elif len(found) > longest:
            self.fault(path, say("Please write at most %(count)s characters.", count=longest))
        return found

    def words(self, value: Any, path: str, longest: int, *, own: bool = False) -> dict[str, str]:
        """Language → text. ``own``: the program's own language is needed."""
        if not isinstance(value, Mapping):
            self.fault(path, say("Here must be texts by language: en, de."))
            return {}
        self.only(value, frozenset(LANGUAGES), f"{path}.")
        found = {
            code: self.text(value[code], f"{path}.{code}", longest) for code in LANGUAGES if code in value
        }  # fmt: skip
        if own and self.locale not in found:
            self.fault(f"{path}.{self.locale}", say("Please write this in the program's own language, too."))
        elif not found:
            self.fault(path, say("Here must be texts by language: en, de."))
        return found

    def ends(self, tree: Mapping[str, Any]) -> tuple[int, int]:
        low, high = (self.whole(tree.get(name), name) for name in ("low", "high"))
        if low is None or high is None:
            return 0, 1
        if not 1 <= high - low < MOST_ANSWERS:
            self.fault("high", say("The highest answer is 1 to %(most)s above the lowest.", most=MOST_ANSWERS - 1))
            return 0, 1
        return low, high

    def whole(self, value: Any, path: str) -> int | None:
        if type(value) is int and -FURTHEST <= value <= FURTHEST:
            return value
        words = say("Here must be a whole number from %(low)s to %(high)s.", low=-FURTHEST, high=FURTHEST)
        self.fault(path, words)
        return None

    def scoring(self, value: Any) -> Scoring:
        if isinstance(value, str) and value in tuple(Scoring):
            return Scoring(value)
        self.fault("scoring", say("Here must be sum or mean."))
        return Scoring.SUM

    def smallest(self, value: Any) -> float | None:
        if value is None:
            return None
        if type(value) in (int, float) and math.isfinite(value) and 0 < value <= FURTHEST * MOST_ITEMS:
            return float(value)
        self.fault("smallest_change", say("Here must be a number above 0."))
        return None

    def items(self, value: Any) -> tuple[Item, ...]:
        if not isinstance(value, list) or not 1 <= len(value) <= MOST_ITEMS:
            self.fault("item", say("There must be 1 to %(most)s items.", most=MOST_ITEMS))
            return ()
        found = [self.item(one, f"item[{nth}]") for nth, one in enumerate(value, 1)]
        seen: set[str] = set()
        for nth, item in enumerate(found, 1):
            if item.key and item.key in seen:
                self.fault(f"item[{nth}].key", say("Another item has this key."))
            seen.add(item.key)
        for nth, item in enumerate(found[1:], 2):
            if item.text and found[0].text and item.text.keys() != found[0].text.keys():
                self.fault(f"item[{nth}].text", say("Every item must be written in the same languages."))
        return tuple(found)

    def item(self, value: Any, path: str) -> Item:
        if not isinstance(value, Mapping):
            self.fault(path, say("An item has a key and a text."))
            return Item("", {})
        self.only(value, _ITEM, f"{path}.")
        turned = value.get("reversed", False)
        if not isinstance(turned, bool):
            self.fault(f"{path}.reversed", say("Here must be true or false."))
        key = self.key(value.get("key"), f"{path}.key")
        return Item(key, self.words(value.get("text"), f"{path}.text", LONGEST_ITEM), turned is True)

    def answers(self, value: Any, count: int, items: tuple[Item, ...]) -> dict[str, tuple[str, ...]]:
        if not isinstance(value, Mapping):
            self.fault("answers", say("Here must be lists of answers by language: en, de."))
            return {}
        self.only(value, frozenset(LANGUAGES), "answers.")
        wanted = set(items[0].text) if items else set()
        if items and wanted != {code for code in LANGUAGES if code in value}:
            self.fault("answers", say("The answers must be written in the same languages as the items."))
        return {code: self.listed(value[code], f"answers.{code}", count) for code in LANGUAGES if code in value}

    def listed(self, value: Any, path: str, count: int) -> tuple[str, ...]:
        if not isinstance(value, list) or len(value) != count:
            words = say("There must be %(count)s answers, one for each number from the lowest up.", count=count)
            self.fault(path, words)
            return ()
        return tuple(self.text(one, f"{path}[{nth}]", LONGEST_ANSWER) for nth, one in enumerate(value, 1))
