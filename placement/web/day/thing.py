"""One line of what needs a coordinator; of each kind the first are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from placement.domain.words import Say, say, say_n

Row = TypeVar("Row")

#: Shown of each kind; the others are one more line.
OF_EACH = 5


@dataclass(frozen=True, slots=True)
class Thing:
    """One line: a tag, what it is about, one sentence, and a button. ``kind`` as in the tag component."""

    tag: Say
    kind: str | None
    title: str | Say
    text: Say
    action: Say
    href: str | None


def some(rows: Sequence[Row], put: Callable[[Row], Thing]) -> list[Thing]:
    """The first of a kind, and one line for the others; only what is shown is put into words."""
    if len(rows) <= OF_EACH + 1:
        return [put(row) for row in rows]
    rest = len(rows) - OF_EACH
    like = put(rows[OF_EACH])
    more = say_n("and %(n)s more", "and %(n)s more", rest)
    return [
        *(put(row) for row in rows[:OF_EACH]),
        Thing(like.tag, like.kind, more, say("Further down the list."), like.action, None),
    ]
