"""Opening hours as OpenStreetMap writes them → a week in quarter-hours.

The grammar is read by the library ``opening-hours-py``. A rule is looked at in
one plain week: no public or school holidays, no season, no daylight saving
change. The OpenStreetMap wiki, *Key:opening_hours/specification*, is the source
of the grammar.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # the stub lacks ParserError

QUARTERS_A_DAY = 96

#: Monday of the plain week: mid-November, outside summer seasons, Easter and December rules.
PLAIN_MONDAY = datetime(2025, 11, 10)

#: Longest text taken, in characters (OpenStreetMap's own limit for a value).
LONGEST = 255

_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)"
_SPACED_DAYS = re.compile(rf"(?<=\b)({_DAY})\s*,\s+(?={_DAY}\b)")
_QUARTER = timedelta(minutes=15)


@lru_cache(maxsize=4096)
def weekly_mask(text: str) -> int | None:
    """The week as one integer of 672 bits, or None when the text cannot be read.

    Bit ``weekday * 96 + quarter`` (Monday 0, quarter 0 = 00:00-00:15) is set when the shop is open for
    the whole quarter-hour: a start is rounded up, an end down, so a set bit never promises too much
    (08:05-12:10 gives 08:15-12:00). "Unknown" counts as closed. 0 means: read, and never open.
    """
    cleaned = _cleaned(text)
    if not cleaned or len(cleaned) > LONGEST:
        return None
    try:
        hours = OpeningHours(cleaned)
    except ParserError:
        return None
    mask = 0
    sunday_night = PLAIN_MONDAY + timedelta(days=7)
    for start, end, state, comment in hours.intervals(PLAIN_MONDAY, sunday_night):
        # A bare comment ("by appointment") parses as open around the clock; it promises nothing.
        if state != State.OPEN or comment:
            continue
        first = -((PLAIN_MONDAY - start) // _QUARTER)
        last = min((end or sunday_night) - PLAIN_MONDAY, timedelta(days=7)) // _QUARTER
        if last > first:
            mask |= (1 << last) - (1 << first)
    return mask


def _cleaned(text: str) -> str:
    """Two habits of real data put right: a semicolon at the end, and "Su, PH off" for "Su,PH off".

    With the space, the grammar reads "Su" as a rule of its own: open all of Sunday.
    """
    return _SPACED_DAYS.sub(r"\1,", text.strip().strip(";").strip())
