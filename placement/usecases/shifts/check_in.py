"""A participant says themself that they are there, and that they leave: the time, never the place."""

from __future__ import annotations

from collections.abc import Callable

from placement.domain.attendance import EARLY, LATE, Tap, is_away, next_tap
from placement.domain.errors import Refused
from placement.domain.words import say
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.permissions import Permission
from placement.usecases.effects.absences import heed_attendance
from placement.usecases.effects.check_ins import count_check_in
from placement.usecases.effects.log import audit
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.effects.shifts import Found, find_shift, set_due
from placement.usecases.transaction import Work


def check_in(work: Work, actor: Actor, shift: str) -> None:
    """ "I'm here", for a shift (public id) that begins soon or goes on. The first tap counts.

    What staff or the shop say about attendance stands beside it. Raises NotFound, Forbidden, Refused.
    """

    def tap(found: Found) -> bool:
        if found.shift.check_in_at is not None:
            return False
        _ensure_next(work, found, Tap.HERE)
        found.shift.check_in_at = work.clock()
        return True

    _tap(work, actor, shift, "shift.check_in", tap)


def check_out(work: Work, actor: Actor, shift: str) -> None:
    """ "I'm leaving", after "I'm here". The first tap counts. Raises NotFound, Forbidden, Refused."""

    def tap(found: Found) -> bool:
        if found.shift.check_out_at is not None:
            return False
        _ensure_next(work, found, Tap.LEAVING)
        found.shift.check_out_at = work.clock()
        return True

    _tap(work, actor, shift, "shift.check_out", tap)


def undo_tap(work: Work, actor: Actor, shift: str) -> None:
    """Take the last tap back, as long as there could be another one. Raises NotFound, Forbidden, Refused."""

    def tap(found: Found) -> bool:
        row = found.shift
        if row.check_in_at is None:
            return False
        if work.clock() > found.occasion.ends_at + LATE:
            raise Refused(say("This shift is over. If something is wrong, please tell your program."))
        if row.check_out_at is not None:
            row.check_out_at = None
        else:
            row.check_in_at = None
        return True

    _tap(work, actor, shift, "shift.check_undo", tap)


def _tap(work: Work, actor: Actor, shift: str, verb: str, tap: Callable[[Found], bool]) -> None:
    with work.transaction() as session:
        found = find_shift(session, actor, work.clock(), shift)
        ensure(actor, Permission.CHECK_IN, found.facts)
        was = found.occasion.attendance
        if not tap(found):
            return
        count_check_in(found)
        set_due(session, found)
        heed_attendance(session, work, found, was, account_id=actor.account_id)
        audit(session, work, actor, verb, "shift", found.shift.id, placement_id=found.shift.placement_id)
        refresh_progress(session, work, actor, found.occasion.participant_id, (), found.shift.placement_id)


def _ensure_next(work: Work, found: Found, wanted: Tap) -> None:
    shift, occasion, now = found.shift, found.occasion, work.clock()
    if shift.cancelled_at is not None:
        raise Refused(say("This shift was cancelled."))
    if is_away(occasion.attendance):
        raise Refused(say("It is written down that you do not come. Please tell your program if that is wrong."))
    if next_tap(now, occasion.starts_at, occasion.ends_at, shift.check_in_at, shift.check_out_at) is wanted:
        return
    if now < occasion.starts_at - EARLY:
        raise Refused(say("This is possible from one hour before the shift."))
    if wanted is Tap.LEAVING and shift.check_in_at is None:
        raise Refused(say("Please say first that you are here."))
    raise Refused(say("This shift is over. If something is wrong, please tell your program."))
