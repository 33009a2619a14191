"""What a funder approved: hours or days, from when to when, under which reference."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.enrollments import MOST_UNITS, Unit
from placement.domain.errors import NotFound, Refused
from placement.domain.text import fold
from placement.domain.words import say
from placement.models.enrollments.enrollment import Approval
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.approvals import refresh_approval
from placement.usecases.effects.enrollments import locked_enrollment, written
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import check_not_archived
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

LONGEST_FUNDER, LONGEST_REFERENCE = 120, 60


@dataclass(frozen=True, slots=True)
class ApprovalValues:
    """``units`` hours or days, from ``first_day`` to ``last_day``, both included."""

    funder: str
    unit: Unit
    units: float
    first_day: date
    last_day: date
    reference: str = ""


@dataclass(frozen=True, slots=True)
class AddApproval:
    """``enrollment``: public id. ``key``: made for every form, so that a double tap is one approval."""

    enrollment: str
    values: ApprovalValues
    key: str


def add_approval(work: Work, actor: Actor, command: AddApproval) -> str:
    """Its public id. Raises NotFound, Forbidden, KeyReused and Refused with the field's name."""
    return again_if_taken(_add, work, actor, command)


def edit_approval(work: Work, actor: Actor, public_id: str, version: int, values: ApprovalValues) -> None:
    """Raises NotFound, Forbidden, Stale and Refused with the field's name."""
    _check(values)
    with work.transaction() as session:
        row = _locked(session, actor, public_id)
        if row.archived_at is not None:
            raise NotFound
        check_version(row, version, {name: getattr(row, name) for name in _PLAIN})
        changed = written(row, _columns(values))
        refresh_approval(session, row)
        audit(
            session, work, actor, "approvals.edit", "approval", row.id, participant_id=row.participant_id,
            fields=changed,
        )  # fmt: skip


def remove_approval(work: Work, actor: Actor, public_id: str, removed: bool = True) -> None:
    """Take it out, or bring it back. Raises NotFound, Forbidden."""
    with work.transaction() as session:
        row = _locked(session, actor, public_id)
        if (row.archived_at is not None) is removed:
            return
        row.archived_at = work.clock() if removed else None
        row.version += 1
        if not removed:
            refresh_approval(session, row)
        verb = "approvals.remove" if removed else "approvals.bring_back"
        audit(session, work, actor, verb, "approval", row.id, participant_id=row.participant_id)


_PLAIN = ("funder", "reference", "unit", "units", "first_day", "last_day")


def _add(work: Work, actor: Actor, command: AddApproval) -> str:
    _check(command.values)
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["approval"])
        enrollment = locked_enrollment(session, actor, command.enrollment)
        row = Approval(
            program_id=enrollment.program_id, participant_id=enrollment.participant_id, enrollment_id=enrollment.id,
            created_at=work.clock(), **_columns(command.values),
        )  # fmt: skip
        session.add(row)
        session.flush()
        refresh_approval(session, row)
        audit(session, work, actor, "approvals.add", "approval", row.id, participant_id=row.participant_id)
        keep_answer(session, work, actor, command.key, body, {"approval": row.public_id})
        return row.public_id


def _locked(session: Session, actor: Actor, public_id: str) -> Approval:
    row = session.scalar(
        select(Approval).where(Approval.public_id == public_id, scope.approvals(actor)).with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.ENROLLMENT_EDIT, Facts(row.program_id, row.participant_id))
    check_not_archived(session, row.participant_id)
    return row


def _columns(values: ApprovalValues) -> dict[str, Any]:
    return {name: getattr(values, name) for name in _PLAIN} | {"funder_key": fold(values.funder)[:130]}


def _check(values: ApprovalValues) -> None:
    if not 0 < len(values.funder.strip()) <= LONGEST_FUNDER:
        raise Refused(say("Please say who pays."), "funder")
    if len(values.reference) > LONGEST_REFERENCE:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST_REFERENCE), "reference")
    if not 0 < values.units <= MOST_UNITS:
        raise Refused(say("Please enter a number up to %(most)s.", most=MOST_UNITS), "units")
    if values.last_day < values.first_day:
        raise Refused(say("The last day must not be before the first."), "last_day")
