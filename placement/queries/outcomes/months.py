"""A period month by month, and the hours and costs of one month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from placement.domain.delivered_hours import Approved, Sum, Worked, by_funder, by_person_and_site
from placement.domain.enrollments import Delivered, ExpenseKind, Unit
from placement.domain.profiles import full_name
from placement.domain.shifts import was_present
from placement.models.employers.employer import Employer, Site
from placement.models.enrollments.enrollment import Approval, Enrollment, Expense, ListEntry
from placement.models.feedback.observation import Feedback
from placement.models.participants.participant import Participant
from placement.models.progress.milestone import Milestone
from placement.models.shifts.occasion import Occasion
from placement.models.shifts.shift import Shift
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MonthLine:
    """``shifts`` that took place, those ``with_feedback``, ``milestones`` reached and kept on."""

    month: date
    shifts: int
    with_feedback: int
    milestones: int


@dataclass(frozen=True, slots=True)
class Activity:
    """A period by month, and why people left; None: unknown."""

    months: tuple[MonthLine, ...]
    reasons: tuple[tuple[Words | None, int], ...]


@dataclass(frozen=True, slots=True)
class HoursLine:
    participant: str
    name: str
    site: str
    employer: str
    minutes: int
    days: int


@dataclass(frozen=True, slots=True)
class CostLine:
    participant: str
    name: str
    kind: ExpenseKind
    amount: float


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """Delivered against approved, of the whole approval."""

    participant: str
    name: str
    funder: str
    reference: str
    unit: Unit
    units: float
    first_day: date
    last_day: date
    given: Delivered
    used: int


@dataclass(frozen=True, slots=True)
class MonthPage:
    """``funders``: name of a funder (empty: nobody) and what was delivered for them."""

    hours: tuple[HoursLine, ...]
    funders: tuple[tuple[str, Sum], ...]
    costs: tuple[CostLine, ...]
    approvals: tuple[ApprovalLine, ...]


def activity(db: Session, actor: Actor, first: date, last: date) -> Activity:
    """In three statements, of the period's rows alone. Raises Forbidden."""
    ensure(actor, Permission.OUTCOME_SEE, Facts(actor.program))
    told = exists().where(Feedback.occasion_id == Shift.id)
    held: Counter[date] = Counter()
    answered: Counter[date] = Counter()
    for day, said, has in db.execute(
        select(Shift.day, Occasion.attendance, told)
        .join(Occasion, Occasion.id == Shift.id)
        .where(scope.in_program(actor, Shift.program_id), Shift.day.between(first, last), Shift.cancelled_at.is_(None))
    ):
        if was_present(said):
            held[day.replace(day=1)] += 1
            answered[day.replace(day=1)] += bool(has)
    reached: Counter[date] = Counter(
        day.replace(day=1)
        for day in db.scalars(
            select(Milestone.reached_on).where(
                scope.in_program(actor, Milestone.program_id),
                Milestone.reached_on.between(first, last),
                Milestone.withdrawn_at.is_(None),
            )
        )
    )
    reasons = db.execute(
        select(ListEntry.name, func.count(Enrollment.id), func.min(Enrollment.exit_reason_id))
        .select_from(Enrollment)
        .outerjoin(ListEntry, ListEntry.id == Enrollment.exit_reason_id)
        .where(
            scope.in_program(actor, Enrollment.program_id),
            Enrollment.entered_on.is_not(None),
            Enrollment.exited_on.between(first, last),
        )
        .group_by(Enrollment.exit_reason_id, ListEntry.name)
        .order_by(func.count(Enrollment.id).desc(), func.min(Enrollment.exit_reason_id))
    )
    months = tuple(MonthLine(month, held[month], answered[month], reached[month]) for month in months_of(first, last))
    return Activity(months, tuple((name, count) for name, count, _ in reasons))


def months_of(first: date, last: date) -> list[date]:
    """First days of the months a period touches."""
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return found


def month_page(db: Session, actor: Actor, month: date) -> MonthPage:
    """In three statements, of the month's rows alone. Raises Forbidden."""
    ensure(actor, Permission.OUTCOME_SEE, Facts(actor.program))
    last = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    worked, people, sites = _worked(db, actor, month, last)
    approvals, approved, names = _approvals(db, actor, month, last)
    hours = [
        HoursLine(*people[person], *sites[site], minutes, days)
        for (person, site), (minutes, days) in by_person_and_site(worked).items()
    ]
    funders = by_funder(worked, approved)
    costs = db.execute(
        select(
            Participant.public_id, Participant.preferred_name, Participant.family_name, Expense.kind,
            func.sum(Expense.amount),
        )
        .join(Participant, Participant.id == Expense.participant_id)
        .where(
            scope.in_program(actor, Expense.program_id), Expense.month == month, Expense.archived_at.is_(None)
        )
        .group_by(Participant.id, Expense.kind)
        .order_by(Participant.sort_key, Participant.id, Expense.kind)
    )  # fmt: skip
    return MonthPage(
        tuple(sorted(hours, key=lambda row: (row.name, row.employer, row.site))),
        tuple((names.get(key, ""), total) for key, total in funders.items()),
        tuple(CostLine(public, full_name(one, two), kind, float(amount)) for public, one, two, kind, amount in costs),
        tuple(approvals),
    )


def _worked(
    db: Session, actor: Actor, first: date, last: date
) -> tuple[list[Worked], dict[int, tuple[str, str]], dict[int, tuple[str, str]]]:
    """Confirmed hours, people by key (public id, name), sites by key (name, employer)."""
    rows = db.execute(
        select(
            Occasion.participant_id, Shift.site_id, Shift.day, Shift.minutes, Occasion.attendance,
            Participant.public_id, Participant.preferred_name, Participant.family_name, Site.name, Employer.name,
        )
        .join(Occasion, Occasion.id == Shift.id)
        .join(Participant, Participant.id == Occasion.participant_id)
        .join(Site, Site.id == Shift.site_id)
        .join(Employer, Employer.id == Site.employer_id)
        .where(
            scope.in_program(actor, Shift.program_id),
            Shift.day.between(first, last),
            Shift.cancelled_at.is_(None),
            Shift.minutes > 0,
        )
        .order_by(Shift.day, Shift.id)
    )  # fmt: skip
    worked: list[Worked] = []
    people: dict[int, tuple[str, str]] = {}
    sites: dict[int, tuple[str, str]] = {}
    for row in rows:
        if was_present(row[4]):
            worked.append(Worked(row[0], row[1], row[2], row[3] or 0))
            people[row[0]] = (row[5], full_name(row[6], row[7]))
            sites[row[1]] = (row[8], row[9])
    return worked, people, sites


def _approvals(
    db: Session, actor: Actor, first: date, last: date
) -> tuple[list[ApprovalLine], list[Approved], dict[str, str]]:
    """Approvals that hold on a day of the month, as lines and as rules; funders by folded name."""
    rows = db.execute(
        select(Approval, Participant.public_id, Participant.preferred_name, Participant.family_name)
        .join(Participant, Participant.id == Approval.participant_id)
        .where(
            scope.in_program(actor, Approval.program_id),
            Approval.archived_at.is_(None),
            Approval.first_day <= last,
            Approval.last_day >= first,
        )
        .order_by(Approval.funder_key, Participant.sort_key, Approval.id)
    )
    lines: list[ApprovalLine] = []
    approved: list[Approved] = []
    names: dict[str, str] = {}
    found: list[Any] = list(rows)
    for row, public, one, two in found:
        given = Delivered(row.given_minutes, row.given_days)
        lines.append(
            ApprovalLine(
                public, full_name(one, two), row.funder, row.reference, row.unit, row.units, row.first_day,
                row.last_day, given, row.used,
            )
        )  # fmt: skip
        approved.append(Approved(row.participant_id, row.funder_key, row.first_day, row.last_day))
        names.setdefault(row.funder_key, row.funder)
    return lines, approved, names
