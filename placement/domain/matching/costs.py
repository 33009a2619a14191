"""What giving somebody another opening costs the group, in words.

Fits are basis points; the words speak of points of 100.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from placement.domain.words import Say, say, say_n


@dataclass(frozen=True, slots=True)
class Cost:
    """Change against the arrangement as it stands: people placed, the sum of all fits, how many others move.

    ``lowest``: the lowest fit before and after, where the way of arranging looks at it; else None.
    ``losing``: how many of the others would have no place any more.
    """

    placed: int
    total: int
    others: int
    lowest: tuple[int, int] | None = None
    losing: int = 0


def cost_words(cost: Cost) -> tuple[Say, ...]:
    """One to four sentences, what weighs most first."""
    if cost.placed == 0 and cost.total == 0 and cost.others == 0:
        return (say("Costs nobody anything."),)
    found = [*_placed(cost.placed), *_losing(cost), *_total(cost), *_others(cost)]
    if cost.lowest is not None and cost.lowest[0] != cost.lowest[1]:
        found.append(_lowest(*cost.lowest))
    return tuple(found)


def points(total: int) -> Say:
    """Basis points as points of 100, upward: a cost never reads as less than it is."""
    tenths = math.ceil(abs(total) / 10)
    return say("one point") if tenths == 10 else say("%(points)s points", points=tenths / 10)


def _placed(change: int) -> list[Say]:
    if change < 0:
        return [
            say_n(
                "One person more would stay without a place.",
                "%(n)s people more would stay without a place.",
                -change,
            )
        ]
    if change > 0:
        return [say_n("One person more would get a place.", "%(n)s people more would get a place.", change)]
    return []


def _total(cost: Cost) -> list[Say]:
    if cost.placed:
        # The sum falls or grows mainly by the person without a place; the first sentence says so already.
        return []
    if cost.total < 0:
        return [say("The group would lose %(points)s.", points=points(cost.total))]
    if cost.total > 0:
        return [say("The group would gain %(points)s.", points=points(cost.total))]
    return [say("The group would lose nothing.")]


def _losing(cost: Cost) -> list[Say]:
    # Somebody else loses a place to the person, so that as many are placed as before.
    swapped = cost.losing + min(0, cost.placed)
    if swapped <= 0:
        return []
    return [say_n("One other person would lose their place.", "%(n)s other people would lose their place.", swapped)]


def _others(cost: Cost) -> list[Say]:
    moving = cost.others - cost.losing
    if moving:
        return [say_n("One other person would move.", "%(n)s other people would move.", moving)]
    return [] if cost.losing else [say("Nobody else would move.")]


def _lowest(before: int, after: int) -> Say:
    if after < before:
        return say("The lowest fit would fall by %(points)s.", points=points(after - before))
    return say("The lowest fit would rise by %(points)s.", points=points(after - before))
