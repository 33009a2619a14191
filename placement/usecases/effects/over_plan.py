"""More was worked than limits or plan allow: somebody of the program hears of it as soon as it is known."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.limit_checks import over
from placement.domain.notices import NoticeKind, subject_of
from placement.models.notices.notice import Notice
from placement.models.placements.placement import Placement
from placement.queries.limits.rules import rules_of
from placement.queries.limits.worked import worked_in_week
from placement.usecases.effects.notices import mail_notice, raise_notice
from placement.usecases.effects.shifts import Found
from placement.usecases.transaction import Work


def heed_hours(session: Session, work: Work, found: Found) -> None:
    """After a shift's hours were written: raise one item for it if they are past the plan, close it if no more.

    Where nobody has limits or a plan, it costs one statement.
    """
    shift, occasion = found.shift, found.occasion
    rules = rules_of(session, occasion.participant_id)
    if not rules.limits and not rules.plans:
        return
    session.flush()
    kind = session.scalars(select(Placement.kind).where(Placement.id == shift.placement_id)).one()
    worked = worked_in_week(session, occasion.participant_id, shift.placement_id, shift.day)
    is_over = bool(shift.minutes) and over(shift.day, worked, rules.of(shift.placement_id, kind)) is not None
    known = session.scalar(
        select(Notice).where(
            Notice.program_id == shift.program_id, Notice.subject == subject_of(NoticeKind.OVER_PLAN, occasion.id)
        )
    )
    if is_over and known is None:
        raise_notice(
            session,
            work,
            kind=NoticeKind.OVER_PLAN,
            participant_id=occasion.participant_id,
            program_id=shift.program_id,
            placement_id=shift.placement_id,
            occasion_id=occasion.id,
            subject=subject_of(NoticeKind.OVER_PLAN, occasion.id),
            due_at=work.clock(),
        )
    elif is_over and known is not None and known.done_at is not None and known.done_by_id is None:
        known.done_at = None
        known.version += 1
        mail_notice(session, work, known)
    elif not is_over and known is not None and known.done_at is None:
        # It was a slip of the pen; nobody has to look any more.
        known.done_at = work.clock()
        known.version += 1
