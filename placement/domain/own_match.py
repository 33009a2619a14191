"""A proposal told to the person it is for: what speaks for it, what could be hard.

No number grades anybody, and nothing here knows of other people: what an alternative costs them is not the
participant's concern.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from placement.domain.participants import TravelMode, Wish, travel_words
from placement.domain.week import hours
from placement.domain.words import Say, say

Wording = Mapping[str, str]

#: Without a limit of their own: up to here nobody calls a way long, from here on everybody does. Minutes.
SHORT_WAY, LONG_WAY = 30, 60
#: Levels left unused from which work may feel too easy.
EASY = 2


@dataclass(frozen=True, slots=True)
class OwnMatch:
    """What of one's own profile meets a proposal; None where it is not known.

    ``minutes`` and ``km`` one way; ``pattern`` and ``availability`` masks of a week; ``traits`` (name, asked level,
    own level); ``needs`` (name, whether the shop offers it).
    """

    employer: str
    pattern: int
    travel_mode: TravelMode
    employer_wish: Wish | None = None
    tasks: Sequence[tuple[Wording, Wish | None]] = ()
    traits: Sequence[tuple[Wording, int, int | None]] = ()
    needs: Sequence[tuple[Wording, bool]] = ()
    km: float | None = None
    minutes: int | None = None
    limit_km: float | None = None
    limit_minutes: float | None = None
    availability: int | None = None
    limit_hours: float | None = None


def speaks_for(match: OwnMatch) -> tuple[Say, ...]:
    """What speaks for it, in the second person, the strongest first."""
    parts = (_liked, _shop, _able, _offered, _near, _in_week, _few_hours)
    return tuple(line for line in (part(match) for part in parts) if line is not None)


def could_be_hard(match: OwnMatch) -> tuple[Say, ...]:
    """What could be hard, said as plainly: nothing here is a fault of anybody."""
    parts = (_unwanted, _not_this_shop, _stretch, _easy, _missing, _far, _outside, _many_hours)
    return tuple(line for line in (part(match) for part in parts) if line is not None)


def _liked(match: OwnMatch) -> Say | None:
    return _named(
        [name for name, wish in match.tasks if wish in (Wish.LIKE, Wish.LOVE)],
        lambda names: say("There is work you like: %(names)s.", names=names),
    )


def _unwanted(match: OwnMatch) -> Say | None:
    return _named(
        [name for name, wish in match.tasks if wish is Wish.RATHER_NOT],
        lambda names: say("There is work you would rather not do: %(names)s.", names=names),
    )


def _shop(match: OwnMatch) -> Say | None:
    wished = match.employer_wish in (Wish.LIKE, Wish.LOVE)
    return say("You said that you would like to work at %(shop)s.", shop=match.employer) if wished else None


def _not_this_shop(match: OwnMatch) -> Say | None:
    unwanted = match.employer_wish is Wish.RATHER_NOT
    return say("You said that you would rather not work at %(shop)s.", shop=match.employer) if unwanted else None


def _able(match: OwnMatch) -> Say | None:
    able = [name for name, need, has in match.traits if has is not None and need <= has < need + EASY]
    return _named(able, lambda names: say("It asks for what you can do: %(names)s.", names=names))


def _stretch(match: OwnMatch) -> Say | None:
    little = [name for name, need, has in match.traits if has is not None and has < need]
    return _named(little, lambda names: say("It asks a little more of you than now: %(names)s.", names=names))


def _easy(match: OwnMatch) -> Say | None:
    easy = [name for name, need, has in match.traits if has is not None and has >= need + EASY]
    return _named(easy, lambda names: say("It may feel too easy: you can do more here than is asked: %(names)s.",
                                          names=names))  # fmt: skip


def _offered(match: OwnMatch) -> Say | None:
    offered = [name for name, there in match.needs if there]
    return _named(offered, lambda names: say("The shop offers what you need: %(names)s.", names=names))


def _missing(match: OwnMatch) -> Say | None:
    missing = [name for name, there in match.needs if not there]
    return _named(missing, lambda names: say("The shop does not offer yet what you need: %(names)s.", names=names))


def _near(match: OwnMatch) -> Say | None:
    if match.minutes is None or _too_far(match):
        return None
    how = travel_words(match.travel_mode)
    if match.limit_minutes is not None or match.limit_km is not None:
        return say(
            "Your way takes about %(minutes)s minutes %(how)s. That is within what you said.",
            minutes=match.minutes, how=how,
        )  # fmt: skip
    if match.minutes <= SHORT_WAY:
        return say("Your way is short: about %(minutes)s minutes %(how)s.", minutes=match.minutes, how=how)
    return None


def _far(match: OwnMatch) -> Say | None:
    if match.minutes is None:
        return None
    how = travel_words(match.travel_mode)
    if _too_far(match):
        return say(
            "Your way takes about %(minutes)s minutes %(how)s. That is longer than you wanted.",
            minutes=match.minutes, how=how,
        )  # fmt: skip
    if match.limit_minutes is None and match.limit_km is None and match.minutes >= LONG_WAY:
        return say("Your way is long: about %(minutes)s minutes %(how)s.", minutes=match.minutes, how=how)
    return None


def _too_far(match: OwnMatch) -> bool:
    """Minutes are rounded up to five, and so are the limits they are held against."""
    long = match.limit_minutes is not None and match.minutes is not None and match.minutes >= match.limit_minutes + 5
    return long or (match.limit_km is not None and match.km is not None and match.km > match.limit_km + 0.0005)


def _in_week(match: OwnMatch) -> Say | None:
    if not match.pattern or match.availability is None or _outside_hours(match):
        return None
    return say("All its hours lie within your week.")


def _outside(match: OwnMatch) -> Say | None:
    outside = _outside_hours(match)
    if not outside:
        return None
    return say("About %(hours)s of its hours a week lie outside the times you gave.", hours=outside)


def _outside_hours(match: OwnMatch) -> float:
    return 0.0 if match.availability is None else hours(match.pattern & ~match.availability)


def _few_hours(match: OwnMatch) -> Say | None:
    if not match.pattern or match.limit_hours is None or hours(match.pattern) > match.limit_hours:
        return None
    return say("It is not more hours a week than you wanted.")


def _many_hours(match: OwnMatch) -> Say | None:
    if match.limit_hours is None or hours(match.pattern) <= match.limit_hours:
        return None
    return say(
        "It is %(hours)s hours a week; you wanted at most %(limit)s.",
        hours=hours(match.pattern), limit=float(match.limit_hours),
    )  # fmt: skip


def _named(names: Iterable[Wording], sentence: Callable[[Wording | Say], Say]) -> Say | None:
    """The sentence with all names in it, or None where there are none."""
    listed: list[Wording | Say] = list(names)
    return sentence(reduce(_and, listed)) if listed else None


def _and(first: Wording | Say, rest: Wording | Say) -> Say:
    return say("%(first)s, %(rest)s", first=first, rest=rest)
