"""What a shop may know of somebody who would like to start there: only what they tick themselves, item by item.

An item is kept by a key that holds its value (``needs:<id>``, ``hours:20``). What the shop reads are the agreed items
that are still true: whatever enters the profile later stays unknown to it until the participant ticks it, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from placement.domain.participants import TravelMode, Wish, travel_words
from placement.domain.words import Say, say

#: One tick may stand for several items.
SEPARATOR = ","

Wording = Mapping[str, str]


class Share(StrEnum):
    """What a participant can tell the shop, in the order in which it is asked."""

    FIRST_NAME = "first_name"
    LIKED_TASKS = "liked_tasks"
    STRENGTHS = "strengths"
    NEEDS = "needs"
    HOURS = "hours"
    TRAVEL = "travel"


@dataclass(frozen=True, slots=True)
class Trait:
    """An ability the opening asks for; ``has`` None where it is not known. Levels never leave this room."""

    key: str
    name: Wording
    need: int
    has: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """What of a profile could be told about one opening; catalog names by key, the opening's own tasks only."""

    first_name: str
    tasks: Sequence[tuple[str, Wording, Wish | None]] = ()
    traits: Sequence[Trait] = ()
    needs: Sequence[tuple[str, Wording]] = ()
    weekly_hours: float | None = None
    travel: TravelMode | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be told: ``key`` is what is kept when it is agreed."""

    share: Share
    key: str
    words: Wording | Say | str


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick: its value names all its items, so that nothing can be agreed that was not shown."""

    share: Share
    value: str
    items: tuple[Item, ...]


def items(told: Told) -> tuple[Item, ...]:
    """Everything that could be told, in the order of :class:`Share`."""
    found: list[Item] = []
    if told.first_name:
        found.append(Item(Share.FIRST_NAME, Share.FIRST_NAME.value, told.first_name))
    liked = [(key, name) for key, name, wish in told.tasks if wish in (Wish.LIKE, Wish.LOVE)]
    found += [_item(Share.LIKED_TASKS, key, name) for key, name in liked]
    able = [trait for trait in told.traits if trait.has is not None and trait.has >= max(trait.need, 1)]
    found += [_item(Share.STRENGTHS, trait.key, trait.name) for trait in able]
    found += [_item(Share.NEEDS, key, name) for key, name in told.needs]
    if told.weekly_hours is not None:
        hours = f"{told.weekly_hours:g}"
        found.append(_item(Share.HOURS, hours, say("at most %(hours)s hours a week", hours=float(told.weekly_hours))))
    if told.travel is not None:
        found.append(_item(Share.TRAVEL, told.travel.value, travel_words(told.travel)))
    return tuple(found)


def agreed(shared: Iterable[str], now: Iterable[Item]) -> tuple[Item, ...]:
    """Of what is true now, the items that were agreed to."""
    keys = set(shared)
    return tuple(item for item in now if item.key in keys)


def ticks(now: Sequence[Item]) -> tuple[Tick, ...]:
    """The boxes to tick: each need by itself, everything else by its kind."""
    found: list[Tick] = []
    for share in Share:
        mine = tuple(item for item in now if item.share is share)
        if share is Share.NEEDS:
            found += [Tick(share, item.key, (item,)) for item in mine]
        elif mine:
            found.append(Tick(share, SEPARATOR.join(item.key for item in mine), mine))
    return tuple(found)


def ticked(values: Iterable[str], now: Iterable[Item]) -> tuple[str, ...]:
    """The keys behind ticked boxes; whatever is not true (any more) is left out."""
    keys = {key for value in values for key in value.split(SEPARATOR)}
    return tuple(item.key for item in agreed(keys, now))


def by_kind(found: Sequence[Item]) -> tuple[tuple[Share, tuple[Item, ...]], ...]:
    """Items of one kind together, in the order of :class:`Share`."""
    kinds = [(share, tuple(item for item in found if item.share is share)) for share in Share]
    return tuple((share, mine) for share, mine in kinds if mine)


def share_words(share: Share) -> Say:
    """A kind of thing as the participant reads it."""
    return _WORDS[share]


def shop_words(share: Share) -> Say:
    """A kind of thing as the shop reads it."""
    return _SHOP_WORDS[share]


def _item(share: Share, key: str, words: Wording | Say) -> Item:
    return Item(share, f"{share.value}:{key}", words)


_WORDS = {
    Share.FIRST_NAME: say("My first name"),
    Share.LIKED_TASKS: say("Which of its tasks I like"),
    Share.STRENGTHS: say("What I am good at"),
    Share.NEEDS: say("What I need at work"),
    Share.HOURS: say("How many hours I can work"),
    Share.TRAVEL: say("How I get there"),
}
_SHOP_WORDS = {
    Share.FIRST_NAME: say("First name"),
    Share.LIKED_TASKS: say("Likes these tasks"),
    Share.STRENGTHS: say("Is good at"),
    Share.NEEDS: say("Needs at work"),
    Share.HOURS: say("Hours"),
    Share.TRAVEL: say("Gets there"),
}
