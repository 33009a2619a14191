"""How long a link to the feedback form works, what a phone it was opened on may do, and why an entry has to wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from placement.domain.placements import PlacementState
from placement.domain.words import Say, say

#: A link works this long after it was made, after each feedback and after each mail that carries it …
LIFE = timedelta(days=14)
#: … and at the latest until this long after the last shift.
AFTER_LAST_SHIFT = timedelta(days=7)
#: How long a phone is remembered after it opened the link or sent something.
DEVICE_LIFE = timedelta(days=30)
#: How long somebody can reopen what they sent.
REOPEN = timedelta(days=7)
#: How far ahead the card shows shifts.
AHEAD = timedelta(days=7)
#: "Send me a new one" is answered by a mail at most this often.
SEND_AGAIN_AFTER = timedelta(minutes=15)
#: Phones' clocks are a little wrong.
CLOCK_SLACK = timedelta(minutes=10)
#: What one link may leave waiting for a coordinator; more than anybody sends.
MOST_HELD = 200
#: Colleagues one placement's card can name.
MOST_COLLEAGUES = 20
#: Placements a shop has a card for: agreed by both sides, and for a while after the end.
WITH_CARD = frozenset(
    {
        PlacementState.ACCEPTED,
        PlacementState.ACTIVE,
        PlacementState.PAUSED,
        PlacementState.COMPLETED,
        PlacementState.ENDED_EARLY,
    }
)
#: Those that new links are made for.
GETS_LINKS = frozenset({PlacementState.ACCEPTED, PlacementState.ACTIVE, PlacementState.PAUSED})


class Standing(StrEnum):
    """What a phone may do now."""

    #: See the card and send.
    OPEN = "open"
    #: Only deliver what was begun before the link expired.
    DELIVERS = "delivers"
    #: Whatever it still delivers waits for a coordinator.
    ENDED = "ended"


class HeldReason(StrEnum):
    """Why an entry waits for a coordinator."""

    #: Begun after the link had expired.
    AFTER_EXPIRY = "after_expiry"
    #: The link was ended by the program or the rater.
    LINK_ENDED = "link_ended"
    #: The shift is not on this placement any more.
    SHIFT_GONE = "shift_gone"
    #: A rule said no (cancelled, too late to change, nothing answered …).
    REFUSED = "refused"
    #: A task or level that is not known any more.
    UNKNOWN_TASK = "unknown_task"


_HELD = {
    HeldReason.AFTER_EXPIRY: say("It was begun after the link had expired."),
    HeldReason.LINK_ENDED: say("The link had been ended before it arrived."),
    HeldReason.SHIFT_GONE: say("The shift is no longer planned at this placement."),
    HeldReason.REFUSED: say("It did not fit to what is known about the shift."),
    HeldReason.UNKNOWN_TASK: say("It names a task or an answer that is no longer there."),
}


def held_words(reason: HeldReason) -> Say:
    """Why an entry waits, as a coordinator reads it."""
    return _HELD[reason]


def expiry(now: datetime, last_shift_ends_at: datetime | None) -> datetime:
    """When a link made, used or sent now expires."""
    return ends_at(now + LIFE, last_shift_ends_at)


def ends_at(expires_at: datetime, last_shift_ends_at: datetime | None) -> datetime:
    """When a link really ends: shifts may have been cancelled since its expiry was written down."""
    if last_shift_ends_at is None:
        return expires_at
    return min(expires_at, last_shift_ends_at + AFTER_LAST_SHIFT)


def device_standing(now: datetime, expires_at: datetime, ended: bool) -> Standing:
    """What a remembered phone may do. ``ended``: its link was revoked, or raised to another generation since."""
    if ended:
        return Standing.ENDED
    return Standing.OPEN if now < expires_at else Standing.DELIVERS


def may_deliver(standing: Standing, began_at: datetime | None, now: datetime, expires_at: datetime) -> bool:
    """Whether an entry begun at ``began_at`` (the phone's word; None: not said) is taken at once."""
    if standing is Standing.OPEN:
        return True
    if standing is Standing.ENDED or began_at is None or began_at > now + CLOCK_SLACK:
        return False
    return began_at <= expires_at


def may_send_again(sent_at: datetime | None, now: datetime) -> bool:
    """Whether "send me a new one" sends another mail now."""
    return sent_at is None or now - sent_at >= SEND_AGAIN_AFTER
