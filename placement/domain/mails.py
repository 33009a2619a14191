"""Mails people can choose, and the hours in which none is sent."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from placement.domain.words import Say, say


class MailKind(StrEnum):
    """What can be switched off. What somebody asked for (a password link, a new form link) is always sent."""

    SHIFT_TOMORROW = "shift_tomorrow"
    FEEDBACK_OWED = "feedback_owed"
    MILESTONE = "milestone"
    PROPOSAL_WAITING = "proposal_waiting"
    PLACEMENT_ENDING = "placement_ending"
    WEEKLY_DIGEST = "weekly_digest"
    #: Somebody did not come, is ill, or something is wrong.
    NOTICES = "notices"


_WORDS = {
    MailKind.SHIFT_TOMORROW: say("my shift tomorrow"),
    MailKind.FEEDBACK_OWED: say("feedback that is still missing"),
    MailKind.MILESTONE: say("a milestone was reached"),
    MailKind.PROPOSAL_WAITING: say("a proposal waits for an answer"),
    MailKind.PLACEMENT_ENDING: say("a placement ends soon"),
    MailKind.WEEKLY_DIGEST: say("the week at a glance"),
    MailKind.NOTICES: say("somebody did not come, is ill, or something is wrong"),
}


def mail_words(kind: MailKind) -> Say:
    """A kind as people choose it."""
    return _WORDS[kind]


def after_quiet(at: datetime, zone: str, quiet_from: time | None, quiet_until: time | None) -> datetime:
    """The first instant from ``at`` (aware) on that is not in the quiet hours, local to ``zone``; both ends or none.

    Quiet hours may span midnight. Equal ends mean no quiet hours.
    """
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return at
    local = at.astimezone(ZoneInfo(zone))
    clock = local.time().replace(fold=0)
    spans_midnight = quiet_from > quiet_until
    quiet = (clock >= quiet_from or clock < quiet_until) if spans_midnight else quiet_from <= clock < quiet_until
    if not quiet:
        return at
    day = local.date() + timedelta(days=1) if spans_midnight and clock >= quiet_from else local.date()
    return max(at, datetime.combine(day, quiet_until, ZoneInfo(zone)).astimezone(at.tzinfo))
