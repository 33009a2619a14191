"""What follows from a shift's attendance: a call out of concern, "not today" for the shop, hours past a plan; and
all of it taken back.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.attendance import is_away
from placement.domain.jobs import JobKind
from placement.domain.notices import NoticeKind, subject_of
from placement.domain.shifts import Attendance
from placement.models.notices.notice import Notice
from placement.models.shifts.shift import Shift
from placement.usecases.effects.log import enqueue
from placement.usecases.effects.notices import mail_notice, raise_notice
from placement.usecases.effects.over_plan import heed_hours
from placement.usecases.effects.shifts import Found
from placement.usecases.transaction import Work


def heed_attendance(
    session: Session,
    work: Work,
    found: Found,
    was: Attendance,
    *,
    rater_id: int | None = None,
    account_id: int | None = None,
    from_shop: bool = False,
) -> None:
    """After attendance was written: *did not come* asks for a call at once, anything else closes that item by itself.

    Call it in the same transaction, with the attendance from before (``was``) and who said so. Unless the shop
    itself did (``from_shop``), it learns of somebody who is away today or later, or comes after all; never why.
    """
    now_is = found.occasion.attendance
    if now_is is Attendance.ABSENT:
        _ask_for_call(session, work, found, rater_id, account_id)
    else:
        _no_call_needed(session, work, found)
    if not from_shop and is_away(was) != is_away(now_is) and found.occasion.ends_at > work.clock():
        tell_shop(session, work, found.shift)
    heed_hours(session, work, found)


def tell_shop(session: Session, work: Work, shift: Shift) -> None:
    """Ask for the shop's mail about a shift; what it says depends on how the shift stands when it is sent."""
    once = f"not_today:{shift.id}:{work.clock().isoformat()}"
    enqueue(session, work, JobKind.MAIL_NOT_TODAY, shift.program_id, {"shift": shift.id}, once=once)


def _ask_for_call(session: Session, work: Work, found: Found, rater_id: int | None, account_id: int | None) -> None:
    shift, occasion = found.shift, found.occasion
    known = _item(session, found)
    if known is None:
        raise_notice(
            session,
            work,
            kind=NoticeKind.DID_NOT_COME,
            participant_id=occasion.participant_id,
            program_id=occasion.program_id,
            placement_id=shift.placement_id,
            occasion_id=occasion.id,
            rater_id=rater_id,
            from_account_id=account_id,
            subject=subject_of(NoticeKind.DID_NOT_COME, occasion.id),
            due_at=work.clock(),
        )
    elif known.done_at is not None and known.done_by_id is None:
        # It had closed by itself; what somebody found out stays found out.
        known.done_at, known.due_at = None, work.clock()
        known.version += 1
        mail_notice(session, work, known)


def _no_call_needed(session: Session, work: Work, found: Found) -> None:
    known = _item(session, found)
    if known is not None and known.done_at is None:
        known.done_at = work.clock()
        known.version += 1


def _item(session: Session, found: Found) -> Notice | None:
    subject = subject_of(NoticeKind.DID_NOT_COME, found.occasion.id)
    return session.scalar(
        select(Notice).where(Notice.program_id == found.occasion.program_id, Notice.subject == subject)
    )
