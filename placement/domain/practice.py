"""Daily living and job search: its areas, how an invitation lives, and how somebody gets on with what they practice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from placement.domain import groups
from placement.domain.errors import Refused
from placement.domain.words import Say, say

#: Personal care is seen by the participant and their therapist alone.
PERSONAL = "personal_care"
#: Areas of the catalog besides work in a shop.
SHARED_AREAS = ("daily_living", "on_the_move", "job_search")
AREAS = (*SHARED_AREAS, PERSONAL)
#: What no shop has to offer: not asked about in openings, wishes and shifts.
AWAY_FROM_SHOPS = (*AREAS, *groups.AREAS.values())
#: What somebody practices at the same time, at most.
MOST = 30
LONGEST_NAME = 80
LONGEST_PLAN = 500
LONGEST_WHO = 60
#: A family member's link works this long after it was made and after each answer …
LINK_LIFE = timedelta(days=14)
#: … and a phone is remembered this long.
PHONE_LIFE = timedelta(days=30)
#: Invitations for one task that work at the same time, at most.
MOST_LINKS = 5
#: So many days back it can be said how it was.
BACK = 7


def ensure_day(day: date, today: date) -> None:
    """Refuse a day to come, and one that is long over."""
    if day > today:
        raise Refused(say("This day is still to come."), "day")
    if day < today - timedelta(days=BACK):
        raise Refused(say("That is more than %(days)s days ago.", days=BACK), "day")


def link_opens(now: datetime, expires_at: datetime, revoked_at: datetime | None) -> bool:
    """Whether an invitation lets anybody in."""
    return revoked_at is None and now < expires_at


def standing_words(now: int | None, target: int | None) -> Say | None:
    """How far it is to the target, by canonical ranks; None while either is not known."""
    if now is None or target is None:
        return None
    if now >= target:
        return say("The target is reached")
    return say("On the way")
