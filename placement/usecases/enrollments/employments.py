"""Paid jobs, during the program or after it. An internship is never one."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.enrollments import MOST_MONEY, MOST_WEEKLY_HOURS
from placement.domain.errors import NotFound, Refused
from placement.domain.words import say
from placement.models.enrollments.enrollment import Employment, Enrollment
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.usecases.effects.enrollments import locked_enrollment, written
from placement.usecases.effects.idempotency import again_if_taken, first_answer, keep_answer
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import check_not_archived
from placement.usecases.effects.versions import check_version
from placement.usecases.transaction import Work

LONGEST = 120


@dataclass(frozen=True, slots=True)
class EmploymentValues:
    """``hours_week`` hours, ``wage_hour`` gross in the program's currency; None anywhere: unknown."""

    employer: str
    started_on: date
    title: str = ""
    ended_on: date | None = None
    hours_week: float | None = None
    wage_hour: float | None = None
    four_hours: bool | None = None
    subsidised: bool | None = None
    integrated: bool | None = None
    seasonal: bool | None = None
    prevailing_wage: bool | None = None
    same_site: bool | None = None


@dataclass(frozen=True, slots=True)
class AddEmployment:
    """``enrollment``: public id. ``key``: made for every form, so that a double tap is one job."""

    enrollment: str
    values: EmploymentValues
    key: str


_FIELDS = tuple(field.name for field in fields(EmploymentValues))


def add_employment(work: Work, actor: Actor, command: AddEmployment) -> str:
    """Its public id. Raises NotFound, Forbidden, KeyReused and Refused with the field's name."""
    return again_if_taken(_add, work, actor, command)


def edit_employment(work: Work, actor: Actor, public_id: str, version: int, values: EmploymentValues) -> None:
    """Raises NotFound, Forbidden, Stale and Refused with the field's name."""
    with work.transaction() as session:
        row = _locked(session, actor, public_id)
        if row.archived_at is not None:
            raise NotFound
        _check(work, actor, session.get_one(Enrollment, row.enrollment_id), values)
        check_version(row, version, {name: getattr(row, name) for name in _FIELDS})
        changed = written(row, asdict(values))
        audit(
            session, work, actor, "employments.edit", "employment", row.id, participant_id=row.participant_id,
            fields=changed,
        )  # fmt: skip


def remove_employment(work: Work, actor: Actor, public_id: str, removed: bool = True) -> None:
    """Take it out, or bring it back. Raises NotFound, Forbidden."""
    with work.transaction() as session:
        row = _locked(session, actor, public_id)
        if (row.archived_at is not None) is removed:
            return
        row.archived_at = work.clock() if removed else None
        row.version += 1
        verb = "employments.remove" if removed else "employments.bring_back"
        audit(session, work, actor, verb, "employment", row.id, participant_id=row.participant_id)


def _add(work: Work, actor: Actor, command: AddEmployment) -> str:
    body = asdict(command)
    with work.transaction() as session:
        known = first_answer(session, actor, command.key, body)
        if known is not None:
            return str(known["employment"])
        enrollment = locked_enrollment(session, actor, command.enrollment)
        _check(work, actor, enrollment, command.values)
        row = Employment(
            program_id=enrollment.program_id, participant_id=enrollment.participant_id, enrollment_id=enrollment.id,
            created_at=work.clock(), **asdict(command.values),
        )  # fmt: skip
        session.add(row)
        session.flush()
        audit(session, work, actor, "employments.add", "employment", row.id, participant_id=row.participant_id)
        keep_answer(session, work, actor, command.key, body, {"employment": row.public_id})
        return row.public_id


def _locked(session: Session, actor: Actor, public_id: str) -> Employment:
    row = session.scalar(
        select(Employment).where(Employment.public_id == public_id, scope.employments(actor)).with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.ENROLLMENT_EDIT, Facts(row.program_id, row.participant_id))
    check_not_archived(session, row.participant_id)
    return row


def _check(work: Work, actor: Actor, enrollment: Enrollment, values: EmploymentValues) -> None:
    if not 0 < len(values.employer.strip()) <= LONGEST:
        raise Refused(say("Please say who the employer is."), "employer")
    if len(values.title) > LONGEST:
        raise Refused(say("Please write at most %(count)s characters.", count=LONGEST), "title")
    if values.started_on < enrollment.referred_on:
        raise Refused(say("They were referred after that day."), "started_on")
    if values.started_on > actor.today(work.clock()):
        raise Refused(say("A job counts from its first day on. This day has not come yet."), "started_on")
    if values.ended_on is not None and values.ended_on < values.started_on:
        raise Refused(say("The last day must not be before the first."), "ended_on")
    if values.hours_week is not None and not 0 < values.hours_week <= MOST_WEEKLY_HOURS:
        raise Refused(
            say("Please enter a number up to %(most)s, or leave it empty.", most=MOST_WEEKLY_HOURS), "hours_week"
        )
    if values.wage_hour is not None and not 0 <= values.wage_hour <= MOST_MONEY:
        raise Refused(say("Please enter a number up to %(most)s, or leave it empty.", most=MOST_MONEY), "wage_hour")
