"""What the worker may be asked to do, and how patient it is."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class JobKind(StrEnum):
    MAIL_WELCOME = "mail_welcome"
    SOLVE_MATCHING = "solve_matching"
    MAIL_SHIFT_TOMORROW = "mail_shift_tomorrow"
    MAIL_FEEDBACK_OWED = "mail_feedback_owed"
    MAIL_FEEDBACK_LINK = "mail_feedback_link"
    MAIL_MILESTONE = "mail_milestone"
    MAIL_PROPOSAL_WAITING = "mail_proposal_waiting"
    MAIL_PLACEMENT_ENDING = "mail_placement_ending"
    MAIL_WEEKLY_DIGEST = "mail_weekly_digest"
    #: A notice for the person who takes care of it.
    MAIL_NOTICE = "mail_notice"
    #: "Not today" for the shop, never why.
    MAIL_NOT_TODAY = "mail_not_today"
    #: What was changed in the plan of a placement, for the participant and the shop.
    MAIL_SHIFT_CHANGED = "mail_shift_changed"
    #: The rows of an uploaded table.
    IMPORT_ROWS = "import_rows"


#: Everything that ends in a mail: what an admin can send again.
MAILS = frozenset(kind for kind in JobKind if kind.startswith("mail_"))


class LinkPurpose(StrEnum):
    SET_PASSWORD = "set_password"


#: A claim older than this belongs to a worker that died: another one takes the job over.
PATIENCE = timedelta(minutes=10)
#: A done job is kept so long: its name keeps what was asked for once from being asked for again. Longer than any
#: reminder stays open (two weeks), and long enough to see what was sent.
DONE_FOR = timedelta(days=30)
#: After so many attempts a job is a dead letter.
MAX_ATTEMPTS = 8
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts (at least 1): a minute, then four times longer each time."""
    wait: timedelta = _FIRST_WAIT * 4 ** min(attempts - 1, 10)
    return min(wait, _LONGEST_WAIT)
