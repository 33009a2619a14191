"""What a pause does to the plan: shifts to come are taken out, and come back when it goes on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from placement.domain.placements import PlacementState
from placement.domain.shifts import Attendance
from placement.models.placements.placement import Placement, PlacementMove
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.usecases.effects.progress import refresh_progress
from placement.usecases.transaction import Work


def cancel_ahead(session: Session, work: Work, actor: Actor, row: Placement) -> int:
    """After the state became *paused*: cancel what is still to come and nobody has told about; how many they were."""
    at = _paused_at(session, row)
    standing = _ahead(work, row).where(Shift.cancelled_at.is_(None), Occasion.attendance == Attendance.UNKNOWN)
    found = session.execute(standing.with_for_update(of=[Shift, Occasion], key_share=True)).all()
    for shift, _occasion in found:
        shift.cancelled_at, shift.feedback_due_at = at, None
        shift.version += 1
    return _done(session, work, actor, row, len(found))


def bring_back(session: Session, work: Work, actor: Actor, row: Placement) -> int:
    """After it went on: plan again what the pause took out, as far as it is still to come and the time is free."""
    at = _paused_at(session, row)
    if at is None:
        return 0
    found = session.execute(
        _ahead(work, row).where(Shift.cancelled_at == at).with_for_update(of=[Shift, Occasion], key_share=True)
    ).all()
    back = 0
    for shift, occasion in found:
        if not session.scalar(select(_meets_another(occasion))):
            shift.cancelled_at, shift.feedback_due_at = None, occasion.ends_at
            shift.version += 1
            back += 1
            session.flush()
    return _done(session, work, actor, row, back)


def _ahead(work: Work, row: Placement) -> Select[Shift, Occasion]:
    return (
        select(Shift, Occasion)
        .join(Occasion, Occasion.id == Shift.id)
        .where(Shift.placement_id == row.id, Occasion.starts_at > work.clock())
        .order_by(Occasion.starts_at, Shift.id)
    )


def _paused_at(session: Session, row: Placement) -> datetime | None:
    """When the last pause began. A shift cancelled by it bears this instant, one cancelled by hand another."""
    session.flush()
    moves = (PlacementMove.placement_id == row.id, PlacementMove.to_state == PlacementState.PAUSED)
    return session.scalar(select(PlacementMove.at).where(*moves).order_by(PlacementMove.id.desc()).limit(1))


def _meets_another(occasion: Occasion) -> ColumnElement[bool]:
    other, its = aliased(Occasion), aliased(Shift)
    return (
        exists()
        .where(other.id == its.id, its.cancelled_at.is_(None), other.id != occasion.id)
        .where(other.participant_id == occasion.participant_id)
        .where(other.starts_at < occasion.ends_at, other.ends_at > occasion.starts_at)
    )


def _done(session: Session, work: Work, actor: Actor, row: Placement, count: int) -> int:
    if count:
        session.flush()
        refresh_progress(session, work, actor, row.participant_id, (), row.id)
    return count
