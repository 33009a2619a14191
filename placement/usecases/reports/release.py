"""The participant's yes to what an employer may read, and taking it back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from placement.domain.errors import Refused
from placement.domain.reports import ReleaseState, ReportReader, release_state
from placement.domain.words import say
from placement.models.reports.report import Report
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.reports import audit_report, locked_report
from placement.usecases.transaction import Work


def release_report(work: Work, actor: Actor, public_id: str) -> None:
    """From now on the employer, and those who look after the participant, may open it; twice changes nothing.

    Raises NotFound, Forbidden for anybody but the participant, and Refused for a report that is not an employer's.
    """
    with work.transaction() as session:
        row = _own(session, actor, public_id)
        if row.reader is not ReportReader.EMPLOYER:
            raise Refused(say("Only a report for an employer needs a yes."))
        if release_state(row.released_at, row.withdrawn_at) is ReleaseState.RELEASED:
            return
        row.released_at, row.withdrawn_at = work.clock(), None
        audit_report(session, work, actor, "release", row)


def take_report_back(work: Work, actor: Actor, public_id: str) -> None:
    """From now on nobody but the participant opens it; what was saved or printed before is out of reach.

    Twice, or before it was released, changes nothing. Raises NotFound and Forbidden.
    """
    with work.transaction() as session:
        row = _own(session, actor, public_id)
        if release_state(row.released_at, row.withdrawn_at) is not ReleaseState.RELEASED:
            return
        row.withdrawn_at = work.clock()
        audit_report(session, work, actor, "take_back", row)


def _own(session: Session, actor: Actor, public_id: str) -> Report:
    row = locked_report(session, actor, public_id)
    ensure(actor, Permission.REPORT_RELEASE, Facts(row.program_id, row.participant_id))
    return row
