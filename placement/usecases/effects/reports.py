"""What changes to a report have in common."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.reports.report import Report
from placement.policy.actor import Actor
from placement.queries import scope
from placement.usecases.effects.log import audit
from placement.usecases.transaction import Work


def locked_report(session: Session, actor: Actor, public_id: str) -> Report:
    """The report, held against other writers until the end. Raises NotFound if absent or out of sight."""
    row = session.scalar(select(Report).where(Report.public_id == public_id, scope.reports(actor)).with_for_update())
    if row is None:
        raise NotFound
    return row


def audit_report(session: Session, work: Work, actor: Actor, verb: str, row: Report) -> None:
    """Who did what with which report; for whom it is, and about which placement."""
    audit(
        session, work, actor, f"report.{verb}", "report", row.id, participant_id=row.participant_id,
        reader=row.reader, placement_id=row.placement_id, written_by=row.by_account_id,
    )  # fmt: skip
