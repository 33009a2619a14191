"""Mails people can choose, and the hours in which none is sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from placement.domain.jobs import JobKind
from placement.domain.roles import Role
from placement.domain.words import Say, say


class MailKind(StrEnum):
    """What can be switched off. What somebody asked for (a password link, a new form link) is always sent."""

    SHIFT_TOMORROW = "shift_tomorrow"
    #: A shift was moved, cancelled or added.
    SHIFT_CHANGED = "shift_changed"
    FEEDBACK_OWED = "feedback_owed"
    MILESTONE = "milestone"
    PROPOSAL_WAITING = "proposal_waiting"
    PLACEMENT_ENDING = "placement_ending"
    WEEKLY_DIGEST = "weekly_digest"
    #: Somebody did not come, is ill, or something is wrong.
    NOTICES = "notices"


_WORDS = {
    MailKind.SHIFT_TOMORROW: say("my shift tomorrow"),
    MailKind.SHIFT_CHANGED: say("a shift was moved, cancelled or added"),
    MailKind.FEEDBACK_OWED: say("feedback that is still missing"),
    MailKind.MILESTONE: say("a milestone was reached"),
    MailKind.PROPOSAL_WAITING: say("a proposal waits for an answer"),
    MailKind.PLACEMENT_ENDING: say("a placement ends soon"),
    MailKind.WEEKLY_DIGEST: say("the week at a glance"),
    MailKind.NOTICES: say("somebody did not come, is ill, or something is wrong"),
}


#: Words for those who look after the sending, where they are not those of a choice.
_FOR_ADMINS = {
    JobKind.MAIL_WELCOME: say("access to the program"),
    JobKind.MAIL_FEEDBACK_LINK: say("a link to the feedback form"),
    # An admin has no part in what happened to whom.
    JobKind.MAIL_NOTICE: say("something to look at, for staff"),
    JobKind.MAIL_NOT_TODAY: say("who is not coming, for a shop"),
}
#: Which choice a job's mail falls under; the others are always sent.
KIND_OF = {
    JobKind.MAIL_SHIFT_TOMORROW: MailKind.SHIFT_TOMORROW,
    JobKind.MAIL_FEEDBACK_OWED: MailKind.FEEDBACK_OWED,
    JobKind.MAIL_MILESTONE: MailKind.MILESTONE,
    JobKind.MAIL_PROPOSAL_WAITING: MailKind.PROPOSAL_WAITING,
    JobKind.MAIL_PLACEMENT_ENDING: MailKind.PLACEMENT_ENDING,
    JobKind.MAIL_WEEKLY_DIGEST: MailKind.WEEKLY_DIGEST,
    JobKind.MAIL_NOTICE: MailKind.NOTICES,
    JobKind.MAIL_NOT_TODAY: MailKind.NOTICES,
    JobKind.MAIL_SHIFT_CHANGED: MailKind.SHIFT_CHANGED,
}
_FOR_STAFF = (MailKind.PLACEMENT_ENDING, MailKind.NOTICES)
_FOR_ROLE = {
    Role.PARTICIPANT: (
        MailKind.SHIFT_TOMORROW,
        MailKind.SHIFT_CHANGED,
        MailKind.MILESTONE,
        MailKind.PROPOSAL_WAITING,
        MailKind.PLACEMENT_ENDING,
    ),
    Role.COORDINATOR: (MailKind.WEEKLY_DIGEST, MailKind.NOTICES),
    Role.THERAPIST: _FOR_STAFF,
    Role.COACH: _FOR_STAFF,
    Role.SUPERVISOR: (
        MailKind.SHIFT_CHANGED,
        MailKind.FEEDBACK_OWED,
        MailKind.PROPOSAL_WAITING,
        MailKind.NOTICES,
    ),
    Role.ADMIN: (),
}


@dataclass(frozen=True, slots=True)
class Quiet:
    """Local times of ``zone`` between which no mail is sent; may span midnight."""

    start: time
    end: time
    zone: str


def kinds_for(roles: Collection[Role]) -> tuple[MailKind, ...]:
    """What somebody in these roles can be sent, in the order in which it is offered."""
    found = {kind for role in roles for kind in _FOR_ROLE[role]}
    return tuple(kind for kind in MailKind if kind in found)


def quiet_of(start: time | None, end: time | None, zone: str) -> Quiet | None:
    """Somebody's quiet hours, None for who has none."""
    return None if start is None or end is None or start == end else Quiet(start, end, zone)


def mail_words(kind: MailKind) -> Say:
    """A kind as people choose it."""
    return _WORDS[kind]


def job_words(kind: JobKind) -> Say:
    """The mail of a job as an admin reads it."""
    return _FOR_ADMINS[kind] if kind in _FOR_ADMINS else _WORDS[KIND_OF[kind]]


def after_quiet(at: datetime, zone: str, quiet_from: time | None, quiet_until: time | None) -> datetime:
    """The first instant from ``at`` (aware) on that is not in the quiet hours, local to ``zone``; both ends or none.

    Quiet hours may span midnight. Equal ends mean no quiet hours. What counts is the clock on the wall: hours that a
    clock change leaves out are over, hours that it repeats are quiet twice.
    """
    quiet = quiet_of(quiet_from, quiet_until, zone)
    if quiet is None or not is_quiet(at, quiet):
        return at
    # By the minute: no rule about clock changes to get wrong, and a day has 1440 of them.
    found = at.replace(second=0, microsecond=0)
    while is_quiet(found, quiet):
        # Minutes that pass, not minutes on the wall.
        found = (found.astimezone(UTC) + timedelta(minutes=1)).astimezone(at.tzinfo)
    return found


def is_quiet(at: datetime, quiet: Quiet) -> bool:
    """Whether the clock on this person's wall is in their quiet hours."""
    clock = at.astimezone(ZoneInfo(quiet.zone)).time().replace(fold=0)
    if quiet.start > quiet.end:
        return clock >= quiet.start or clock < quiet.end
    return quiet.start <= clock < quiet.end


def before_quiet(at: datetime, quiet: Quiet) -> datetime:
    """``at`` itself, or, where that lies in quiet hours, half an hour before these begin."""
    if not is_quiet(at, quiet):
        return at
    local = at.astimezone(ZoneInfo(quiet.zone))
    day = local.date() if local.time() >= quiet.start else local.date() - timedelta(days=1)
    begins = datetime.combine(day, quiet.start, ZoneInfo(quiet.zone)).astimezone(UTC)
    return min(at, begins - timedelta(minutes=30))


def is_called(roles: Collection[Role]) -> bool:
    """Whether shops and participants are told to call this person: then they have a number to give."""
    return not {Role.COORDINATOR, Role.THERAPIST, Role.COACH}.isdisjoint(roles)
