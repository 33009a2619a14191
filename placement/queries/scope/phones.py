"""Rows a phone sees that was let in for one placement."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select

from placement.domain.occasions import Audience
from placement.models.feedback.link import RaterLink
from placement.models.feedback.rater import Rater
from placement.models.programs.catalog import Task
from placement.models.shifts.shift import Shift
from placement.policy.device import Device


def card_shifts(device: Device) -> ColumnElement[bool]:
    """Shifts of the one placement a phone was let in for."""
    return and_(Shift.program_id == device.program_id, Shift.placement_id == device.placement_id)


def card_tasks(device: Device) -> ColumnElement[bool]:
    """The program's tasks; never a private one."""
    return and_(Task.program_id == device.program_id, Task.audience == Audience.PROGRAM)


def card_colleagues(device: Device) -> ColumnElement[bool]:
    """Raters without account who answer on the same card for somebody else."""
    same = select(RaterLink.rater_id).where(
        RaterLink.program_id == device.program_id,
        RaterLink.placement_id == device.placement_id,
        RaterLink.rater_id != device.rater_id,
    )
    return and_(
        Rater.program_id == device.program_id,
        Rater.account_id.is_(None),
        Rater.archived_at.is_(None),
        Rater.id.in_(same),
    )
