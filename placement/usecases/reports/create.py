"""A new report: for whom, about which days. What it says is read when somebody opens it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound, Refused
from placement.domain.reports import ReportReader, check_days
from placement.domain.words import say
from placement.models.placements.placement import Placement
from placement.models.reports.report import Report
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.usecases.effects.idempotency import first_answer, keep_answer
from placement.usecases.effects.people import person_to_add_to
from placement.usecases.effects.reports import audit_report
from placement.usecases.transaction import Work


@dataclass(frozen=True, slots=True)
class CreateReport:
    """``participant`` and ``placement``: public ids, the placement for an employer's alone, else empty.

    ``key``: made for every form that is shown, so that a double tap is one report.
    """

    participant: str
    reader: ReportReader
    first_day: date
    last_day: date
    placement: str
    key: str


def create_report(work: Work, actor: Actor, command: CreateReport) -> str:
    """Write it down under the actor's name; its public id. The same key and body get the first answer again.

    Raises NotFound, Forbidden, KeyReused and Refused with the field's name.
    """
    try:
        return _create(work, actor, command)
    except IntegrityError:
        # A double tap took the key at the same moment: its answer is there now.
        return _create(work, actor, command)


def _create(work: Work, actor: Actor, command: CreateReport) -> str:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["report"])
        person = person_to_add_to(session, actor, command.participant, Permission.REPORT_CREATE)
        if command.reader is ReportReader.THERAPIST:
            # Nobody writes what they may not read.
            ensure(actor, Permission.REPORT_FOR_THERAPIST, Facts(person.program_id, person.id))
        check_days(command.first_day, command.last_day, actor.today(work.clock()))
        row = Report(
            program_id=person.program_id, participant_id=person.id, reader=command.reader,
            placement_id=_placement(session, person.id, command), first_day=command.first_day,
            last_day=command.last_day, by_account_id=actor.account_id, created_at=work.clock(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit_report(session, work, actor, "create", row)
        keep_answer(session, work, actor, command.key, body, {"report": row.public_id})
        return row.public_id


def _placement(session: Session, participant_id: int, command: CreateReport) -> int | None:
    """The placement an employer's report is about. Raises Refused without one, NotFound for another person's."""
    if command.reader is not ReportReader.EMPLOYER:
        return None
    if not command.placement:
        raise Refused(say("Please choose the placement it is about."), "placement")
    found = session.scalar(
        select(Placement.id).where(Placement.public_id == command.placement, Placement.participant_id == participant_id)
    )
    if found is None:
        raise NotFound
    return found
