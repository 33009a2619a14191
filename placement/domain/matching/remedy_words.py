"""Parts of the sentences that say what would help: how far to travel, which times to be free."""

from __future__ import annotations

import math
from datetime import time
from functools import reduce

from placement.domain.matching.parties import Person
from placement.domain.matching.refusals import comma
from placement.domain.matching.week import MINUTES_A_DAY, stretches
from placement.domain.words import Say, say


def further_words(person: Person, km: float | None, minutes: float | None) -> Say:
    """How far somebody would have to travel; None is no limit of theirs, infinite minutes are no limit any more."""
    if minutes is not None and math.isinf(minutes):
        return say("They would need to travel as long as it takes.")
    if minutes is None:
        return say(
            "They would need to travel up to %(km)s km instead of %(limit)s.", km=km, limit=person.travel_limit_km
        )
    if km is None:
        return say(
            "They would need to travel up to %(minutes)s minutes instead of %(limit)s.",
            minutes=round(minutes),
            limit=person.travel_limit_minutes,
        )
    return say(
        "They would need to travel up to %(km)s km and %(minutes)s minutes instead of %(limit_km)s and %(limit)s.",
        km=km,
        minutes=round(minutes),
        limit_km=person.travel_limit_km,
        limit=person.travel_limit_minutes,
    )


def week_words(week: int) -> Say:
    """The times in a mask of the week, day by day."""
    return reduce(comma, [_time_words(*stretch) for stretch in stretches(week)])


def _time_words(weekday: int, start: int, end: int) -> Say:
    hours_of = {"start": _clock(start), "end": _clock(end)}
    return (
        say("Mondays %(start)s–%(end)s", **hours_of),
        say("Tuesdays %(start)s–%(end)s", **hours_of),
        say("Wednesdays %(start)s–%(end)s", **hours_of),
        say("Thursdays %(start)s–%(end)s", **hours_of),
        say("Fridays %(start)s–%(end)s", **hours_of),
        say("Saturdays %(start)s–%(end)s", **hours_of),
        say("Sundays %(start)s–%(end)s", **hours_of),
    )[weekday]


def _clock(minutes: int) -> time:
    return time(*divmod(minutes % MINUTES_A_DAY, 60))
